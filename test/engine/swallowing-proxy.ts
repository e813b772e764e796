import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network before a server: it passes everything on, until it swallows what is said on the connections there are. New ones work. */
export class SwallowingProxy {
  readonly port: number;
  private readonly server: Server;
  private pairs: [Socket, Socket][] = [];
  private readonly swallowed: Socket[] = [];

  private constructor(server: Server, serverPort: number, port: number) {
    this.server = server;
    this.port = port;
    server.on('connection', (near) => {
      const far = connect({ port: serverPort, host: '127.0.0.1', allowHalfOpen: true });
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
      near.pipe(far);
      far.pipe(near);
      this.pairs.push([near, far]);
    });
  }

  static async before(serverPort: number): Promise<SwallowingProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SwallowingProxy(server, serverPort, (server.address() as { port: number }).port);
  }

  /** As when a machine on the way is gone: neither side hears anything any more, not even an end. */
  swallow(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far);
      far.unpipe(near);
      near.resume();
      far.resume();
      this.swallowed.push(near, far);
    }
    this.pairs = [];
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of [...this.swallowed, ...this.pairs.flat()]) socket.destroy();
    await once(this.server, 'close');
  }
}
