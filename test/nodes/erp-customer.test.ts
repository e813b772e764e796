import should from 'should';
import declaration from '../../nodes/erp/customer/declaration.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import type { NodeFacts } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';
import { noEngagement } from './no-engagement.ts';

const account = { id: '001000000000009AAA', code: 'ACC-9', name: 'Nine', currency: 'EUR' };
const facts: NodeFacts = {
  firm: () => undefined,
  takes: () => ({ payload: sampleEngagement() }),
  refuses: [
    ...noEngagement,
    {
      what: 'an engagement where an account is to be',
      message: { payload: sampleEngagement() },
      fields: { contract: 'account' },
      says: /[Aa]ccount/,
    },
    {
      what: 'an account that nobody bills',
      message: { payload: account, entities: [] },
      fields: { contract: 'account', entities: 'entities', entitiesType: 'msg' },
      field: 'entities',
      says: /who bills the account/,
      german: /wer dem Account Rechnungen stellt/,
    },
  ],
  async behaves(at) {
    at.receive();
    const [run] = await at.red.ended();
    return [run!.status, at.out(1).length];
  },
};

nodeContract(declaration, facts, (at) => {
  it('makes an account a customer of those who bill it', async () => {
    await at.deploy({
      contract: 'account',
      entities: '[{"legalEntity": "DE01", "currency": payload.currency}, {"legalEntity": "NL01", "currency": "EUR"}]',
    });
    at.receive({ payload: account });
    const [run] = await at.red.ended();
    should(run!.failure).equal(undefined);
    should((at.out(1)[0]!.erp!['customers'] as { legalEntity: string }[]).map(({ legalEntity }) => legalEntity)).deepEqual([
      'DE01',
      'NL01',
    ]);
  });

  it('makes the client in each legal entity that delivers, once, and tells where it is', async () => {
    await at.deploy();
    at.receive({ payload: sampleEngagement({ account: { code: 'ACC-7', name: 'Seven' } }) });
    at.receive({ payload: sampleEngagement({ account: { code: 'ACC-7', name: 'Seven' } }) });
    await at.red.ended(2);
    const made = Object.values(at.sandbox.netsuite.state.records['customer'] ?? {}).map(({ externalId = '' }) => keyOfErpId(externalId));
    made
      .filter((key) => key.startsWith('ACC-7@'))
      .sort()
      .should.deepEqual(['ACC-7@DE01', 'ACC-7@NL01']);
    at.out(1).should.have.length(2);
    for (const { erp } of at.out(1)) should(erp!['customers']).have.length(2);
  });
});
