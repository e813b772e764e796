import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came to an address that no connection is deployed with. */
export interface Came {
  /** head and body as they came */
  bytes: Buffer;
  /** the first line, without what differs from request to request */
  what: string;
  /** it carries something that proves who asks: a header or a field for it */
  carriesProof: boolean;
}

/** A server somewhere else: everything that comes here was led here by somebody who should not have been able to. */
export class Elsewhere {
  private readonly server: Server;
  url = '';

  private constructor(came: (came: Came) => void) {
    this.server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        came(cameOf(request, body));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ access_token: 'a token from elsewhere', instance_url: this.url, token_type: 'Bearer', expires_in: 60 }),
        );
      });
    });
    this.server.on('connection', (socket) => socket.on('error', () => undefined));
  }

  static async start(came: (came: Came) => void): Promise<Elsewhere> {
    const elsewhere = new Elsewhere(came);
    elsewhere.server.listen(0, '127.0.0.1');
    await once(elsewhere.server, 'listening');
    elsewhere.url = `http://127.0.0.1:${(elsewhere.server.address() as AddressInfo).port}`;
    return elsewhere;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function cameOf({ method = '', url = '', headers, rawHeaders }: IncomingMessage, body: Buffer): Came {
  const head = `${method} ${url}\n${rawHeaders.join('\n')}\n\n`;
  const carriesProof =
    headers.authorization !== undefined ||
    /(?:^|[&"{,])"?(?:assertion|client_assertion|password|client_secret|access_token)"?[=:]/.test(body.toString());
  return { bytes: Buffer.concat([Buffer.from(head), body]), what: `${method} ${url.split('?')[0]}`, carriesProof };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
