import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as ask, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { HostileAnswer } from './inputs/hostile-answer.ts';
import { inputRandom } from './inputs/input-random.ts';
import { mutate } from './inputs/mutate.ts';
import { jsonText } from './inputs/raw-json.ts';
import { encoded } from './secrets.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Plan {
  after: number;
  times: number;
  answer: HostileAnswer;
}

/** Who is told what passes. */
export interface Onlooker {
  /** tokens that pass are secrets too */
  saw(secret: string): void;
  noted(what: 'written' | 'answered', answer?: HostileAnswer, bytes?: Buffer): void;
  /** an address that answers may point to, and nobody should follow with a secret */
  elsewhere: string;
}

/**
 * Stands before a simulator and hands everything on, but for the requests that it was told to answer otherwise.
 */
export class HostileSystem {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly behind: string;
  private readonly onlooker: Onlooker;
  private plan: Plan | undefined;
  /** hostile answers given since the plan was made */
  given = 0;
  url = '';
  private underWay = 0;
  private lastAt = 0;

  private constructor(behind: string, onlooker: Onlooker) {
    this.behind = behind;
    this.onlooker = onlooker;
    this.server = createServer((request, response) => {
      this.underWay++;
      void this.serve(request, response)
        .catch(() => response.destroy())
        .finally(() => {
          this.underWay--;
          this.lastAt = performance.now();
        });
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(behind: string, onlooker: Onlooker): Promise<HostileSystem> {
    const system = new HostileSystem(behind, onlooker);
    system.server.listen(0, '127.0.0.1');
    await once(system.server, 'listening');
    system.url = `http://127.0.0.1:${(system.server.address() as AddressInfo).port}`;
    return system;
  }

  /** When it was asked something last. */
  get busyUntil(): number {
    return this.underWay > 0 ? performance.now() : this.lastAt;
  }

  /** What is answered from now on; without a plan the simulator's own answers. */
  follow(plan?: Plan): void {
    this.plan = plan && { ...plan };
    this.given = 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    agent.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { plan } = this;
    if (plan && plan.after-- <= 0 && plan.times-- > 0) {
      this.given++;
      const { kind } = plan.answer.body;
      if (kind !== 'mutated' && kind !== 'elsewhere') return this.misbehave(response, plan.answer, { request, body });
      this.onlooker.noted('answered', plan.answer);
      const real = await this.hand(request, body);
      const said = real.body.toString();
      const text = kind === 'mutated' ? mutated(said, plan.answer.body.seed) : this.pointing(said);
      response.writeHead(real.status, { 'content-type': real.headers['content-type'] ?? 'application/json' }).end(text);
      return;
    }
    const real = await this.hand(request, body);
    response.writeHead(real.status, real.headers).end(real.body);
  }

  private misbehave(response: ServerResponse, answer: HostileAnswer, asked: { request: IncomingMessage; body: Buffer }): Promise<void> {
    const headers = answer.headers.map(([name, value]): [string, string] => [name, value.replace('{elsewhere}', this.onlooker.elsewhere)]);
    const body = made(answer, asked);
    this.onlooker.noted('answered', { ...answer, headers }, body);
    return misbehave(response, { ...answer, headers }, body);
  }

  /** The answer with links that lead elsewhere. Where Salesforce says that its API is (`instance_url`) it may lead: it is asked with the secrets. */
  private pointing(text: string): string {
    const { elsewhere } = this.onlooker;
    if (text.includes('"instance_url"')) return text;
    const more = `"nextRecordsUrl":"${elsewhere}/services/data/v66.0/query/1","done":false,"hasMore":true,"links":[{"rel":"next","href":"${elsewhere}/next"}]`;
    return text.replaceAll(this.url, elsewhere).replace(/\}\s*$/, `,${more}}`);
  }

  /** The simulator's answer, with our address where it says its own. */
  private async hand(request: IncomingMessage, body: Buffer): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
    const outgoing = ask(this.behind + request.url!, { agent, method: request.method, headers: headersOf(request) });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const text = (await bodyOf(incoming)).toString().replaceAll(this.behind, this.url);
    const token = /"access_token"\s*:\s*"([^"]{12,})"/.exec(text)?.[1];
    if (token) this.onlooker.saw(token);
    if (/^(POST|PATCH|PUT)$/.test(request.method ?? '') && incoming.statusCode! < 300 && !/token|query|suiteql/i.test(request.url ?? ''))
      this.onlooker.noted('written');
    const headers: Record<string, string> = {};
    for (const name of ['content-type', 'date', 'location', 'sforce-limit-info', 'retry-after']) {
      const value = incoming.headers[name];
      if (typeof value === 'string') headers[name] = value.replaceAll(this.behind, this.url);
    }
    return { status: incoming.statusCode!, headers, body: Buffer.from(text) };
  }
}

/** Asked for as it is: what is compressed could neither be read here nor changed. */
function headersOf({
  headers: { 'accept-encoding': _compressed, connection: _own, ...headers },
}: IncomingMessage): IncomingMessage['headers'] {
  return headers;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function mutated(text: string, seed: number): string {
  const random = inputRandom(seed, 1);
  try {
    return jsonText(mutate(random, JSON.parse(text)));
  } catch {
    return text.slice(0, random.between(0, text.length)); // no JSON: a table, or nothing
  }
}

async function misbehave(response: ServerResponse, answer: HostileAnswer, body: Buffer): Promise<void> {
  const socket = response.socket as Socket;
  const { status = 200, headers, manner } = answer;
  const flat = headers.flat();
  if (manner === 'no answer') return void socket.destroy();
  if (manner === 'not http') return void socket.end('220 mail.example ESMTP ready\r\n');
  const bodyless = status === 204 || status === 304;
  if (manner === 'bad chunks') {
    socket.end(`HTTP/1.1 ${status} Odd\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nnonsense`);
  } else if (manner === 'wrong length' || manner === 'cut') {
    const length = manner === 'cut' ? body.length + 100 : Math.max(0, body.length - 20);
    socket.end(`HTTP/1.1 ${status} Odd\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body.toString('latin1')}`);
  } else if (manner === 'drip') {
    response.writeHead(status, flat);
    for (let at = 0; at < 8 && !socket.destroyed; at++) {
      response.write(body.subarray(at, at + 1));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    socket.destroy();
  } else {
    try {
      response.writeHead(status, flat).end(bodyless ? undefined : body);
    } catch {
      // Node refuses to send it (a status of 999, a line break): somebody else's server would
      const lines = headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}`).join('\r\n');
      socket.end(`HTTP/1.1 ${status} Odd\r\n${lines}\r\ncontent-length: ${body.length}\r\n\r\n${body.toString('latin1')}`);
    }
  }
}

const zipped = new Map<string, Buffer>();

function made({ body, headers }: HostileAnswer, { request, body: sent }: { request: IncomingMessage; body: Buffer }): Buffer {
  if (body.kind === 'text') return Buffer.from(body.text);
  if (body.kind === 'zeros') return Buffer.alloc(body.megabytes * 1_000_000, '0');
  if (body.kind === 'zip') {
    const encoding = headers.find(([name]) => name === 'content-encoding')?.[1] ?? 'gzip';
    const key = `${encoding} ${body.megabytes}`;
    if (!zipped.has(key)) zipped.set(key, zip(encoding, Buffer.alloc(body.megabytes * 1_000_000, 'a')));
    return zipped.get(key)!;
  }
  if (body.kind === 'echo') {
    const said = encoded(`${request.headers.authorization ?? ''} ${request.url ?? ''} ${sent.toString()}`.slice(0, 8_000), body.encoding);
    return Buffer.from(echoes[body.within]!(said));
  }
  return Buffer.alloc(0);
}

function zip(encoding: string, bytes: Buffer): Buffer {
  if (encoding === 'deflate') return deflateSync(bytes);
  if (encoding === 'br') return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return gzipSync(bytes);
}

/** Where a system puts the words of its error. */
const echoes: Record<string, (said: string) => string> = {
  salesforce: (said) => JSON.stringify([{ message: `bad request: ${said}`, errorCode: 'BAD_REQUEST', fields: [said] }]),
  netsuite: (said) =>
    JSON.stringify({
      title: said,
      status: 400,
      'o:errorDetails': [{ detail: `Invalid: ${said}`, 'o:errorCode': 'USER_ERROR', 'o:errorPath': said }],
    }),
  kantata: (said) => JSON.stringify({ errors: [{ type: 'validation', message: said }] }),
  oauth: (said) => JSON.stringify({ error: 'invalid_client', error_description: said }),
  text: (said) => said,
  html: (said) => `<html><body><pre>${said}</pre></body></html>`,
  list: (said) => JSON.stringify({ count: 1, results: [{ key: 'users', id: said }], users: { [said]: { id: said, full_name: said } } }),
};
