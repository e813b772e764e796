import { Agent, createServer, type IncomingHttpHeaders, request, type Server, type ServerResponse } from 'node:http';

/** What is done to one call. `before` is asked with the call alone, `after` when the system has answered; `undefined` = nothing. */
export interface Plan {
  before?(call: Call): Fault | undefined;
  after?(call: Call, answer: Answer): Fault | undefined;
}

export type Fault =
  | { kind: 'drop' }
  /** half of the body, then the connection ends */
  | { kind: 'cut' }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown };

export interface Call {
  /** place among the calls since the plan was set, from 1 */
  place: number;
  method: string;
  /** path with query, as asked */
  path: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Stands between a connector and any simulator, and lets go wrong what goes wrong on the way. One call after the other gets through, so that the
 * same work meets the same calls in the same places.
 */
export class FaultProxy {
  url = '';
  readonly calls: Call[] = [];
  private plan: Plan = {};
  private readonly target: string;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;
  private last: Promise<unknown> = Promise.resolve();

  constructor(target: string) {
    this.target = target;
    this.server = createServer((asked, response) => {
      const chunks: Buffer[] = [];
      asked.on('data', (chunk: Buffer) => chunks.push(chunk));
      asked.on('end', () => {
        const given = { method: asked.method ?? 'GET', path: asked.url ?? '/', headers: asked.headers, body: Buffer.concat(chunks) };
        this.last = this.last.then(() => this.pass(given, response)).catch(() => response.destroy());
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (!address || typeof address === 'string') throw new Error('The proxy has no address.');
    this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** From now on, with calls counted anew. */
  play(plan: Plan): void {
    this.plan = plan;
    this.calls.length = 0;
  }

  /** When what has arrived so far is answered, or dropped. */
  async settled(): Promise<void> {
    for (let seen; seen !== this.last;) {
      seen = this.last;
      await seen;
    }
  }

  private async pass(given: Given, response: ServerResponse): Promise<void> {
    const call = { place: this.calls.length + 1, method: given.method, path: given.path };
    this.calls.push(call);
    const { plan } = this;
    const early = plan.before?.(call);
    if (early) return end(response, early);
    const answer = await this.forward(given);
    const fault = plan.after?.(call, answer);
    if (fault) return end(response, fault, answer);
    response.writeHead(answer.status, withoutHops(answer.headers)).end(answer.body);
  }

  private forward({ method, path, headers, body }: Given): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // under the name that was called: systems tell their own address from it, and sign it
      const sent = request(this.target + path, { method, headers, agent: this.agent }, (received) => {
        const chunks: Buffer[] = [];
        received.on('data', (chunk: Buffer) => chunks.push(chunk));
        received.on('end', () => resolve({ status: received.statusCode ?? 500, headers: received.headers, body: Buffer.concat(chunks) }));
        received.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

interface Given {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function end(response: ServerResponse, fault: Fault, answer?: Answer): void {
  if (fault.kind === 'answer') {
    const { status, headers = {}, body = '' } = fault;
    const isText = typeof body === 'string';
    const type = isText ? 'text/html; charset=utf-8' : 'application/json';
    response.writeHead(status, { ...(body === '' ? {} : { 'Content-Type': type }), ...headers }).end(isText ? body : JSON.stringify(body));
  } else if (fault.kind === 'cut' && answer) {
    response.writeHead(answer.status, { ...withoutHops(answer.headers), 'content-length': answer.body.length });
    response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy());
  } else {
    response.destroy();
  }
}

/** Headers that are of one connection alone. */
function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, 'transfer-encoding': _encoding, 'keep-alive': _alive, 'content-length': _length, ...rest } = headers;
  // the system's clock is the machine's, and Node.js does not ask that
  return { ...rest, ...(rest.date === undefined ? {} : { date: new Date().toUTCString() }) };
}
