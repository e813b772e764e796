import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Issue } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';

/** What a sender is told. */
export interface Answer {
  status: number;
  headers: Record<string, string | number>;
  text: string;
}

/** So many issues are named at most, and one that says that there may be more. */
export const mostIssues = 100;

/** After so long a sender may try again. */
export const retryAfterSeconds = 5;

/** Everything is stored: events that became runs, and events that were known already; the places of those that were known with other content. */
export function accepted(count: number, duplicates: number, differing: readonly number[] = []): Answer {
  const more = differing.length > 0 ? `,"differing":${JSON.stringify(differing)}` : '';
  return made(202, 'application/json', `{"accepted":${count},"duplicates":${duplicates}${more}}`);
}

/** A sender of this name may send, as often as it likes: where too much waits, 429 says so. */
export function granted(origin: string): Answer {
  return {
    status: 200,
    headers: { Allow: 'POST', 'WebHook-Allowed-Origin': origin, 'WebHook-Allowed-Rate': '*', 'Content-Length': 0 },
    text: '',
  };
}

/**
 * Nothing was taken. As RFC 9457 has it: `{ title, status, detail, issues? }`, each issue with what is wrong with which
 * field and what to do. Nothing of what was sent is in it but the names of attributes.
 */
export function problem(status: number, detail: string, more: { issues?: Issue[]; headers?: Answer['headers'] } = {}): Answer {
  const body = {
    title: STATUS_CODES[status],
    status,
    detail,
    ...(more.issues ? { issues: firstIssues(more.issues).map(({ words: _words, ...issue }) => issue) } : {}),
  };
  return made(status, 'application/problem+json', JSON.stringify(knownSecrets.withoutIn(body)), more.headers);
}

/** A batch is looked through until so much is wrong: what is not named may be wrong all the same. */
export function firstIssues(issues: Issue[]): Issue[] {
  return issues.length < mostIssues
    ? issues
    : [...issues.slice(0, mostIssues), { field: '', ...inWords('MORE.of-request', { named: mostIssues }) }];
}

/** Nothing was taken now; the same request may be sent again. */
export function later(status: 429 | 503, detail: string): Answer {
  return problem(status, detail, { headers: { 'Retry-After': retryAfterSeconds } });
}

/** A refusal for the log: an answer's words hold nothing of what was sent but names of attributes. */
export function refused({ status, text }: Answer, times: number): string {
  const { detail } = JSON.parse(text) as { detail: string };
  return `Refused ${times === 1 ? 'a request' : `${times} requests, the last`} with ${status}: ${detail}`;
}

function made(status: number, type: string, text: string, more: Answer['headers'] = {}): Answer {
  return { status, headers: { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), ...more }, text };
}

/** A sender that has gone, or that somebody else has answered, is told nothing. */
export function send(response: ServerResponse, { status, headers, text }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, headers).end(text);
}
