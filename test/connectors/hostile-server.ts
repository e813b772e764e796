import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = (request: IncomingMessage & { text: string }, response: ServerResponse) => void;

/** A server that answers what no system would: too much, too deep, too slowly, or with what it was sent. */
export class HostileServer {
  url = '';
  calls = 0;
  private readonly server: Server;

  reply: Reply;

  constructor(reply: Reply) {
    this.reply = reply;
    this.server = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
      this.calls++;
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => this.reply(Object.assign(request, { text }), response));
      response.on('error', () => undefined);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const json = (response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json', Date: new Date().toUTCString(), ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** Sends without end, until nobody listens any more. */
export function pour(response: ServerResponse, chunk: Buffer, most = Number.POSITIVE_INFINITY): void {
  let sent = 0;
  const more = () => {
    while (!response.destroyed && sent < most) {
      sent += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    if (!response.destroyed) response.end();
  };
  more();
}
