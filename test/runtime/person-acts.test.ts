import 'should';
import should from 'should';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { languageOf, type Said, wholeSentence } from '../../model/failure-sentence.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

const flows = (): FlowNode[] => [
  tab(),
  policy({ maxDelaySeconds: 0.5 }),
  {
    id: 'crm',
    type: 'system-connection',
    name: 'CRM',
    system: 'salesforce',
    salesforceEnvironment: 'SALESFORCE',
    salesforceFlow: 'client-credentials',
  },
  entry('upsert'),
  node('upsert', 'salesforce-upsert', [['judge']], {
    ...{ connection: 'crm', policy: 'policy', sobject: 'Account', externalIdField: 'Account_Code__c' },
    ...{ records: '{ "Account_Code__c": payload.id, "Name": "Client " & payload.id }', recordsType: 'jsonata' },
  }),
  func('judge', 'if (msg.payload.bad) throw new Error("bad"); return msg;', [['sink']]),
  sink(),
];

describe('What a person does about runs', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
    await live.deploy(flows());
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const written = (key: string) =>
    sandbox.salesforce.journal.entries.filter((line) => line.type === 'Account' && line.key === key && line.outcome === 'created').length;
  const post = (path: string, body: object) => live.call(`/ps-connect/api/v1${path}`, { method: 'POST', body });

  const inGerman = async (answer: Promise<Response>) => wholeSentence((await (await answer).json()) as Said, languageOf('de', german));

  it('a write in doubt that a person settles is not sent again, and its run goes on', async () => {
    sandbox.salesforce.faults.add([
      { kind: 'dropAfter', match: { method: 'PATCH' } },
      { kind: 'status', status: 503, body: {}, match: { method: 'GET', path: 'sobjects/Account' }, after: 1, times: -1 },
    ]);
    live.receive('entry', { payload: { id: 'PA-1' } });
    let doubt: Effect | undefined;
    await live.until(async () => ([doubt] = await live.get<Effect[]>('/effects'))[0] !== undefined, 'the write is in doubt');
    const body = { outcome: 'made', result: { id: '001', created: true }, reason: 'seen in Salesforce' };
    await live.until(
      async () => (await post(`/effects/${doubt!.key}/settle`, body)).status === 200,
      'it is settled between two deliveries',
    );
    (await live.ended('PA-1')).status.should.equal('done');
    written('PA-1').should.equal(1);
    sandbox.salesforce.faults.clear();
    const [effect] = (await live.get<{ effects: Effect[] }>(`/runs/${doubt!.run}`)).effects;
    should(effect!.result).deepEqual({ id: '001', created: true });
    const late = await post(`/effects/${doubt!.key}/settle`, body);
    late.status.should.equal(409);
    (await post(`/effects/${doubt!.key}/settle`, { outcome: 'perhaps' })).status.should.equal(400);
    const actions = (await live.get<{ action: string }[]>(`/journal?subject=${doubt!.run}`)).map((line) => line.action);
    actions.should.containEql('effect.settled');
  });

  it('many dead letters are delivered again at the pace that is asked for', async () => {
    const ids = ['PA-2', 'PA-3', 'PA-4'];
    for (const id of ids) live.receive('entry', { payload: { id, bad: true } });
    for (const id of ids) (await live.ended(id)).status.should.equal('dead');
    (await post('/replays', { search: 'PA-', perMinute: -1 })).status.should.equal(400);
    (await inGerman(post('/replays', { search: 'PA-', perMinute: -1 }))).should.match(/muss eine Zahl von 0,01 bis 100\.000 sein/);
    const answer = await post('/replays', { search: 'PA-', perMinute: 1, reason: 'mended' });
    should(await answer.json()).deepEqual({ replayed: 3, notDead: 0, notCorrected: [] });
    const waiting = (await live.get<RunHead[]>('/runs?search=PA-&status=waiting')).map((run) => run.availableAt);
    waiting.should.have.length(2);
    Math.abs((waiting[0] as number) - (waiting[1] as number)).should.equal(60_000);
  });

  it('a dead letter that is named many times is replayed once, and one that nobody knows is told as not dead', async () => {
    live.receive('entry', { payload: { id: 'PN-1', bad: true } });
    const { id } = await live.ended('PN-1');
    const answer = await post('/replays', { runs: [...Array.from({ length: 300 }, () => id), 'nobody', 'nobody'] });
    should(await answer.json()).deepEqual({ replayed: 1, notDead: 1, notCorrected: [] });
    await live.until(async () => (await live.run('PN-1'))?.status === 'dead', 'it has failed again');
    (await live.get<{ action: string }[]>(`/journal?subject=${id}`))
      .filter(({ action }) => action === 'run.replayed')
      .should.have.length(1);
  });

  it('many dead letters are corrected alike and delivered again; one that the correction does not fit stays', async () => {
    for (const id of ['PC-1', 'PC-2']) live.receive('entry', { payload: { id, bad: true } });
    live.receive('entry', { payload: { id: 'PC-3', bad: true, locked: true } });
    for (const id of ['PC-1', 'PC-2', 'PC-3']) (await live.ended(id)).status.should.equal('dead');
    const correction = 'payload.locked ? $error("it is locked") : $ ~> |payload|{"bad": false}|';
    (await post('/replays', { search: 'PC-', correction: '((' })).status.should.equal(400);
    (await inGerman(post('/replays', { search: 'PC-', correction: '((' }))).should.startWith(
      'Die Korrektur (correction) ist kein gültiges JSONata: ',
    );
    (await inGerman(post('/replays', { search: 'PC-', corection: '$' }))).should.match(
      /^Der Body hat corection, das diese Anfrage nicht kennt\. .* Es wurde nichts geändert\.$/,
    );
    const answer = (await (await post('/replays', { search: 'PC-', correction, reason: 'flag was wrong' })).json()) as {
      replayed: number;
      notCorrected: { subject: string; message: string }[];
    };
    answer.replayed.should.equal(2);
    answer.notCorrected.map(({ subject, message }) => `${subject}: ${message}`).should.deepEqual(['PC-3: it is locked']);
    for (const id of ['PC-1', 'PC-2']) await live.until(async () => (await live.run(id))?.status === 'done', `${id} is through`);
    (await live.run('PC-3'))!.status.should.equal('dead');
    const { id } = (await live.run('PC-1'))!;
    const replayed = (await live.get<{ action: string; detail: object }[]>(`/journal?subject=${id}`)).find(
      ({ action }) => action === 'run.replayed',
    );
    should(replayed!.detail).deepEqual({ reason: 'flag was wrong', edited: true });
    written('PC-1').should.equal(1);
  });

  it('a run that is under way is cancelled: its later writes are refused, the next of its key goes on', async () => {
    sandbox.salesforce.faults.add({ kind: 'delay', delayMs: 3_000, match: { method: 'PATCH' } });
    live.receive('entry', { payload: { id: 'PA-9' } });
    await live.until(async () => (await live.run('PA-9'))?.status === 'running', 'it is under way');
    const { id } = (await live.run('PA-9'))!;
    (await post(`/runs/${id}/cancel`, { reason: 'typed twice' })).status.should.equal(200);
    (await live.ended('PA-9')).status.should.equal('cancelled');
    const late = await post(`/runs/${id}/cancel`, {});
    late.status.should.equal(409);
    const { message } = (await late.clone().json()) as Said;
    message.should.equal('The run has ended already.');
    (await inGerman(Promise.resolve(late))).should.equal('Der Lauf ist schon beendet.');
    (await inGerman(post(`/dead-letters/${id}/replay`, {}))).should.equal(
      'Dieser Lauf ist kein Dead Letter, oder was er geschrieben hat, wird gerade rückgängig gemacht.',
    );
    sandbox.salesforce.faults.clear();
    live.receive('entry', { payload: { id: 'PA-10' } });
    (await live.ended('PA-10')).status.should.equal('done');
    await live.until(
      async () => (await live.get<{ effects: Effect[] }>(`/runs/${id}`)).effects.every(({ status }) => status === 'done'),
      'the write that was on the wire is recorded',
    );
    live.sunk.filter(({ payload }) => (payload as { id?: string }).id === 'PA-9').should.deepEqual([]);
  });
});
