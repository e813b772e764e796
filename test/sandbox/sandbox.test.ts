import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import should from 'should';
import { playBusinessDay } from '../../sandbox/play-business-day.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { type ExpectedBooks, type ExpectedTime, expectedBooks } from '../../sandbox/firm/expected-books.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import { KantataDesk, type KantataObject } from '../../sandbox/kantata/firm/kantata-desk.ts';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { staffDemands } from '../../sandbox/kantata/firm/staff-demands.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { ErpDesk } from './sandbox-erp-desk.ts';

const DATE = '2026-11-23';

async function writes(sandbox: Sandbox): Promise<number> {
  const journals = await Promise.all(
    Object.values(sandbox.urls).map(async (url) => (await (await fetch(`${url}/__sandbox/journal`)).json()) as unknown[]),
  );
  return journals.reduce((sum, journal) => sum + journal.length, 0);
}

describe('a business day in the sandbox', () => {
  let sandbox: Sandbox;
  let firm: Firm;
  let books: ExpectedBooks;
  const told: string[] = [];

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, seed: 3, date: DATE });
    firm = sandbox.firm as Firm;
    books = expectedBooks(firm, scriptDay(firm));
    await playBusinessDay(sandbox.access, { onStep: (step, changed) => void told.push(`${step.at} ${changed} ${step.what}`) });
  });

  after(() => sandbox?.stop());

  it('changes something at every step', () => {
    should(told.length).be.above(10);
    should(told.filter((line) => line.includes(' false '))).deepEqual([]);
  });

  it('moves the clock to the last step of the day', () => {
    should(sandbox.clock.now().toISOString()).startWith('2026-11-23T17:30');
  });

  it('changes nothing when it is played again', async () => {
    const journal = await writes(sandbox);
    const again = await playBusinessDay(sandbox.access);
    should(again.changed).equal(0);
    should(await writes(sandbox)).equal(journal);
  });

  it('leaves the CRM with the won deals that the books expect', async () => {
    const deals = await new SalesforceDesk(sandbox.access.salesforce).query<{ Engagement_Code__c: string; Amount: number }>(
      "SELECT Engagement_Code__c, Amount FROM Opportunity WHERE IsWon = true AND StageName = 'Closed Won'",
    );
    should(deals.map((deal) => deal.Engagement_Code__c).sort()).deepEqual([...books.crm.provisioned, ...books.crm.failed].sort());
  });

  it('gives the CRM each deal with its phases, tasks, milestones, staffing needs and rates', async () => {
    const deal = firm.engagements.find((each) => each.code === 'ENG-0008');
    const [found] = await new SalesforceDesk(sandbox.access.salesforce).query<Record<string, { totalSize: number }> & { Amount: number }>(
      "SELECT Amount, (SELECT Code__c FROM Engagement_Phases__r), (SELECT Code__c FROM Engagement_Tasks__r), (SELECT Amount__c FROM Engagement_Milestones__r), (SELECT Role__c FROM Staffing_Needs__r), (SELECT Role__c FROM Rate_Card_Lines__r) FROM Opportunity WHERE Engagement_Code__c = 'ENG-0008'",
    );
    should(found?.['Engagement_Phases__r']?.totalSize).equal(deal?.phases.length);
    should(found?.['Engagement_Tasks__r']?.totalSize).equal(deal?.phases.flatMap((phase) => phase.tasks).length);
    should(found?.['Engagement_Milestones__r']?.totalSize).equal(deal?.milestones.length);
    should(found?.['Staffing_Needs__r']?.totalSize).equal(deal?.needs.length);
    should(found?.['Rate_Card_Lines__r']?.totalSize).equal(deal?.rates.length);
    should(Math.round((found?.Amount ?? 0) * 100)).equal(deal?.amount);
  });

  it('leaves the PSA with exactly the approved time that the books expect', async () => {
    const approved = await new KantataDesk(sandbox.access.kantata).list('time_entries', {
      approved: 'true',
      include: 'user,workspace,story',
    });
    const expected = [...books.erp.time, ...books.refusals.flatMap((refusal) => (refusal.kind === 'time' ? [refusal.entry] : []))];
    should(approved).have.length(expected.length);
    should(approved.length).equal(books.psa.approvedEntries);
    const minutes = new Map(approved.map((entry) => [entry.id, entry['time_in_minutes']]));
    for (const entry of expected) if (entry.id) should(minutes.get(entry.id)).equal(entry.minutes, entry.id);
    const sum = (list: (number | unknown)[]) => list.reduce<number>((total, each) => total + Number(each), 0);
    should(sum(approved.map((entry) => entry['time_in_minutes']))).equal(sum(expected.map((entry) => entry.minutes)));
  });

  it('stamps what managers approve with the time at which they do, so that a poller finds it', async () => {
    const desk = new KantataDesk(sandbox.access.kantata);
    const fresh = await desk.list('time_entries', { approved: 'true', updated_after: `${DATE}T08:30:00Z` });
    should(fresh).have.length(
      [...books.erp.time, ...books.refusals.flatMap((r) => (r.kind === 'time' ? [r.entry] : []))].filter((entry) => entry.since === 'day')
        .length,
    );
  });

  it('finds the running projects in the PSA by their codes', async () => {
    const desk = new KantataDesk(sandbox.access.kantata);
    for (const project of books.psa.projects.filter((each) => each.since === 'standing')) {
      const found: KantataObject[] = await desk.list('workspaces', {
        external_reference_service_name: 'ps-connect',
        external_reference_service_model: 'project',
        external_reference_service_model_ref: project.code,
      });
      should(found).have.length(1, project.code);
    }
  });

  it('has a resource manager who staffs open demands with people of the wanted role, each demand once', async () => {
    const desk = new KantataDesk(sandbox.access.kantata);
    const [project] = await desk.list('workspaces', { external_reference_service_model_ref: 'ENG-0001' });
    const [role] = (await desk.list('roles')).filter((each) => each['name'] === 'Data Engineer');
    const [manager] = await desk.list('users', { by_email_address: firm.engagements[0]?.deliveryManager ?? '' });
    for (const start of ['2026-12-01', '2026-12-15']) {
      await desk.create('resource_requests', {
        resource_request: {
          approver_ids: [manager?.id],
          resource_workspace_id: project?.id,
          resource_role_id: role?.id,
          workspace_allocation_start_date: start,
          workspace_allocation_end_date: '2026-12-31',
          workspace_allocation_percentage: 50,
        },
      });
    }
    const staffed = await staffDemands(sandbox.access.kantata);
    should(staffed).have.length(2);
    should(new Set(staffed.map((each) => each.user)).size).equal(2);
    const users = await desk.list('users', { only: staffed.map((each) => each.user).join(','), include: 'role' });
    should(users.map((user) => user['role_id'])).deepEqual([role?.id, role?.id]);
    should(await staffDemands(sandbox.access.kantata)).deepEqual([]);
  });
});

describe('the ERP of the sandbox', () => {
  let sandbox: Sandbox;

  before(async () => {
    // today: whoever logs in to NetSuite must have the right time
    sandbox = await startSandbox({ basePort: 0, seed: 11 });
  });

  after(() => sandbox?.stop());

  it('takes exactly the time that the books expect, and refuses the rest', async () => {
    const firm = sandbox.firm as Firm;
    const books = expectedBooks(firm, scriptDay(firm));
    const erp = new ErpDesk(sandbox.access.netsuite);
    const employees = await erp.ids('employee');
    const jobs = await erp.ids('job');
    const tasks = await erp.ids('projecttask');
    const item = (await erp.ids('item')).get('SVC-CONSULTING');
    const post = (entry: ExpectedTime) =>
      erp.post('timeBill', {
        employee: { id: employees.get(entry.employee) ?? '0' },
        customer: { id: jobs.get(entry.project) ?? '0' },
        caseTaskEvent: { id: tasks.get(erpId(entry.task)) ?? '0' },
        item: { id: item },
        tranDate: entry.date,
        hours: `${Math.floor(entry.minutes / 60)}:${String(entry.minutes % 60).padStart(2, '0')}`,
        isBillable: entry.billable,
      });
    for (const entry of books.erp.time) {
      const { status, text } = await post(entry);
      should(status).equal(204, `${entry.task} ${entry.date}: ${text}`);
    }
    for (const refusal of books.refusals) {
      if (refusal.kind === 'time') should((await post(refusal.entry)).status).equal(400, refusal.key);
    }
  }).timeout(60_000);
});

describe('a sandbox with a folder of its own', () => {
  let dir: string;

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });

  after(() => rmSync(dir, { recursive: true, force: true }));

  it('keeps the day that was played, and is not filled a second time', async () => {
    const first = await startSandbox({ basePort: 0, dir, seed: 5, date: DATE });
    const played = await playBusinessDay(first.access);
    const journal = await writes(first);
    should(played.changed).equal(played.steps);
    const state = JSON.stringify(first.kantata.state.rows);
    await first.stop();

    const second = await startSandbox({ basePort: 0, dir });
    try {
      should(second.access.firm).deepEqual({ seed: 5, date: DATE });
      should(JSON.stringify(second.kantata.state.rows)).equal(state);
      should(await writes(second)).equal(journal);
      should((await playBusinessDay(second.access)).changed).equal(0);
      should(await writes(second)).equal(journal);
    } finally {
      await second.stop();
    }
  });

  it('is empty when asked to be', async () => {
    const empty = await startSandbox({ basePort: 0, empty: true });
    try {
      should(empty.firm).be.undefined();
      should(await new SalesforceDesk(empty.access.salesforce).query('SELECT Id FROM Opportunity')).deepEqual([]);
      should(await new KantataDesk(empty.access.kantata).list('workspaces')).deepEqual([]);
      await should(playBusinessDay(empty.access)).be.rejectedWith(/no business day/);
    } finally {
      await empty.stop();
    }
  });
});
