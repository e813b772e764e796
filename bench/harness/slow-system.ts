import { once } from 'node:events';
import { createServer } from 'node:http';

/** A system that takes its time: each POST is answered after `delayMs`, however many there are at once. */
export async function startSlowSystem(delayMs: number): Promise<{ url: string; answeredAt: number[]; stop(): Promise<void> }> {
  const answeredAt: number[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      setTimeout(() => {
        answeredAt.push(performance.now());
        const body = `{"id":"${answeredAt.length}"}`;
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
      }, delayMs);
    });
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    answeredAt,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
