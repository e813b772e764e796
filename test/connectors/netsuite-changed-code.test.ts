import should from 'should';
import type { OperationContext } from '../../model/operations.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { acme, contextOf, engagementProjects, entities, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

const fresh = () => contextOf(new InMemoryEffects());

describe('A customer of NetSuite whose code was changed in the CRM', () => {
  let box: NetSuiteSandbox;
  const records = (type: string) => box.records(type);
  const recordOf = (type: string, externalId: string) => records(type).find((record) => record.externalId === externalId)!;
  const change = (type: string, externalId: string, fields: object) => Object.assign(recordOf(type, externalId).fields, fields);
  const first = () => engagementProjects()[0]!;
  const writes = () => box.entriesByKey().length;

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  const id = '001000000000001AAA';
  const account = { ...acme, id };
  const changed = { ...account, code: 'ACC-0009' };
  const [here, there] = entities();
  const ensure = (one: typeof account, list = entities(), context: OperationContext = fresh()) =>
    box.another().operations['customer.ensure']({ account: one, entities: list }, context);
  const comments = (externalId: string, text: string) => change('customer', externalId, { comments: text });
  const unclear = async (list = entities()) => {
    const before = writes();
    const failure = await failureOf(ensure(changed, list));
    writes().should.equal(before);
    return failure;
  };

  it('stays one customer, under the key that NetSuite has, and what differs is said', async () => {
    const first = await ensure(account);
    const effects = new RecordingEffects();
    const { customers } = await ensure(changed, entities(), { effects, signal: new AbortController().signal });
    customers.map((customer) => customer.id).should.deepEqual(first.customers.map((customer) => customer.id));
    customers[0]!.key.should.equal('ACC-0001@DE01');
    customers[0]!
      .differences!.map(({ field, there: holds, wanted }) => [field, holds, wanted])
      .should.deepEqual([
        ['externalId', 'ACC-0001____DE01', 'ACC-0009____DE01'],
        ['accountNumber', 'ACC-0001', 'ACC-0009'],
      ]);
    // and the undo leaves it, since this run has not made it
    await effects.undoAll(box.erp);
    records('customer').should.have.length(2);
    const { projects } = await box.another().operations['erp-project.create']([{ ...engagementProjects()[0]!, account: changed }], fresh());
    should(recordOf('job', projects[0]!.code).fields['parent']).equal(first.customers[0]!.id);
    box
      .appliedByKey()
      .filter((line) => line.startsWith('customer'))
      .should.have.length(2);
  });

  it('is looked for by one query more, and only where no key is known', async () => {
    const queries = async (one: typeof account) => {
      const before = box.sim.state.queries;
      await ensure(one);
      return box.sim.state.queries - before;
    };
    const made = await queries(account);
    const known = await queries(account);
    (made - known).should.equal(1);
  });

  it('is one customer for each legal entity still', async () => {
    await ensure(account, [here!]);
    const { customers } = await ensure(changed, entities());
    customers.map((customer) => customer.key).should.deepEqual(['ACC-0001@DE01', 'ACC-0009@NL01']);
    should(recordOf('customer', 'ACC-0009@NL01').fields['subsidiary']).equal('2');
  });

  it('is found whatever a person has written around the mark, and by 15 characters of the id', async () => {
    await ensure(account);
    for (const text of [
      `Key account, call before nine\r\nCRM id ${id}\r\nInvoices by mail`,
      `  CRM id ${id} (do not remove)`,
      `CRM id 001000000000001, 100 % ours`,
    ]) {
      comments('ACC-0001@DE01', text);
      comments('ACC-0001@NL01', text);
      (await ensure(changed)).customers.map(({ key }) => key).should.deepEqual(['ACC-0001@DE01', 'ACC-0001@NL01']);
      (await ensure({ ...changed, id: '001000000000001' })).customers[0]!.key.should.equal('ACC-0001@DE01');
    }
    comments('ACC-0001@DE01', `VIP! CRM id ${id}`);
    const failure = await unclear();
    should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'CUSTOMER_UNCLEAR', field: 'comments' });
    failure.message.should.match(/ACC-0001@DE01 \(id \d+\).*within other words.*customer ACC-0009@DE01/);
    // a customer with a mark of its own is another, whoever is named beside
    comments('ACC-0001@DE01', `CRM id 001000000000003AAA\nParent of CRM id ${id}`);
    (await ensure(changed)).customers.map(({ key }) => key).should.deepEqual(['ACC-0009@DE01', 'ACC-0001@NL01']);
  });

  it('is not mistaken for one whose id is longer, differs in case, or has signs that a query takes for any', async () => {
    for (const [code, other] of [
      ['ACC-0001', 'C_1'],
      ['ACC-0002', 'CX1'],
      ['ACC-0003', 'C%1'],
      ['ACC-0004', 'C_12'],
      ['ACC-0005', 'c_1'],
      ['ACC-0006', "C\\1' OR 'x' LIKE '%"],
    ] as const) {
      const { customers } = await ensure({ ...acme, code, id: other }, [here!]);
      customers[0]!.key.should.equal(`${code}@DE01`);
    }
    for (const [other, key] of [
      ['C_1', 'ACC-0001@DE01'],
      ['C%1', 'ACC-0003@DE01'],
      ["C\\1' OR 'x' LIKE '%", 'ACC-0006@DE01'],
    ] as const) {
      (await ensure({ ...changed, id: other }, [here!])).customers[0]!.key.should.equal(key);
    }
    records('customer').should.have.length(6);
  });

  it('is refused, with both named, when two customers bear its id, until one of them is inactive', async () => {
    await ensure(account, [here!]);
    netsuite.load(box.sim, {
      records: {
        customer: [{ entityId: 'Acme by hand', companyName: 'Acme', subsidiary: { externalId: 'DE01' }, comments: `CRM id ${id}` }],
      },
    });
    const failure = await unclear();
    should(failure.toJSON()).containEql({
      class: 'conflict.duplicate',
      code: 'CUSTOMER_UNCLEAR',
      record: 'customer ACC-0009@DE01',
      value: `CRM id ${id}`,
      outcome: 'not-made',
    });
    failure.message.should.match(/ACC-0001@DE01 \(id \d+\) and Acme by hand \(id \d+\)/);
    (await failureOf(box.another().operations['erp-project.create']([{ ...first(), account: changed }], fresh()))).code.should.equal(
      'CUSTOMER_UNCLEAR',
    );
    // of another legal entity, they are nobody's business
    (await ensure(changed, [there!])).customers[0]!.key.should.equal('ACC-0009@NL01');
    change('customer', 'ACC-0001@DE01', { isInactive: true });
    (await ensure(changed, [here!])).customers[0]!.key.should.equal('Acme by hand');
  });

  it('is refused with the first named and the others counted, when many customers bear its id', async () => {
    const byHand = (n: number) => ({
      entityId: `Hand ${n}`,
      companyName: 'Acme',
      subsidiary: { externalId: 'DE01' },
      comments: `CRM id ${id}`,
    });
    netsuite.load(box.sim, { records: { customer: Array.from({ length: 8 }, (_, n) => byHand(n + 1)) } });
    (await unclear()).message.should.match(/Hand 1 \(id \d+\) and .* and Hand 5 \(id \d+\) and 3 more with/);
  });

  it('is looked at as one found by its key: another tax id, or put aside, it is refused', async () => {
    await ensure(account, [here!]);
    change('customer', 'ACC-0001@DE01', { vatRegNumber: 'GB 999' });
    should((await unclear()).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'account.taxId' });
    change('customer', 'ACC-0001@DE01', { vatRegNumber: acme.taxId, isInactive: true });
    should((await unclear()).toJSON()).containEql({ code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
  });

  it('is not made a second time on an answer that is not whole', async () => {
    await ensure(account, [here!]);
    for (const [body, code] of [
      [{ items: [], hasMore: false, count: 0, totalResults: 1, links: [] }, 'LIST_INCOMPLETE'],
      [{ items: [{ id: '1', links: [] }], hasMore: false, count: 1, totalResults: 1, links: [] }, 'SUITEQL_ANSWER'],
    ] as const) {
      box.sim.faults.add({ kind: 'status', status: 200, body, match: { path: '/suiteql', bodyContains: 'comments LIKE' } });
      const before = writes();
      (await failureOf(ensure(changed, [here!]))).code.should.equal(code);
      writes().should.equal(before);
    }
    (await ensure(changed, [here!])).customers[0]!.key.should.equal('ACC-0001@DE01');
  });
});
