import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, postEvent, secret } from './webhook-sender.ts';

for (const [adminRoot, settings] of [
  ['', ''],
  ['/admin', "httpAdminRoot: '/admin'"],
] as const) {
  describe(`A sender that asks before its first event, with the editor at ${adminRoot || '/'}`, function () {
    this.timeout(60_000);
    let live: LiveNodeRed;
    before(async () => {
      live = await LiveNodeRed.start({ adminRoot, settings, environment: { TIME_EVENTS_SECRET: secret } });
    });
    after(() => live?.end());
    const deploy = (allowedOrigins?: string) =>
      live.deploy([tab(), policy(), eventIn(allowedOrigins === undefined ? {} : { allowedOrigins }), sink()]);
    const ask = (headers: Record<string, string>, path = '/events/time') =>
      fetch(`${new URL(live.editor).origin}${path}`, { method: 'OPTIONS', headers });

    it('may send where its name is allowed, whatever its case, as often as it likes, and is never called back', async () => {
      await deploy('other.example, time-tool.example');
      const answer = await ask({
        'WebHook-Request-Origin': 'Time-Tool.example',
        'WebHook-Request-Rate': '120',
        'WebHook-Request-Callback': `${new URL(live.editor).origin}/events/time`,
      });
      answer.status.should.equal(200);
      should(answer.headers.get('webhook-allowed-origin')).equal('time-tool.example');
      should(answer.headers.get('webhook-allowed-rate')).equal('*');
      should(answer.headers.get('allow')).equal('POST');
      (await answer.text()).should.equal('');
      const event = { headers: { 'WebHook-Request-Origin': 'time-tool.example' } };
      (await postEvent(live, cloudEvent(`HS${adminRoot}`), event)).status.should.equal(202);
      (await postEvent(live, cloudEvent('HS-unsigned'), { ...event, unsigned: true })).status.should.equal(401);
    });

    it('may not where another name is allowed, or gives none, or what is no name', async () => {
      const refused = async (headers: Record<string, string>) => {
        const answer = await ask(headers);
        should(answer.headers.get('webhook-allowed-origin')).equal(null);
        return answer.status;
      };
      (await refused({ 'WebHook-Request-Origin': 'evil.example' })).should.equal(403);
      (await refused({ 'WebHook-Request-Origin': 'time-tool.example.evil.example' })).should.equal(403);
      (await refused({})).should.equal(400);
      (await refused({ 'WebHook-Request-Origin': '*' })).should.equal(400);
      (await refused({ 'WebHook-Request-Origin': 'a'.repeat(300) })).should.equal(400);
    });

    it('is told any where any is allowed', async () => {
      await deploy('*');
      should((await ask({ 'WebHook-Request-Origin': 'whoever.example' })).headers.get('webhook-allowed-origin')).equal('*');
    });

    it('is refused where nobody is to ask, and at a path where nobody listens', async () => {
      await deploy();
      const answer = await ask({ 'WebHook-Request-Origin': 'time-tool.example' });
      answer.status.should.equal(405);
      should(answer.headers.get('allow')).equal('POST');
      should((await ask({ 'WebHook-Request-Origin': 'time-tool.example' }, '/events/none')).headers.get('webhook-allowed-origin')).equal(
        null,
      );
    });

    it('learns nothing of a node whose list cannot be read, which says so and takes nothing', async () => {
      await deploy('time-tool.example https://x');
      (await ask({ 'WebHook-Request-Origin': 'time-tool.example' })).status.should.equal(503);
      await live.until(() => /ORIGIN_INVALID|cannot be the name of a sender/.test(live.log.join('')), 'the node says why');
      (await post(live, { body: '{}' })).status.should.equal(503);
    });
  });
}

describe('The same event with other content', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ environment: { TIME_EVENTS_SECRET: secret } });
    await live.deploy([tab(), policy(), eventIn(), sink()]);
  });
  after(() => live?.end());
  const batch = (events: object[]) =>
    post(live, { body: JSON.stringify(events), headers: { 'Content-Type': 'application/cloudevents-batch+json' } });

  it('is named to the sender by its place, and in the log without its content; nothing of it is stored', async () => {
    const entry = (id: string, minutes: number, more = {}) => cloudEvent(id, { data: { minutes, word: 'secret-ish', ...more } });
    await batch([entry('SB-1', 60), entry('SB-2', 60), entry('SB-3', 60)]);
    const again = await batch([entry('SB-1', 60), entry('SB-2', 90), entry('SB-4', 60), entry('SB-3', 60, { more: null })]);
    again.body.should.deepEqual({ accepted: 1, duplicates: 3, differing: [1, 3] });
    const said = () => live.log.join('').includes('whose id was taken before with other content: 1');
    await live.until(said, 'it is said');
    live.log.join('').should.not.containEql('secret-ish');
    const { run } = await live.get<{ run: { event: { data: object } } }>(`/runs/${(await live.ended('SB-2')).id}`);
    run.event.data.should.deepEqual({ minutes: 60, word: 'secret-ish' });
  });

  it('is no other where only the order of its fields, its time or the way a number is written is another', async () => {
    const first =
      '[{"specversion":"1.0","id":"SB-5","source":"/time-tool","type":"t","time":"2026-03-02T17:00:00Z","data":{"a":1,"b":-0}}]';
    const again =
      '[{"data":{"b":0,"a":1.0},"time":"2026-03-02T18:00:00Z","type":"t","source":"/time-tool","id":"SB-5","specversion":"1.0"}]';
    const headers = { 'Content-Type': 'application/cloudevents-batch+json' };
    (await post(live, { body: first, headers })).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    (await post(live, { body: again, headers })).body.should.deepEqual({ accepted: 0, duplicates: 1 });
  });

  it('twice in one request is told, too', async () => {
    const both = await batch([cloudEvent('SB-6', { data: 1 }), cloudEvent('SB-6', { data: 2 })]);
    both.body.should.deepEqual({ accepted: 1, duplicates: 1, differing: [1] });
  });
});
