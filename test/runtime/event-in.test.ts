import { createHmac } from 'node:crypto';
import should from 'should';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { languageOf, type Said, sentence } from '../../model/failure-sentence.ts';
import { eventIn } from './event-in-flow.ts';
import { eventsByWebhook } from './events-by-webhook.ts';
import { func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, postEvent, secret } from './webhook-sender.ts';

const flow = (more: object = {}): FlowNode[] => [tab(), policy(), eventIn(more), sink()];

eventsByWebhook({ root: 'at the root of the address, in front of the HTTP nodes', adminRoot: '', settings: '' });

describe('The sender of an event', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ environment: { TIME_EVENTS_SECRET: secret } });
  });
  after(() => live?.end());

  it('may sign the body alone, in a header of its choice', async () => {
    await live.deploy(flow({ signature: 'hmac-sha256', signatureHeader: 'X-Time-Signature' }));
    const body = JSON.stringify(cloudEvent('HMAC-1'));
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    const send = (value: string) =>
      post(live, { body, unsigned: true, headers: { 'Content-Type': 'application/cloudevents+json', 'x-time-signature': value } });
    (await send(`sha256=${hex.replace(/^../, '00')}`)).status.should.equal(401);
    (await send(`sha256=${hex}`)).status.should.equal(202);
  });

  it('may carry a token', async () => {
    await live.deploy([
      tab(),
      policy(),
      { ...eventIn({ signature: 'bearer', environment: '' }, 'in-by-token'), credentials: { secret: 'token-of-the-tests' } },
      sink(),
    ]);
    const send = (authorization: string) =>
      postEvent(live, cloudEvent('BEARER-1'), { unsigned: true, headers: { Authorization: authorization } });
    const refused = await send('Bearer token-of-somebody');
    refused.status.should.equal(401);
    refused.headers.get('www-authenticate')!.should.equal('Bearer');
    (await send('Bearer token-of-the-tests')).status.should.equal(202);
  });

  it('may be anybody where the analyst wants that, and the log warns of it', async () => {
    await live.deploy(flow({ signature: 'none', environment: '' }));
    await live.says(/Anybody who reaches the address/);
    (await postEvent(live, cloudEvent('NONE-1'), { unsigned: true })).status.should.equal(202);
  });

  it('is asked to come again where no secret is set, which status and log say', async () => {
    await live.deploy(flow({ environment: 'NOWHERE' }));
    await live.says(/There is no secret to check signatures with.+prefix NOWHERE/);
    const answer = await postEvent(live, cloudEvent('SECRET-1'));
    answer.status.should.equal(503);
    answer.headers.get('retry-after')!.should.equal('5');
    should(await live.run('SECRET-1')).equal(undefined);
  });

  it('that knows no CloudEvents gives the id in a header, in a field, or as the body itself', async () => {
    await live.deploy(
      flow({ signature: 'none', environment: '', eventId: 'data.entry.id', subject: '"Entry " & data.entry.id', key: 'data.project' }),
    );
    const send = (body: object, headers: Record<string, string> = {}) =>
      post(live, { body: JSON.stringify(body), unsigned: true, headers });
    const entry = { project: 'ENG-1', entry: { id: 4711 } };
    (await send(entry)).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await send({ ...entry, note: 'sent once more' })).body.should.deepEqual({ accepted: 0, duplicates: 1, differing: [0] });
    (await send(entry, { 'Idempotency-Key': 'second approval' })).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await send(entry, { 'webhook-id': 'second approval' })).body.should.deepEqual({ accepted: 0, duplicates: 1 });
    const plain = { project: 'ENG-2', text: 'no id at all' };
    (await send(plain)).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await send(plain)).body.should.deepEqual({ accepted: 0, duplicates: 1 });
    const runs = await live.get<{ id: string; event: { subject: string } }[]>('/runs?search=4711');
    runs.map((run) => run.event.subject).should.deepEqual(['Entry 4711', 'Entry 4711']);
    const { run } = await live.get<{ run: { event: Record<string, unknown> } }>(`/runs/${runs.at(-1)!.id}`);
    run.event.should.have.properties({ id: '4711', type: 'com.example.time.approved', source: '/events/time', key: 'ENG-1' });
  });

  it('reads nothing of an event at which an expression of the node fails', async () => {
    await live.deploy(flow({ key: '$number(data.amount)' }));
    const answer = await postEvent(live, cloudEvent('KEY-1', { data: { amount: 'secret sum' } }));
    answer.status.should.equal(400);
    answer.body.issues!.map(({ code, field }) => [code, field]).should.deepEqual([['EXPRESSION_FAILED', 'key']]);
    answer.text.should.not.match(/secret sum/);
    (await postEvent(live, cloudEvent('KEY-2', { data: { amount: '12.50' } }))).status.should.equal(202);
  });

  it('is asked to come again where an expression of the node cannot be read, which the log says', async () => {
    await live.deploy(flow({ key: 'data.(' }));
    await live.says(/The expression of "key" failed.+Correct the expression in the node/);
    (await postEvent(live, cloudEvent('KEY-3'))).status.should.equal(503);
  });

  it('meets one node at a path: the second says who has it, and takes over when the first is gone', async () => {
    const second = { ...eventIn({ name: 'Second', wires: [['other']] }, 'second'), wires: [['other']] };
    await live.deploy([...flow({ name: 'First' }), second, sink('other')]);
    await live.says(/The node “First” listens at \/events\/time already/);
    await postEvent(live, cloudEvent('PATH-1'));
    (await live.ended('PATH-1')).entry.should.equal('in');
    await live.deploy([tab(), policy(), second, sink('other')], 'nodes');
    await postEvent(live, cloudEvent('PATH-2'));
    (await live.ended('PATH-2')).entry.should.equal('second');
  });

  const web = (url: string, method: string) => [
    node('web', 'http in', [['answer']], { url, method, upload: false }),
    func('answer', 'msg.payload = "web"; msg.statusCode = 200; return msg;', [['back']]),
    node('back', 'http response', [], { statusCode: '', headers: {} }),
  ];

  it('meets no node at a path of an “http in” node, of the editor, or at none', async () => {
    await live.deploy([tab(), ...web('/events/time', 'post'), policy(), eventIn(), sink()]);
    await live.says(/An “http in” node listens at \/events\/time already/);
    (await postEvent(live, cloudEvent('WEB-1'))).text.should.equal('web');
    await live.deploy(flow({ path: 'flows' }));
    await live.says(/The address \/flows belongs to Node-RED's editor/);
    await live.deploy(flow({ path: 'events/../flows' }));
    await live.says(/The path is missing or cannot be one/);
    await live.deploy(flow());
    (await postEvent(live, cloudEvent('PATH-3'))).status.should.equal(202);
  });

  it('finds the node also where an “http in” node takes all other paths, or another method', async () => {
    for (const [n, [url, method]] of [
      ['/*', 'post'] as const,
      ['/events/:what', 'post'] as const,
      ['/events/time', 'get'] as const,
    ].entries()) {
      await live.deploy([tab(), ...web(url, method), policy(), eventIn(), sink()]);
      await live.stop('SIGTERM');
      await live.restart(); // their order is that of the flow file
      await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'it is back');
      (await postEvent(live, cloudEvent(`ALL-${n}`))).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    }
  });

  it('says how many of its runs are open, though they stay so', async () => {
    const hold = node('hold', 'delay', [[]], { pauseType: 'delay', timeout: '1', timeoutUnits: 'hours' });
    const watch = [
      node('status', 'status', [['said']], { scope: ['in'] }),
      func('said', 'return { payload: msg.status.text };', [['sink']]),
    ];
    await live.deploy([tab(), policy(), { ...eventIn(), wires: [['hold']] }, hold, sink(), ...watch]);
    live.sunk = [];
    for (let n = 0; n < 3; n++) await postEvent(live, cloudEvent(`OPEN-${n}`));
    await live.until(
      () => live.sunk.at(-1)?.payload === 'watching, 3 open',
      () => JSON.stringify(live.sunk.map(({ payload }) => payload)),
    );
  });

  it('leaves a status behind that says how many are open, and not one for each event', async () => {
    const watch = [
      node('status', 'status', [['said']], { scope: ['in'] }),
      func('said', 'return { payload: msg.status.text };', [['sink']]),
    ];
    const second = eventIn({}, 'second');
    await live.deploy([...flow(), ...watch, second]);
    live.sunk = [];
    const began = performance.now();
    await Promise.all(Array.from({ length: 200 }, (_, n) => postEvent(live, cloudEvent(`STATUS-${n}`))));
    const said = () => live.sunk.map(({ payload }) => payload).filter((text) => typeof text === 'string');
    await live.until(
      async () =>
        // those that have ended before they were counted change nothing
        (said().at(-1) ?? 'watching, 0 open') === 'watching, 0 open' &&
        (await live.get<{ sources: { id: string; stored: number }[] }>('/overview')).sources.find(({ id }) => id === 'in')?.stored === 200,
      () => `it counts those that are open, until none is: ${said().join()}`,
    );
    said().length.should.be.below(20 + (performance.now() - began) / 250); // a status is held back for so long
    (await postEvent(live, cloudEvent('STATUS-X'), { unsigned: true })).status.should.equal(401);
    await live.until(
      () => said().includes('refused 1, the last with 401'),
      () => said().join(),
    );
    const { sources } = await live.get<{
      sources: { id: string; stored: number; refused?: number; failure: (Said & { code: string }) | null }[];
    }>('/overview');
    sources.find(({ id }) => id === 'in')!.should.have.properties({ stored: 200, refused: 1, failure: null });
    const { failure } = sources.find(({ id }) => id === 'second')!;
    failure!.code.should.equal('PATH_TAKEN');
    sentence(failure!, languageOf('de', german)).should.deepEqual({
      message: 'Unter /events/time nimmt bereits der Node „business-event-in“ Anfragen an.',
      remedy: 'Geben Sie diesem Node einen anderen Pfad, und führen Sie ein Deploy aus.',
    });
  });

  it('has its runs go on after a stop, not counted as failed', async () => {
    const hold = func('hold', 'if (global.get("go")) return msg; setTimeout(() => { node.send(msg); node.done(); }, 60000);', [['sink']]);
    await live.deploy([tab(), policy(), { ...eventIn(), wires: [['hold']] }, hold, sink()]);
    await postEvent(live, cloudEvent('STOP-1'));
    await live.until(async () => (await live.run('STOP-1'))?.status === 'running', 'it is under way');
    await live.stop('SIGTERM');
    await live.restart();
    await live.deploy([tab(), policy(), { ...eventIn(), wires: [['sink']] }, sink()]);
    (await live.ended('STOP-1')).should.have.properties({ status: 'done', attempts: 1 });
  });

  it('shows its newest event to the form of a node that is wired to it, though Node-RED has begun anew since', async () => {
    await live.deploy([tab(), policy(), eventIn(), sink()]);
    await postEvent(live, cloudEvent('SAMPLE-1'));
    await live.ended('SAMPLE-1');
    await live.stop('SIGTERM');
    await live.restart();
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'it is back');
    const seen = await live.get<{ payload: object; from: string; message: { topic: string; event: { id: string } } }>(
      '/nodes/brand-new/last-input?behind=nowhere:0,in:0',
    );
    seen.should.match({ from: 'in:0', message: { topic: 'SAMPLE-1', event: { subject: 'SAMPLE-1' } } });
    seen.payload.should.deepEqual((seen.message as unknown as { payload: object }).payload);
    (await live.get<object>('/nodes/brand-new/last-input?behind=sink:0')).should.deepEqual({ payload: null });
  });
});
