import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { packOf, paletteNode } from '../../runtime/core.ts';

interface Router {
  post(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  get(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
}

/**
 * Takes events by HTTP and answers 202 when they are on disk: what a webhook node does, without one. It is mounted where
 * `http in` mounts its own routes. `/accepted` stores only; `/events` also delivers each run to the flow.
 */
export default paletteNode('bench-source', (base) => {
  const { pack, node } = base;
  const routes = base.RED.httpNode as unknown as Router;
  let ended = 0;
  packOf(base.RED).engine.on('ended', () => ended++);

  const entry = (id: string) => ({ id, flow: base.flow, policy: base.policy });
  pack.engine.register({
    ...entry(base.id),
    deliver: (active) => {
      const { data, subject } = active.run.event;
      pack.tracking.within(active, () => node.send({ payload: structuredClone(data), topic: subject }));
    },
  });
  const take = (id: string) => (request: IncomingMessage, response: ServerResponse) => {
    bodyOf(request, (data) => {
      const subject = data.id ?? randomUUID();
      const event = {
        id: subject,
        source: '/bench',
        type: 'com.psconnect.time.approved',
        subject,
        time: new Date().toISOString(),
        key: subject,
        data,
      };
      pack.engine.accept(entry(id), [event]).then(
        ({ accepted }) => answer(response, 202, { run: accepted[0] ?? null }),
        (error: Error) => answer(response, 503, { error: error.message }),
      );
    });
  };
  routes.post('/events', take(base.id));
  routes.post('/accepted', take('nobody'));
  routes.get('/ended', (_request, response) => answer(response, 200, { ended }));
});

type Body = { id?: string };

/** With the admin API at `/`, Node-RED's default, its own JSON parser has read the body already; without, nobody has. */
function bodyOf(request: IncomingMessage & { body?: Body }, then: (body: Body) => void): void {
  if (request.body && request.headers['content-type']?.startsWith('application/json')) {
    then(request.body);
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => then(JSON.parse(Buffer.concat(parts).toString()) as Body));
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}
