import 'should';
import should from 'should';
import type { JournalEntry } from '../../sandbox/journal.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import type { RunHead } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';

interface Customer {
  externalId?: string;
  fields: Record<string, unknown>;
}
type Records = { records: Record<string, Record<string, Customer & Record<string, unknown>>> };

describe('The template flow "Account master both ways"', function () {
  this.timeout(240_000);
  const at = templateAtWork('account-master-both-ways.json');
  let client: { Id: string; Account_Code__c: string };
  let sales: SalesforceDesk;

  before(async () => {
    sales = new SalesforceDesk(at.sandbox.access.salesforce);
    const [deal] = await sales.query<{ AccountId: string }>(`SELECT AccountId FROM Opportunity WHERE Engagement_Code__c = '${at.deal}'`);
    [client] = (await sales.query(`SELECT Id, Account_Code__c FROM Account WHERE Id = '${deal!.AccountId}'`)) as [typeof client];
    const since = { since: '2020-01-01', intervalSeconds: 0.5 };
    await at.live.deploy(at.flow.map((node) => (node.type === 'erp-customer-in' ? { ...node, ...since } : node)));
    await at.live.until(
      async () => customers().length > 0 && (await heard('psc-w-erp')) > 0,
      'the client is a customer, and heard of',
      120,
    );
    await settled();
  });

  const customers = () =>
    Object.values((at.sandbox.netsuite.state as unknown as Records).records['customer'] ?? {}).filter(({ externalId = '' }) =>
      externalId.startsWith(`${client.Account_Code__c}____`),
    );
  const account = () => (at.sandbox.salesforce.state as unknown as Records).records['Account']![client.Id]!;
  const runs = async () =>
    (await at.live.get<RunHead[]>('/runs?limit=500')).filter(({ event }) => event.subject === client.Account_Code__c);
  /** How often a source has heard of the client. */
  const heard = async (source: string) => (await runs()).filter(({ entry }) => entry === source).length;
  const isOpen = ({ status }: RunHead) => !['done', 'dead', 'cancelled'].includes(status);

  /** No run of the client is open, and none has come when both sources have looked once more. */
  async function settled(): Promise<RunHead[]> {
    for (;;) {
      await at.live.until(async () => !(await runs()).some(isOpen), 'its runs have ended', 60);
      const before = await runs();
      const from = Date.now();
      const looks = async () => (await at.live.get<{ sources: { readAt: number }[] }>('/overview')).sources;
      await at.live.until(async () => (await looks()).every(({ readAt }) => readAt > from + 1_000), 'both have looked again', 60);
      const after = await runs();
      if (after.length === before.length && !after.some(isOpen)) return after;
    }
  }
  const changes = (journal: readonly JournalEntry[], type: string, of: string) =>
    journal.filter((one) => one.type === type && /created|updated/.test(one.outcome) && `${one.key ?? ''} ${one.id ?? ''}`.includes(of));
  const inErp = () => changes(at.sandbox.netsuite.journal.entries, 'customer', client.Account_Code__c).length;
  const inCrm = () => changes(at.sandbox.salesforce.journal.entries, 'Account', client.Id).length;

  it('tells the ERP what sales has changed, once, though the process is killed in the middle, and hears it back for nothing', async () => {
    const [erp, crm, echoes] = [inErp(), inCrm(), await heard('psc-w-erp')];
    at.sandbox.netsuite.faults.add({ kind: 'dropAfter', times: 1, match: { method: 'PATCH', path: 'customer' } });
    await sales.update('Account', client.Id, { Phone: '+49 30 5550100' });
    await at.live.until(() => inErp() > erp, 'the ERP has been told', 60);
    await at.live.stop('SIGKILL');
    await at.live.restart();
    await at.live.until(async () => (await heard('psc-w-erp')) > echoes, 'it is heard back', 60);
    const all = await settled();
    should(all.filter(({ status }) => status !== 'done').map(({ failure }) => failure)).deepEqual([]);
    should(customers().map(({ fields }) => fields['phone'])).deepEqual(customers().map(() => '+49 30 5550100'));
    should(inErp() - erp).equal(customers().length, 'one write for each customer');
    should(inCrm() - crm).equal(1, 'that of sales');
  });

  it('tells sales what finance has changed, once, and hears it back for nothing', async () => {
    const [erp, crm, echoes] = [inErp(), inCrm(), await heard('psc-w-crm')];
    for (const { externalId } of customers()) {
      netsuite.load(at.sandbox.netsuite, {
        records: { customer: [{ externalId, vatRegNumber: 'DE999999999', creditHoldOverride: 'ON' }] },
      });
    }
    await at.live.until(() => account()['Tax_Id__c'] === 'DE999999999', 'sales sees the tax id', 60);
    await at.live.until(async () => (await heard('psc-w-crm')) > echoes, 'it is heard back', 60);
    const all = await settled();
    should(all.filter(({ status }) => status !== 'done').map(({ failure }) => failure)).deepEqual([]);
    should(account()).match({ Tax_Id__c: 'DE999999999', Credit_Hold__c: 'on' });
    should(inCrm() - crm).equal(1);
    should(inErp() - erp).equal(0);
  });

  it('lets nobody change what the other owns', async () => {
    const [erp, crm] = [inErp(), inCrm()];
    const [fromCrm, fromErp] = [await heard('psc-w-crm'), await heard('psc-w-erp')];
    await sales.update('Account', client.Id, { Tax_Id__c: 'DE000000000' });
    for (const { externalId } of customers()) {
      netsuite.load(at.sandbox.netsuite, { records: { customer: [{ externalId, phone: '+49 30 0000000' }] } });
    }
    await at.live.until(async () => (await heard('psc-w-crm')) > fromCrm && (await heard('psc-w-erp')) > fromErp, 'both are heard', 60);
    await settled();
    should(inErp() - erp).equal(0);
    should(inCrm() - crm).equal(1, 'that of sales');
    should(customers().map(({ fields }) => fields['vatRegNumber'])).deepEqual(customers().map(() => 'DE999999999'));
    should(account()['Phone']).equal('+49 30 5550100');
  });
});
