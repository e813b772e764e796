import 'should';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { emailOf, loadTimeFirm, projectCodeOf, taskCodeOf } from '../system/time-firm.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { post, postEvent, secret, standardHeaders } from './webhook-sender.ts';

const path = '/events/time-approved';

/** An approved entry in the words of a time tool. */
const approved = (entryId: string, more: object = {}) => ({
  entryId,
  revision: 1,
  person: { id: '1', email: emailOf('1') },
  project: projectCodeOf('1'),
  task: taskCodeOf('1', '1'),
  date: '2026-11-19',
  minutes: 90,
  billable: true,
  ...more,
});

describe('The template flow "Approved time by webhook"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    const stories = new Map([['1', '1']]);
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['1'], stories, currency: 'EUR', legalEntity: 'DE01' });
    live = await LiveNodeRed.start({ environment: { ...connectionEnvironment(sandbox.access), TIME_EVENTS_SECRET: secret } });
    const flow = JSON.parse(readFileSync(new URL('../../flows/approved-time-by-webhook.json', import.meta.url), 'utf8')) as FlowNode[];
    await live.deploy(flow.map((one) => (one.type === 'erp-post-timesheet' ? { ...one, batchSeconds: 0.2 } : one)));
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const posted = () => sandbox.netsuite.journal.entries.filter((line) => line.outcome === 'created' && line.type === 'timeBill');
  const event = (id: string, data: object) => ({
    specversion: '1.0',
    id,
    source: '/time-tool',
    type: 'com.example.time.approved',
    subject: (data as { entryId: string }).entryId,
    data,
  });

  it('posts approved time to the ERP once, however often and in whatever form it is sent', async () => {
    (await postEvent(live, event('4711:1', approved('4711')), { path })).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await postEvent(live, event('4711:1', approved('4711')), { path })).body.should.deepEqual({ accepted: 0, duplicates: 1 });
    const body = JSON.stringify(approved('4712'));
    const plain = () => post(live, { body, headers: standardHeaders(body, { id: 'msg_4712' }), path });
    (await plain()).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await plain()).body.should.deepEqual({ accepted: 0, duplicates: 1 });
    for (const id of ['4711', '4712']) (await live.ended(id)).should.have.properties({ status: 'done' });
    posted().length.should.equal(2);
  });

  it('lets an older revision that comes after a newer one end as overtaken, and leaves the newer one in the ERP', async () => {
    const send = (revision: number, minutes: number) =>
      postEvent(live, event(`4720:${revision}`, approved('4720', { revision, minutes })), { path });
    (await send(10, 90)).status.should.equal(202);
    (await live.ended('4720')).should.have.properties({ status: 'done' });
    const writes = sandbox.netsuite.journal.entries.length;
    (await send(9, 60)).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    await live.until(
      async () => (await live.get<{ status: string }[]>('/runs?search=4720')).some(({ status }) => status === 'cancelled'),
      'the older one ends',
    );
    const [late] =
      await live.get<{ id: string; status: string; failure?: { code: string; message: string; value?: string } }[]>('/runs?search=4720');
    late!.should.have.properties({ status: 'cancelled' });
    late!.failure!.should.containEql({ code: 'OVERTAKEN', value: '10' });
    late!.failure!.message.should.match(/^4720: this is version 9, and a newer one has been written/);
    sandbox.netsuite.journal.entries.length.should.equal(writes);
    const refused = await postEvent(live, event('4720:x', approved('4720', { revision: 'final' })), { path });
    refused.status.should.equal(400);
    refused.body.issues![0]!.should.have.properties({ code: 'EVENT_RECORD_VERSION', field: 'version' });
  });

  it('posts time that is on no task, and none of an entry without an id: the next such one would be written over it', async () => {
    const before = posted().length;
    for (const [id, more] of [
      ['4731', { task: undefined }],
      ['4732', { task: null }],
    ] as const) {
      await postEvent(live, event(`${id}:1`, approved(id, more)), { path });
      (await live.ended(id)).should.have.properties({ status: 'done' });
    }
    posted().length.should.equal(before + 2);
    for (const [subject, entryId] of [
      ['4733', null],
      ['4734', ''],
    ] as const) {
      await postEvent(live, { ...event(`${subject}:1`, approved(subject)), data: { ...approved(subject), entryId } }, { path });
      const run = await live.ended(subject);
      run.should.have.properties({ status: 'dead', failedNode: 'psc-w-check' });
      run.failure!.should.have.properties({ class: 'contract.invalid', field: 'source.id' });
    }
    posted().length.should.equal(before + 2);
  });

  it('keeps what is not complete for a person, with field and remedy', async () => {
    const before = posted().length;
    await postEvent(live, event('4713:1', approved('4713', { minutes: undefined })), { path });
    const run = await live.ended('4713');
    run.should.have.properties({ status: 'dead', failedNode: 'psc-w-check' });
    run.failure!.should.have.properties({ class: 'contract.invalid', field: 'minutes' });
    posted().length.should.equal(before);
  });
});
