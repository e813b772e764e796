import should from 'should';
import declaration from '../../nodes/business/event-in/declaration.ts';
import { cloudEvent, secret, standardHeaders } from '../runtime/webhook-sender.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

async function post(at: NodeAtWork, event: object, signed = true): Promise<{ status: number; body: string }> {
  const body = JSON.stringify(event);
  const response = await fetch(`${at.red.url}/events/time`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', ...(signed ? standardHeaders(body) : {}) },
    body,
  });
  return { status: response.status, body: await response.text() };
}

nodeContract(
  declaration,
  {
    fields: { path: 'events/time' },
    credentials: { secret },
    keepDefault: ['signatureHeader'],
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      const { status } = await post(at, cloudEvent(`${at.id}-T`));
      await at.red.ended();
      const run = (await at.red.pack.engine.store.run([...at.red.seen.runs][0]!))!;
      return { status, key: run.event.key === run.event.subject, type: run.event.type, out: at.out(1).length };
    },
  },
  (at) => {
    it('stores a signed event before it acknowledges it, and sends it on once, however often it comes', async () => {
      await at.deploy();
      (await post(at, cloudEvent('T-1'))).status.should.equal(202);
      at.red.seen.runs.size.should.equal(1);
      (await post(at, cloudEvent('T-1'))).body.should.containEql('"duplicates":1');
      await at.red.ended();
      at.out(1).should.have.length(1);
      should(at.out(1)[0]).match({ payload: { id: 'T-1' } });
    });

    it('takes nothing that is not signed, and counts it', async () => {
      await at.deploy();
      (await post(at, cloudEvent('T-2'), false)).status.should.equal(401);
      await at.shows(/^refused 1, the last with 401$/, 'yellow');
      at.red.seen.runs.size.should.equal(0);
    });

    it('answers nobody at its path when it is gone', async () => {
      await at.deploy();
      await at.red.unload();
      (await post(at, cloudEvent('T-3'))).status.should.equal(503);
    });
  },
);
