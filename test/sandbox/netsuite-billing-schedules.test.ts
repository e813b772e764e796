import 'should';
import { idOf, NetSuiteAccount, refusal, smallFirm } from './netsuite-account.ts';

describe('NetSuite simulator: billing schedules of milestones', () => {
  let account: NetSuiteAccount;
  let jobs: string[];
  let tasks: string[];
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
    const make = async (type: string, body: unknown) => idOf(await account.record('POST', type, body));
    jobs = [];
    tasks = [];
    for (const name of ['One', 'Two']) jobs.push(await make('job', { companyName: name, subsidiary: { id: '1' } }));
    for (const project of jobs) tasks.push(await make('projectTask', { title: 'Accepted', project: { id: project } }));
  });
  afterEach(() => account.sim.stop());

  const schedule = (task: string, more: object = {}) => ({
    ...{ name: 'Billing', scheduleType: { id: 'FBM' }, project: { id: jobs[0]! } },
    milestone: { items: [{ milestoneAmount: 100, projectTask: { id: task } }] },
    ...more,
  });
  const refused = async (body: object) => refusal(await account.record('POST', 'billingSchedule', body));

  it('take no task of another project, no other type, and are not public', async () => {
    (await refused(schedule(tasks[1]!))).should.have.properties({ status: 400, path: 'milestone.items[0].projectTask' });
    (await refused(schedule(tasks[0]!, { scheduleType: { id: 'STD' } }))).should.have.properties({ status: 400, path: 'scheduleType' });
    (await refused(schedule(tasks[0]!, { isPublic: true }))).should.have.properties({ status: 400, path: 'isPublic' });
  });

  it('have the line of a task completed with the task', async () => {
    const id = idOf(await account.record('POST', 'billingSchedule', schedule(tasks[0]!)));
    (await account.record('PATCH', `projectTask/${tasks[0]!}`, { status: { id: 'COMPLETE' } })).status.should.equal(204);
    const { body } = await account.record('GET', `billingSchedule/${id}?expandSubResources=true`);
    const { items } = (body as { milestone: { items: { milestoneCompleted: boolean }[] } }).milestone;
    items.map(({ milestoneCompleted }) => milestoneCompleted).should.deepEqual([true]);
  });
});
