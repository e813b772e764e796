import should from 'should';
import { asks, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { isApiName, methodOf, offerOf } from '../../declarations/offer.ts';
import { isSource, operationIds, operations } from '../../declarations/operations.ts';
import { offeredContract } from '../../runtime/business-api/offered-contract.ts';
import { resultContract } from '../../runtime/business-api/result-contract.ts';
import { readPalette } from '../../scripts/build/palette.ts';
import { root } from '../build/built-pack.ts';

/** What no caller can ask for by the switch of a node, and why. */
const notOffered: Record<string, string> = {
  'record.query': 'records as their system has them: no contract of the firm',
  'record.upsert': 'records as their system has them: no contract of the firm',
  'event.publish': 'events come in where events are heard',
  'posted-time.list': 'read by a reconciliation, not for a message',
  'posted-expense.list': 'read by a reconciliation, not for a message',
  'approved-time.list': 'read by a reconciliation, not for a message',
  'approved-expense.list': 'read by a reconciliation, not for a message',
};

describe('What nodes offer to callers', () => {
  let palette: NodeDeclaration[];
  before(async () => {
    palette = (await readPalette(root)).map(({ declaration }) => declaration);
  });
  const offering = () => palette.filter(({ offers }) => offers);

  it('is every operation but sources and those of which it is said why not', () => {
    const offered = new Set(offering().flatMap(({ offers = [] }) => offers.map(({ operation }) => operation)));
    const missing = operationIds.filter((id) => !isSource(operations[id].shape) && !offered.has(id) && !(id in notOffered));
    should(missing).deepEqual([]);
    should(Object.keys(notOffered).filter((id) => offered.has(id as never))).deepEqual([]);
    for (const { type, offers = [] } of offering())
      for (const { operation } of offers)
        should(
          palette.some((node) => node.type === type && asks({ ...node, fields: node.fields.map((field) => field) }, operation)),
        ).be.true();
  });

  it('has an address of its own, from the beginning', () => {
    const addresses = offering().map((declaration) => {
      const field = declaration.fields.find(({ kind }) => kind === 'api-name');
      const name = field && 'default' in field ? String(field.default) : '';
      isApiName(name).should.be.true();
      return `${methodOf(declaration.offers![0]!)} ${name}`;
    });
    should(addresses.length).equal(17);
    should(new Set(addresses).size).equal(addresses.length);
  });

  it('takes and answers by a contract, and puts its result where the operation says', () => {
    for (const { offers = [], fields } of offering()) {
      for (const offer of offers) {
        const { answers, told = answers, result } = operations[offer.operation];
        should(result).be.String();
        resultContract(told).issues('nothing that is answered').length.should.be.above(0);
        if (offer.asks)
          for (const { field } of offer.asks) fields.some(({ name, kind }) => name === field && kind === 'typed').should.be.true();
        else offeredContract(offer)!.issues({}).length.should.be.above(0);
      }
    }
  });

  it('follows the choices of the node: a lookup asks for what it looks up, and what a person has to approve is not made by a call', () => {
    const of = (type: string, fields: Record<string, string>) =>
      offerOf(
        palette.find((one) => one.type === type)!,
        (name) => fields[name],
      );
    should(of('erp-lookup', { what: 'period' })?.operation).equal('period.find');
    should(of('erp-customer', { contract: 'account' })?.takes).equal('account');
    should(of('erp-customer', { contract: 'engagement' })?.takes).equal(undefined);
    should(of('psa-project-change', { action: 'apply' })).equal(undefined);
    offeredContract(of('erp-customer-change', {})!)!.issues({ code: 'ACC-1', phone: '1' }).should.deepEqual([]);
  });
});
