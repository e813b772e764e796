import type { Readable } from 'node:stream';
import { parseExactJson } from '../../model/exact-json.ts';
import { StringDecoder } from 'node:string_decoder';
import { knownSecrets } from '../../model/known-secrets.ts';
import { AnswerRefused, answerBytes, assertDepth, wholeAnswer } from './answer-body.ts';
import { longestRefusal } from './call-limits.ts';
import { isCutJson } from './cut-json.ts';
import type { HttpAnswer } from './http-call.ts';
import { isPage } from './foreign-answer.ts';

/** How an answer is taken. */
export interface Taking {
  /** what is asked for, not a refusal */
  wanted: boolean;
  /** bytes of one that is wanted */
  most: number;
  /** holds the secret that is asked for */
  isSignIn: boolean;
  /** what was sent to sign in: no part of it comes back into the product */
  authorization: string | undefined;
  /** reads what is large as it comes */
  consume?: ((text: AsyncIterable<string>) => Promise<unknown>) | undefined;
}

/** The answer as a connector sees it: no larger and no deeper than it may be, and without what we sent to sign in. */
export async function takenAnswer(status: number, headers: Record<string, string>, raw: Readable, taking: Taking): Promise<HttpAnswer> {
  const encoding = headers['content-encoding'];
  if (!taking.wanted) return { status, headers, body: await refusal(raw, encoding, taking) };
  if (taking.consume) return { status, headers, body: await taking.consume(texts(answerBytes(raw, encoding, taking.most))) };
  const whole = await wholeAnswer(raw, encoding, taking.most);
  if (status >= 300) return { status, headers, body: lenient(whole, taking) };
  return { status, headers, body: parsed(whole, taking, headers['content-type']) };
}

/** Its status counts, with the words if they can be had; what is not readable is left. */
async function refusal(raw: Readable, encoding: string | undefined, taking: Taking): Promise<unknown> {
  try {
    return lenient(await wholeAnswer(raw, encoding, longestRefusal), taking);
  } catch (error) {
    if (error instanceof AnswerRefused) return '';
    throw error;
  }
}

/** What can be shown as the text that it is. */
const textual: ReadonlySet<AnswerRefused['code']> = new Set(['ANSWER_NOT_JSON', 'ANSWER_CUT', 'ANSWER_FOREIGN']);

/** JSON, or a text that is none: a gateway answers in HTML. */
function lenient(bytes: Buffer, taking: Taking): unknown {
  try {
    return parsed(bytes, taking);
  } catch (error) {
    if (!(error instanceof AnswerRefused)) throw error;
    return textual.has(error.code) ? clean(bytes.toString('utf8'), taking) : '';
  }
}

function parsed(bytes: Buffer, taking: Taking, contentType?: string): unknown {
  assertDepth(bytes);
  const text = bytes.toString('utf8');
  const json = taking.isSignIn && taking.wanted ? text : clean(text, taking, (all) => knownSecrets.withoutForms(all));
  if (json.trim() === '') return '';
  let value: unknown;
  try {
    value = parseExactJson(json);
  } catch {
    if (isPage(json, contentType)) throw new AnswerRefused('ANSWER_FOREIGN');
    throw isCutJson(json) ? new AnswerRefused('ANSWER_CUT') : new AnswerRefused('ANSWER_NOT_JSON', 'JSON');
  }
  // what is written with escapes can be seen only now
  const isClean = (taking.isSignIn && taking.wanted) || !(json.includes('\\') || knownSecrets.mayBeEncodedIn(json));
  return isClean ? value : knownSecrets.withoutIn(value);
}

/** Shorter parts of a header are its words. */
const shortestPart = 20;

function clean(text: string, { authorization }: Taking, without = (all: string) => knownSecrets.without(all)): string {
  let result = without(text);
  for (const part of authorization?.split(/[\s,="]+/) ?? []) {
    if (part.length < shortestPart || part.startsWith('oauth_')) continue;
    for (const form of [part, decoded(part)]) if (result.includes(form)) result = result.replaceAll(form, '•••');
  }
  return result;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function* texts(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  for await (const chunk of bytes) yield decoder.write(chunk);
  yield decoder.end();
}
