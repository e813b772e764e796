import { finished, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Param } from '../../model/failure-sentence.ts';
import { phrase } from '../../model/failure-words.ts';
import { deepestAnswer, growthCountsFrom, mostGrowth } from './call-limits.ts';

/** Why an answer is not taken. */
export class AnswerRefused extends Error {
  readonly code: 'ANSWER_TOO_LARGE' | 'ANSWER_TOO_DEEP' | 'ANSWER_ENCODING' | 'ANSWER_NOT_JSON' | 'ANSWER_CUT' | 'ANSWER_FOREIGN';
  /** what it was more than: `4 MB`; what it should be: `JSON` */
  readonly limit: Param;

  constructor(code: AnswerRefused['code'], limit: Param = '') {
    super(code);
    this.code = code;
    this.limit = limit;
  }
}

/** All bytes of an answer, decompressed, and not one more than may be. */
export async function wholeAnswer(raw: Readable, encoding: string | undefined, most: number): Promise<Buffer> {
  if (!unpacker(encoding)) return plainBytes(raw, most);
  const chunks: Buffer[] = [];
  for await (const chunk of answerBytes(raw, encoding, most)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As they come by the stream's own events: most answers are small and plain, and an iterator costs more than they do. */
function plainBytes(raw: Readable, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (error: Error) => {
      reject(error);
      raw.destroy();
    };
    raw.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) refuse(tooLarge(most));
      else chunks.push(chunk);
    });
    finished(raw, (error) => {
      if (error) refuse(error);
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
  });
}

const tooLarge = (most: number) => new AnswerRefused('ANSWER_TOO_LARGE', sizeText(most));

/**
 * The bytes of an answer as they come, decompressed, and not one more than may be. Counted is what comes out; and what comes out of what
 * went in, for a small answer that grows without end was made to fill the memory.
 */
export async function* answerBytes(raw: Readable, encoding: string | undefined, most: number): AsyncGenerator<Buffer> {
  const unpack = unpacker(encoding)?.();
  let packed = 0;
  let bytes = 0;
  let whole = false;
  if (unpack) {
    raw.on('data', (chunk: Buffer) => {
      packed += chunk.length;
    });
    pipeline(raw, unpack, () => undefined); // what goes wrong is met below
  }
  try {
    for await (const chunk of (unpack ?? raw) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(most);
      if (unpack && bytes > growthCountsFrom && bytes > packed * mostGrowth) {
        throw new AnswerRefused('ANSWER_TOO_LARGE', phrase('ANSWER_LIMIT.growth', { times: mostGrowth }));
      }
      yield chunk;
    }
    whole = true;
  } catch (error) {
    if (!isOfCompression(error)) throw error;
    if (packed === 0) return; // an answer without a body that says how it is compressed
    // Z_BUF_ERROR: it ends before its end
    if ((error as { code?: string }).code === 'Z_BUF_ERROR') throw new AnswerRefused('ANSWER_CUT');
    throw new AnswerRefused('ANSWER_ENCODING', phrase('ANSWER_LIMIT.encoding'));
  } finally {
    // the connection of a whole answer is kept for the next call
    if (!whole) raw.destroy();
    unpack?.destroy();
  }
}

const isOfCompression = (error: unknown) => /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/.test((error as { code?: string }).code ?? '');

/** One layer only: each one can grow what the one within it has grown. */
function unpacker(encoding: string | undefined): (() => Transform) | undefined {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip;
    case 'br':
      return createBrotliDecompress;
    default:
      throw new AnswerRefused('ANSWER_ENCODING', phrase('ANSWER_LIMIT.encodings'));
  }
}

export function sizeText(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.round(bytes / 1_048_576)} MB` : `${Math.ceil(bytes / 1_024)} kB`;
}

/** Refuses JSON with more levels than any answer has, before it is parsed: reading it takes memory and time, writing it again ends in a stack that is full. */
export function assertDepth(bytes: Buffer): void {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfText(bytes, at + 1);
      if (at === -1) return;
    } else if (byte === openList || byte === openObject) {
      if (++depth > deepestAnswer) throw new AnswerRefused('ANSWER_TOO_DEEP', phrase('ANSWER_LIMIT.levels', { levels: deepestAnswer }));
    } else if (byte === closeList || byte === closeObject) depth--;
  }
}

const [quote, escape, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Where the quotation mark is that ends a text; -1 = there is none. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    let before = at - 1;
    while (before >= from && bytes[before] === escape) before--;
    if ((at - 1 - before) % 2 === 0) return at;
  }
  return -1;
}
