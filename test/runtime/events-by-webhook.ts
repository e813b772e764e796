import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, postEvent, secret, standardHeaders } from './webhook-sender.ts';

const flow = (more: object = {}): FlowNode[] => [tab(), policy(), eventIn(more), sink()];

/** What holds of an event that comes by webhook, wherever the editor of Node-RED is. */
export function eventsByWebhook({ root, adminRoot, settings }: { root: string; adminRoot: string; settings: string }): void {
  describe(`An event that comes by webhook, with the editor ${root}`, function () {
    this.timeout(60_000);
    let live: LiveNodeRed;
    before(async () => {
      live = await LiveNodeRed.start({ adminRoot, settings, environment: { TIME_EVENTS_SECRET: secret } });
      await live.deploy(flow());
    });
    after(() => live?.end());
    beforeEach(() => {
      live.sunk = [];
    });

    it('is stored as a run before it is acknowledged, and enters the flow with its data, subject and attributes', async () => {
      const answer = await postEvent(
        live,
        cloudEvent('TE-1', { traceparent: '00-1', time: '2026-03-02T18:00:00+01:00', data: { minutes: 90 } }),
      );
      answer.status.should.equal(202);
      answer.body.should.deepEqual({ accepted: 1, duplicates: 0 });
      const run = await live.ended('TE-1');
      run.should.have.properties({ status: 'done', entry: 'in' });
      const { event } = (await live.get<{ run: { event: object } }>(`/runs/${run.id}`)).run;
      event.should.deepEqual({
        id: 'TE-1',
        source: '/time-tool',
        type: 'com.example.time.approved',
        subject: 'TE-1',
        time: '2026-03-02T17:00:00.000Z',
        key: 'TE-1',
        attributes: { traceparent: '00-1' },
        data: { minutes: 90 },
      });
      live.sunk.map(({ payload }) => payload).should.deepEqual([{ minutes: 90 }]);
    });

    it('is one run when it is sent twice', async () => {
      (await postEvent(live, cloudEvent('TE-2'))).body.should.deepEqual({ accepted: 1, duplicates: 0 });
      const again = await postEvent(live, cloudEvent('TE-2', { data: { minutes: 15 } }));
      again.status.should.equal(202);
      again.body.should.deepEqual({ accepted: 0, duplicates: 1, differing: [0] });
      await live.ended('TE-2');
      (await postEvent(live, cloudEvent('TE-2', { source: '/other-tool', subject: 'TE-2-other' }))).body.accepted!.should.equal(1);
    });

    it('is taken as JSON that the editor’s own parser would have read, its signature checked over the very bytes', async () => {
      const body = `{ "id": "TE-3",\n  "hours" : 7.50 }`;
      const answer = await post(live, { body });
      answer.status.should.equal(202, answer.text);
      const tampered = await post(live, { body: body.replace('7.50', '9.50'), headers: standardHeaders(body) });
      tampered.status.should.equal(401);
    });

    it('is taken with its attributes in headers', async () => {
      const body = '{"id":"TE-4"}';
      const headers = {
        'ce-specversion': '1.0',
        'ce-id': 'TE-4',
        'ce-source': '/time-tool',
        'ce-type': 'com.example.time.approved',
        'ce-subject': 'TE-4%20f%C3%BCr%20M%C3%BCller',
      };
      (await post(live, { body, headers })).status.should.equal(202);
      (await live.ended('TE-4 für Müller')).status.should.equal('done');
    });

    it('may come in a batch, which is stored whole or not at all', async () => {
      const batch = (events: object[]) =>
        post(live, { body: JSON.stringify(events), headers: { 'Content-Type': 'application/cloudevents-batch+json; charset=UTF-8' } });
      const answer = await batch([cloudEvent('B-1'), cloudEvent('B-2'), cloudEvent('B-1')]);
      answer.status.should.equal(202);
      answer.body.should.deepEqual({ accepted: 2, duplicates: 1 });
      const refused = await batch([cloudEvent('B-3'), cloudEvent('B-4', { source: undefined }), cloudEvent('B-5', { specversion: '0.3' })]);
      refused.status.should.equal(400);
      refused.headers.get('content-type')!.should.equal('application/problem+json');
      refused.body.issues!.map(({ field }) => field).should.deepEqual(['[1].source', '[2].specversion']);
      for (const { message, remedy } of refused.body.issues!) `${message} ${remedy}`.should.match(/\w+ \w+/);
      should(await live.run('B-3')).equal(undefined);
      (await batch([])).body.should.deepEqual({ accepted: 0, duplicates: 0 });
    });

    it('is refused when its signature is missing, wrong or old, in words that give nothing away', async () => {
      const event = JSON.stringify(cloudEvent('S-1', { data: { salary: 'confidential' } }));
      const headers = { 'Content-Type': 'application/cloudevents+json' };
      const unsigned = await post(live, { body: event, headers, unsigned: true });
      const wrong = await post(live, { body: event, headers: { ...headers, ...standardHeaders(event, { by: 'another secret' }) } });
      const old = await post(live, { body: event, headers: { ...headers, ...standardHeaders(event, { at: Date.now() - 400_000 }) } });
      const codes = [unsigned, wrong, old].map(({ status, body }) => [status, body.issues![0]!.code]);
      codes.should.deepEqual([
        [401, 'SIGNATURE_MISSING'],
        [401, 'SIGNATURE_WRONG'],
        [401, 'SIGNATURE_OLD'],
      ]);
      unsigned.headers.get('www-authenticate')!.should.equal('StandardWebhooks');
      should(await live.run('S-1')).equal(undefined);
      const said = [unsigned, wrong, old].map(({ text }) => text).join() + live.log.join();
      said.should.not.match(/confidential|salary/);
      said.should.not.containEql(secret);
      await live.says(/Refused .+ with 401/);
    });

    it('is refused when it is sent in another way', async () => {
      const event = cloudEvent('W-1');
      const get = await postEvent(live, event, { method: 'GET' });
      get.status.should.equal(405);
      get.headers.get('allow')!.should.equal('POST');
      (await postEvent(live, event, { method: 'PUT' })).status.should.equal(405);
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/cloudevents+xml',
        'application/json; charset=utf-16',
      ]) {
        (await postEvent(live, event, { headers: { 'Content-Type': type } })).status.should.equal(415, type);
      }
      (await postEvent(live, event, { headers: { 'Content-Encoding': 'gzip' } })).status.should.equal(415);
      (await post(live, { body: '{"id": ' })).body.issues![0]!.code.should.equal('BODY_NOT_JSON');
      should(await live.run('W-1')).equal(undefined);
    });

    it('is refused when it is too large, by what it says and by what it is', async () => {
      const large = JSON.stringify(cloudEvent('L-1', { data: 'x'.repeat(70_000) }));
      (await postEvent(live, JSON.parse(large) as object)).status.should.equal(413);
      const chunked = await fetch(`${live.editor}/events/time`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...standardHeaders(large) },
        body: new Blob([large]).stream(),
        duplex: 'half',
      } as RequestInit);
      chunked.status.should.equal(413);
      should(await live.run('L-1')).equal(undefined);
      (await postEvent(live, cloudEvent('L-2', { data: 'x'.repeat(60_000) }))).status.should.equal(202);
    });

    it('goes on being taken at the new path after a deploy, and no longer at the old one', async () => {
      await live.deploy(flow({ path: 'events/hours' }));
      (await postEvent(live, cloudEvent('D-1'), { path: '/events/hours' })).status.should.equal(202);
      (await postEvent(live, cloudEvent('D-2'))).status.should.equal(404);
      await live.deploy(flow({ path: '/events/time/' }), 'nodes');
      (await postEvent(live, cloudEvent('D-3'))).status.should.equal(202);
      (await postEvent(live, cloudEvent('D-4'), { path: '/events/time/' })).status.should.equal(202);
      (await postEvent(live, cloudEvent('D-5'), { path: '/events/hours' })).status.should.equal(404);
    });

    it('is lost by no deploy, and stored twice by none: what was acknowledged is one run, what was not can be sent again', async () => {
      let deploying = true;
      const acknowledged: string[] = [];
      const statuses = new Set<number>();
      const send = async (sender: number) => {
        for (let n = 0; deploying || n < 20; n++) {
          const id = `R-${sender}-${n}`;
          for (let status = 0; status !== 202;) {
            ({ status } = await postEvent(live, cloudEvent(id)));
            statuses.add(status);
            if (status === 503) await new Promise((resolve) => setTimeout(resolve, 5));
          }
          acknowledged.push(id);
        }
      };
      const senders = Promise.all([0, 1, 2, 3].map(send));
      for (const [n, type] of (['full', 'nodes', 'full', 'flows'] as const).entries())
        await live.deploy(flow({ name: `deploy ${n}` }), type);
      deploying = false;
      await senders;
      [...statuses].filter((status) => status !== 202 && status !== 503).should.deepEqual([]);
      for (const id of acknowledged) (await live.ended(id)).status.should.equal('done');
    });

    it('is one of a thousand sent at once, and each is a run once', async () => {
      const ids = Array.from({ length: 1000 }, (_, n) => `M-${n}`);
      const answers = await Promise.all(ids.map((id) => postEvent(live, cloudEvent(id))));
      answers
        .map(({ status }) => status)
        .filter((status) => status !== 202)
        .should.deepEqual([]);
      await live.until(() => live.sunk.length >= 1000, 'all have come through the flow');
      const seen = live.sunk.map(({ payload }) => (payload as { id: string }).id);
      seen.sort().should.deepEqual([...ids].sort());
      const [source] = (await live.get<{ sources: { type: string; stored: number; listens: boolean }[] }>('/overview')).sources;
      source!.should.have.properties({ type: 'business-event-in', listens: true });
      source!.stored.should.be.aboveOrEqual(1000);
    });
  });
}
