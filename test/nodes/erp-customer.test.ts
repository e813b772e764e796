import should from 'should';
import declaration from '../../nodes/erp/customer/declaration.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';
import { noEngagement } from './no-engagement.ts';

nodeContract(declaration, { firm: () => undefined, takes: () => ({ payload: sampleEngagement() }), refuses: noEngagement }, (at) => {
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
