import { readFileSync } from 'node:fs';
import should from 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { amendedContract } from '../system/amended-contract.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

type Asked = Approval & { subject: string; details: { erp: string[]; psa: string[] } };
type Row = Record<string, unknown>;

const flowOf = (file: string) => JSON.parse(readFileSync(new URL(`../../flows/${file}`, import.meta.url), 'utf8')) as FlowNode[];

/** Both templates as they are imported, in a hurry. */
function hurried(): FlowNode[] {
  const all = [...flowOf('opportunity-to-project.json'), ...flowOf('contract-amendment.json')];
  return [...new Map(all.map((node) => [node.id, node])).values()].map((node) => {
    if (node.type.endsWith('-in')) return { ...node, since: '2020-01-01', intervalSeconds: 0.3 };
    if (node.type === 'run-policy') return { ...node, firstDelaySeconds: 0.2, maxDelaySeconds: 1 };
    return node['system'] === 'kantata' ? { ...node, kantataSettleAfterMs: 200 } : node;
  });
}

describe('The template flow "Contract amendment"', function () {
  this.timeout(150_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let desk: SalesforceDesk;
  const codes = ['AM-1', 'AM-2', 'AM-3', 'AM-4', 'AM-5', 'AM-6', 'AM-7'];

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    const { kantata, salesforce } = sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    const deals = codes.map((code) => recordsOf(soundDeal(code, { billing: 'Time and Materials', milestones: [] })));
    salesforce.definition.load(salesforce, { records: deals.flatMap((records) => amendedContract(records, { number: null })) });
    desk = new SalesforceDesk(sandbox.access.salesforce);
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access), flows: hurried() });
    await live.until(() => codes.every((code) => deal(code)['Integration_Status__c'] === 'Provisioned'), 'the deals are set up', 90);
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const rows = (type: string) =>
    Object.values((sandbox.salesforce.state as unknown as { records: Record<string, Row[]> }).records[type] ?? {});
  const deal = (code: string) => rows('Opportunity').find((row) => row['Engagement_Code__c'] === code)!;
  const job = (code: string) =>
    Object.values(sandbox.netsuite.state.records['job'] ?? {}).find(({ externalId = '' }) => keyOfErpId(externalId) === code)!.fields;
  const workspace = (code: string) =>
    Object.values(sandbox.kantata.state.rows['workspaces'] ?? {}).find((row) => String(row['title']).startsWith(`${code} `))!;
  const ends = (code: string) => [job(code)['projectedEndDate'], workspace(code)['due_date']];

  const amend = async (code: string, number: number, changes: object) => {
    const { Id, ContractId } = deal(code) as { Id: string; ContractId: string };
    if (Object.keys(changes).length > 0) await desk.update('Opportunity', Id, changes as Row);
    await desk.update('Contract', ContractId, { Amendment_Number__c: number, Amendment_Effective_Date__c: '2027-01-01' });
  };
  const asked = async (code: string): Promise<Asked> => {
    let found: Asked | undefined;
    await live.until(
      async () => {
        const open = await live.get<Asked[]>('/approvals?limit=500');
        return (found = open.find((one) => one.status === 'open' && one.subject === code)) !== undefined;
      },
      () => `${code} is asked about`,
    );
    return found!;
  };
  const decide = (approval: Asked, act: 'approve' | 'reject') =>
    live.call(`/ps-connect/api/v1/approvals/${approval.id}/${act}`, { method: 'POST', body: { reason: 'seen' } });
  /** What sales is told of one that stopped has a run of its own. */
  const told = (code: string, what: RegExp) =>
    live.until(
      () => what.test(String(deal(code)['Integration_Message__c'])),
      () => `sales hears of ${code}: ${String(deal(code)['Integration_Message__c'])}`,
    );
  /** The newest run of a deal, when it has ended. */
  const ended = async (code: string, after: number): Promise<RunHead> => {
    let runs: RunHead[] = [];
    await live.until(
      async () => {
        runs = (await live.get<RunHead[]>(`/runs?search=${code}`)).filter(({ event }) => event.subject === code);
        return runs.length > after && runs.every(({ status }) => ['done', 'dead', 'cancelled'].includes(status));
      },
      () => `${code} ends: ${JSON.stringify(runs.map(({ status, failure }) => [status, failure?.message]))}`,
    );
    return runs[0]!;
  };

  it('asks about what changes, field by field, and changes nothing before the answer; then both systems, and sales hears', async () => {
    await amend('AM-1', 1, { Amount: 15000.5, Contract_End_Date__c: '2027-04-30' });
    const approval = await asked('AM-1');
    approval.title.should.equal('Amendment 1 of AM-1: 2 changes in ERP, 2 in PSA');
    approval.details.erp.should.deepEqual([
      'projectedEndDate of project AM-1: "2027-03-31" becomes "2027-04-30"',
      'comments (Contract amount) of project AM-1: "12000.50 EUR" becomes "15000.50 EUR"',
    ]);
    approval.details.psa.should.have.length(2);
    ends('AM-1').should.deepEqual(['2027-03-31', '2027-03-31']);
    await decide(approval, 'approve');
    const run = await ended('AM-1', 1);
    run.status.should.equal('done', JSON.stringify(run.failure));
    ends('AM-1').should.deepEqual(['2027-04-30', '2027-04-30']);
    String(job('AM-1')['comments']).should.match(/^Contract amount: 15000\.50 EUR$/m);
    String(workspace('AM-1')['description']).should.match(/^Contract amount: 15000\.50 EUR$/m);
    String(deal('AM-1')['Integration_Message__c']).should.match(
      /^Amendment 1 is carried over to ERP and PSA: projectedEndDate of project AM-1/,
    );
  });

  it('asks nobody about an amendment that changes nothing, and says so', async () => {
    await amend('AM-1', 2, {});
    const run = await ended('AM-1', 2);
    run.status.should.equal('done', JSON.stringify(run.failure));
    should(deal('AM-1')['Integration_Message__c']).equal('Amendment 2 changes nothing in ERP and PSA');
    const { effects } = await live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
    effects.filter(({ system }) => ['netsuite', 'kantata'].includes(system)).should.deepEqual([]);
  });

  it('changes nothing that was rejected', async () => {
    await amend('AM-2', 1, { Contract_End_Date__c: '2027-06-30' });
    await decide(await asked('AM-2'), 'reject');
    (await ended('AM-2', 1)).status.should.equal('done');
    ends('AM-2').should.deepEqual(['2027-03-31', '2027-03-31']);
    String(deal('AM-2')['Integration_Message__c']).should.match(/^Amendment 1 is not carried over: rejected/);
  });

  it('stops where somebody has changed the ERP by hand since the changes were shown, though the run is delivered anew', async () => {
    await amend('AM-3', 1, { Contract_End_Date__c: '2027-05-31' });
    const approval = await asked('AM-3');
    job('AM-3')['projectedEndDate'] = '2027-08-31';
    await decide(approval, 'approve');
    const run = await ended('AM-3', 1);
    should(run.failure).match({ class: 'conflict.stale', code: 'CHANGE_NOT_APPROVED', record: 'project AM-3', value: '2027-08-31' });
    ends('AM-3').should.deepEqual(['2027-08-31', '2027-03-31']);
    run.status.should.equal('dead');
    await told('AM-3', /^Amendment 1 is not carried over: .*2027-08-31/);
    should(deal('AM-3')['Integration_Status__c']).equal('Failed');
  });

  it('changes the ERP back when the PSA refuses, so that both are as they were', async () => {
    await amend('AM-4', 1, { Contract_End_Date__c: '2027-05-31' });
    const approval = await asked('AM-4');
    const before = structuredClone(job('AM-4')['comments']);
    sandbox.kantata.faults.add([
      {
        kind: 'status',
        status: 422,
        times: -1,
        match: { method: 'PUT', path: '/workspaces/' },
        body: { errors: [{ type: 'validation', message: 'The month is closed.', field: 'due_date' }] },
      },
    ]);
    await decide(approval, 'approve');
    const run = await ended('AM-4', 1);
    sandbox.kantata.faults.clear();
    run.status.should.equal('cancelled', JSON.stringify(run.failure));
    ends('AM-4').should.deepEqual(['2027-03-31', '2027-03-31']);
    should(job('AM-4')['comments']).equal(before);
    await told('AM-4', /^Amendment 1 is not carried over: .*The month is closed\./);
    should(deal('AM-4')['Integration_Status__c']).equal('Failed');
    const changes = sandbox.netsuite.journal.entries.filter(
      ({ type, outcome, id }) => type === 'job' && outcome === 'updated' && id === idOfJob('AM-4'),
    );
    changes.should.have.length(2);
  });

  it('tells sales of one that keeps no contract: an amount that is none, a start behind its end', async () => {
    for (const [number, changes, what] of [
      [1, { Contract_End_Date__c: '2026-01-31' }, /^Amendment 1 is not carried over: .*2026-01-31/],
      [2, { Contract_End_Date__c: '2027-03-31', Amount: -5 }, /^Amendment 2 is not carried over: .*-5/],
    ] as const) {
      await amend('AM-5', number, changes);
      const run = await ended('AM-5', number);
      // a dead letter, which can be corrected and replayed
      run.status.should.equal('dead', JSON.stringify(run.failure));
      await told('AM-5', what);
      should(deal('AM-5')['Integration_Status__c']).equal('Failed');
    }
    ends('AM-5').should.deepEqual(['2027-03-31', '2027-03-31']);
  });

  it('that comes while another waits for its answer is asked about behind it, and says what it changes of that', async () => {
    await amend('AM-6', 1, { Contract_End_Date__c: '2027-05-31' });
    const first = await asked('AM-6');
    await amend('AM-6', 2, { Contract_End_Date__c: '2027-06-30' });
    await live.until(async () => (await live.get<RunHead[]>('/runs?search=AM-6')).length === 3, 'amendment 2 has come');
    await decide(first, 'approve');
    await live.until(() => ends('AM-6').every((end) => end === '2027-05-31'), 'amendment 1 is made');
    const second = await asked('AM-6');
    second.details.erp.should.deepEqual(['projectedEndDate of project AM-6: "2027-05-31" becomes "2027-06-30"']);
    await decide(second, 'approve');
    const run = await ended('AM-6', 2);
    run.status.should.equal('done', JSON.stringify(run.failure));
    ends('AM-6').should.deepEqual(['2027-06-30', '2027-06-30']);
    String(deal('AM-6')['Integration_Message__c']).should.match(/^Amendment 2 is carried over/);
  });

  it('asks for people as it says from now on; where somebody is found already it stops, and sales hears', async () => {
    const need = rows('Staffing_Need__c').find((row) => row['Opportunity__c'] === deal('AM-7')['Id'])!;
    const booking = () =>
      Object.values(sandbox.kantata.state.rows['workspace_allocations'] ?? {}).find((row) => /AM-7/.test(String(row['notes'])))!;
    should(booking()['minutes']).equal(4800);
    await desk.update('Staffing_Need__c', String(need['Id']), { Effort_Hours__c: 100 });
    await amend('AM-7', 1, {});
    const approval = await asked('AM-7');
    approval.details.psa.should.deepEqual(['minutes of staffing demand AM-7/N1: "4800" becomes "6000"']);
    await decide(approval, 'approve');
    (await ended('AM-7', 1)).status.should.equal('done');
    should(booking()['minutes']).equal(6000);
    booking()['hard'] = true;
    await desk.update('Staffing_Need__c', String(need['Id']), { Effort_Hours__c: 40 });
    await amend('AM-7', 2, {});
    const run = await ended('AM-7', 2);
    should(run.failure).match({ code: 'DEMAND_STAFFED', record: 'staffing demand AM-7/N1' });
    should(booking()['minutes']).equal(6000);
    await told('AM-7', /^Amendment 2 is not carried over: Staffing demand AM-7\/N1 is staffed already/);
  });

  const idOfJob = (code: string) =>
    Object.values(sandbox.netsuite.state.records['job'] ?? {}).find(({ externalId = '' }) => keyOfErpId(externalId) === code)!.id;
});
