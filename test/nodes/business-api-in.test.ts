import should from 'should';
import declaration from '../../nodes/business/api-in/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

async function call(at: NodeAtWork, body: unknown, key: string): Promise<{ status: number; code: unknown }> {
  const response = await fetch(`${at.red.url}/business/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  const { code } = (await response.json()) as { code: unknown };
  return { status: response.status, code };
}

nodeContract(
  declaration,
  {
    fields: { api: 'orders', path: 'orders', callers: 'anyone' },
    warns: /^Anybody who reaches the address of this API can call it/,
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      const told = await call(at, { id: `${at.id}-A` }, at.id);
      const [run] = await at.red.ended();
      return { ...told, status: run!.status, out: at.out(1).length };
    },
  },
  (at) => {
    it('hands on what was sent, and who has called what, once for each key', async () => {
      await at.deploy();
      await call(at, { id: 'A-1', lines: [1] }, 'A');
      should(await call(at, { id: 'A-1', lines: [1] }, 'A')).deepEqual({ status: 500, code: 'API_UNANSWERED' });
      should(await call(at, { id: 'A-1', lines: [2] }, 'A')).deepEqual({ status: 422, code: 'API_KEY_HEADER' });
      at.out(1).should.have.length(1);
      should(at.out(1)[0]).match({
        payload: { id: 'A-1', lines: [1] },
        topic: 'A-1',
        api: { method: 'POST', path: '/business/v1/orders', version: 1, consumer: 'anyone', parameters: {} },
      });
    });

    it('says that another node has its address, and answers there when that is gone', async () => {
      await at.deploy();
      const other = { id: 'other', type: declaration.type, z: 'tab', wires: [[]], api: 'orders', path: 'orders', callers: 'anyone' };
      const { id } = at;
      await at.red.unload();
      await at.red.load([
        { id: 'tab', type: 'tab', label: 'two' },
        { ...other, id },
        { ...other, path: '/orders/' },
      ]);
      await at.red.until(
        () => at.red.said('other').some((line) => /has POST \/business\/v1\/orders already|POST \/business\/v1\/orders/.test(line)),
        'it is said',
      );
    });

    for (const [field, value, says] of [
      ['path', 'a b', /cannot be a path of an API/],
      ['path', '../admin', /cannot be a path of an API/],
      ['path', 'a/{x}/{x}', /cannot be a path of an API/],
      ['query', 'a b', /query parameters cannot be read/],
      ['api', 'a b', /cannot be the name of an API/],
      ['lastDay', '2026-02-30', /lastDay says is not a day/],
      ['successor', 'javascript:alert(1)', /successor is no address/],
    ] as const) {
      it(`says what is wrong with ${field} ${value}`, async () => {
        await at.deploy({ [field]: value });
        await at.shows(/./, 'red');
        at.red.said(at.id).join(' ').should.match(says);
      });
    }

    for (const schema of ['{', '[]', '{"type":"objec"}', '{"pattern":"^(a+)+$"}', '{"$ref":"https://example.com/x"}', '{"unknown":1}']) {
      it(`says that ${schema} is no schema that can be used`, async () => {
        await at.deploy({ contract: 'own', contractSchema: schema });
        await at.shows(/./, 'red');
        at.red
          .said(at.id)
          .join(' ')
          .should.match(/contractSchema says is not a JSON Schema that can be used/);
        should((await call(at, {}, 'x')).status).equal(503);
      });
    }
  },
);
