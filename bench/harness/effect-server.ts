import { once } from 'node:events';
import { createServer } from 'node:http';

/** The system written to: answers every POST at once with a new id, and counts. */
export async function startEffectServer(): Promise<{ url: string; writes(): number; stop(): Promise<void> }> {
  let writes = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      writes++;
      const body = `{"id":"${writes}","status":"created"}`;
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    });
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    writes: () => writes,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
