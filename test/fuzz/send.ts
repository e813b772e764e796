import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tokenOf } from './house-folder.ts';
import type { HttpInput } from './inputs/input.ts';

/** The secret of the receivers of events, as https://www.standardwebhooks.com gives them out. */
export const webhookSecret = `whsec_${Buffer.from('a secret that no answer may hold').toString('base64')}`;

export interface Answered {
  status: number;
  contentType: string;
  /** head and body as they came */
  bytes: Buffer;
  text: string;
}

/** What stands in an input for something the house has at the moment. */
export type Known = Partial<Record<'dead' | 'run' | 'approval' | 'effect' | 'elsewhere' | 'typed', string>>;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends an input and answers what came back: an answer, or why there is none. */
export async function send(url: string, input: HttpInput, known: Known): Promise<Answered | 'cut' | 'no answer'> {
  if (input.raw) return sendRaw(url, input.raw);
  const fill = (text: string) =>
    text
      .replace(/\{(dead|run|approval|effect|elsewhere|typed)\}/g, (_all, name: keyof Known) => known[name] ?? 'none')
      .replaceAll('{self}', url);
  const body =
    input.body && (input.body.length < 100_000 && input.body.includes('"{') ? Buffer.from(fill(input.body.toString())) : input.body);
  const headers = input.headers.map(([name, value]): [string, string] => [name, fill(value)]);
  if (input.identity) headers.push(['authorization', `Bearer ${tokenOf(input.identity)}`]);
  if (input.sign) headers.push(...signed(input, body ?? Buffer.alloc(0)));
  if (!headers.some(([name]) => name === 'host')) headers.push(['host', new URL(url).host]);
  if (body && !headers.some(([name]) => name === 'transfer-encoding')) headers.push(['content-length', String(body.length)]);
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const asked = request({
      agent,
      hostname,
      port,
      method: input.method,
      path: fill(input.path),
      headers: headers.flat(),
      timeout: 120_000,
    });
    asked
      .on('error', () => resolve('cut'))
      .on('timeout', () => {
        resolve('no answer');
        asked.destroy();
      });
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve('cut'));
      response.on('end', () => {
        const content = Buffer.concat(chunks);
        const contentType = response.headers['content-type'] ?? '';
        const bytes = Buffer.concat([Buffer.from(response.rawHeaders.join('\n')), content]);
        resolve({ status: response.statusCode!, contentType, bytes, text: content.toString() });
      });
    });
    asked.end(body);
    if (input.leavesAfterMs !== undefined) setTimeout(() => asked.destroy(), input.leavesAfterMs);
  });
}

/** The signature of the receivers, or one that is wrong in the way that is asked for. */
function signed({ sign }: HttpInput, body: Buffer): [string, string][] {
  const { scheme, wrong } = sign!;
  if (wrong === 'none') return [];
  const secret = wrong === 'other secret' ? `whsec_${Buffer.from('another secret altogether').toString('base64')}` : webhookSecret;
  const bytes = wrong === 'other body' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  const spoilt = (signature: string): string => {
    if (wrong === 'truncated') return signature.slice(0, -4);
    if (wrong === 'empty') return '';
    if (wrong === 'doubled') return signature + signature;
    if (wrong === 'huge') return 'v1,'.padEnd(9_000, 'A');
    if (wrong === 'not base64') return `v1,${'%'.repeat(44)}`;
    return wrong === 'wrong version' ? signature.replace(/^(v1,|sha256=|Bearer )/, 'v9:') : signature;
  };
  if (scheme === 'bearer') {
    const plain = wrong !== undefined && ['other body', 'old', 'future', 'nan time'].includes(wrong);
    return [['authorization', plain ? `Bearer x${secret}` : spoilt(`Bearer ${secret}`)]];
  }
  if (scheme === 'hmac-sha256') {
    const hex = createHmac('sha256', secret).update(bytes).digest('hex');
    const plain = wrong !== undefined && ['old', 'future', 'nan time'].includes(wrong);
    return [
      [
        'x-hub-signature-256',
        plain ? `sha1=${hex.slice(2)}` : spoilt(wrong === 'wrong version' ? hex.replace(/^./, 'z') : `sha256=${hex}`),
      ],
    ];
  }
  const shift = wrong === 'old' ? -100_000 : wrong === 'future' ? 100_000 : 0;
  const timestamp = wrong === 'nan time' ? '1e10' : String(Math.floor(Date.now() / 1_000) + shift);
  const id = 'msg_fuzz';
  const key = Buffer.from(secret.slice(6), 'base64');
  const value = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest('base64')}`;
  return [
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', spoilt(value)],
  ];
}

/** Bytes as they are. `cut` closes the connection in the middle; nobody knows then what became of them. */
function sendRaw(url: string, { bytes, then }: NonNullable<HttpInput['raw']>): Promise<Answered | 'cut' | 'no answer'> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const chunks: Buffer[] = [];
    const over = (otherwise: 'cut' | 'no answer') => {
      clearTimeout(patience);
      socket.destroy();
      const all = Buffer.concat(chunks);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(all.subarray(0, 20).toString('latin1'))?.[1];
      resolve(status ? { status: Number(status), contentType: '', bytes: all, text: all.toString() } : otherwise);
    };
    const patience = setTimeout(() => over('no answer'), 1_500);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => over('cut'));
    socket.on('close', () => over('cut'));
    socket.write(bytes, () => {
      if (then === 'cut') setTimeout(() => socket.destroy(), 20);
      else if (then === 'end') socket.end();
    });
  });
}
