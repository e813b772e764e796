import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a pooler does that its clients notice: refuse with its one code, or leave out what it does not know of the startup packet. */
export type PoolerManner = { refuses: string } | { dropsOptions: true };

/** A small pooler of sessions before a database, with the manners of PgBouncer. https://www.pgbouncer.org/config.html#ignore_startup_parameters */
export class Pooler {
  readonly port: number;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
  }

  static async before(serverPort: number, manner: () => PoolerManner): Promise<Pooler> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const pooler = new Pooler(server, (server.address() as { port: number }).port);
    server.on('connection', (near) => {
      pooler.keep(near).once('data', (startup: Buffer) => {
        const now = manner();
        if ('refuses' in now) {
          near.end(errorResponse('08P01', now.refuses));
          return;
        }
        const far = pooler.keep(connect({ port: serverPort, host: '127.0.0.1' }));
        far.write(withoutOptions(startup));
        near.pipe(far);
        far.pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      });
    });
    return pooler;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    return socket.on('error', () => undefined);
  }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, ErrorResponse */
export function errorResponse(code: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('E....');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** StartupMessage without the parameter `options`. */
function withoutOptions(startup: Buffer): Buffer {
  const texts = startup.subarray(8).toString('utf8').split('\0');
  const kept: string[] = [];
  for (let index = 0; index + 1 < texts.length && texts[index] !== ''; index += 2) {
    if (texts[index] !== 'options') kept.push(texts[index]!, texts[index + 1]!);
  }
  const body = Buffer.from(`${kept.join('\0')}\0\0`);
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(body.length + 8, 0);
  return Buffer.concat([head, body]);
}
