import { STATUS_CODES } from 'node:http';
import { type FailureLanguage, wholeSentence } from '../../model/failure-sentence.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import type { FailureClass, FailureDetails, Issue } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { type Answer, firstIssues } from '../webhook/answers.ts';

/** Why a call has no answer of its flow, before it is said in the caller's language. */
export interface ApiProblem {
  status: number;
  said: Pick<FailureText, 'code' | 'message' | 'remedy' | 'words'>;
  class?: FailureClass;
  /** everything that is wrong with what was sent */
  issues?: Issue[];
  /** `query`, `path` or `header`: where the fields of the issues are; absent = in the body */
  within?: string;
  headers?: Answer['headers'];
  /** where the outcome can be asked for */
  instance?: string;
}

/** As RFC 9457 has it. Of the body each issue has a JSON pointer (RFC 6901, as the fragment of a URI), of the rest the name of the parameter. */
export function problemAnswer(problem: ApiProblem, language: FailureLanguage): Answer {
  const { status, said, issues, within, headers = {}, instance } = problem;
  const listed = (issues && firstIssues(issues))?.map((issue) => ({
    detail: wholeSentence(issue, language),
    ...(within === undefined ? { pointer: pointerOf(issue.field) } : { [within === 'header' ? 'header' : 'parameter']: issue.field }),
    code: issue.code,
  }));
  const body = {
    type: `urn:psconnect:problem:${said.code}`,
    title: STATUS_CODES[status],
    status,
    detail: wholeSentence(said, language),
    code: said.code,
    ...(problem.class === undefined ? {} : { class: problem.class }),
    ...(listed ? { errors: listed } : {}),
    ...(instance === undefined ? {} : { instance }),
  };
  return answerOf(status, 'application/problem+json', knownSecrets.withoutIn(body), { 'Content-Language': language.tag, ...headers });
}

/** What leaves is kept by nobody on the way, and taken for nothing else by a browser. */
export function answerOf(status: number, type: string, body: unknown, headers: Answer['headers'] = {}): Answer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return {
    status,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': type }),
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
    text,
  };
}

/** `lines[0].hours` → `#/lines/0/hours`; the whole is `#`. */
export function pointerOf(field: string): string {
  const steps = field.match(/[^.[\]]+/g) ?? [];
  return ['#', ...steps.map((step) => encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1')))].join('/');
}

/** What a failure of the flow means to whoever has called, by its class. */
const statusOf: Record<FailureClass, number> = {
  'contract.invalid': 422,
  'business.rejected': 422,
  'mapping.missing': 422,
  'conflict.duplicate': 409,
  'conflict.stale': 409,
  'ownership.violation': 409,
  'contract.drift': 502,
  'auth.expired': 502,
  'auth.denied': 502,
  'transient.unavailable': 503,
  'transient.timeout': 503,
  'transient.throttled': 503,
  'transient.locked': 503,
  'quota.exhausted': 503,
  internal: 500,
};

/** after so long a caller may ask again, in seconds */
export const askAgainSeconds = 5;

/**
 * A run that has failed, to its caller. Of what concerns the call itself the words are told; of what concerns the systems behind it, and how they are
 * signed in to, only that it is so.
 */
export function failureProblem({ message, remedy: _todo, words, code, class: kind }: FailureDetails, instance?: string): ApiProblem {
  const status = statusOf[kind] ?? 500;
  return {
    status,
    class: kind,
    // the remedy is for whoever looks after the flow
    said: status < 500 ? { code, ...withoutRemedy({ message, ...(words ? { words } : {}) }) } : { ...behind(status), code },
    ...(status === 503 ? { headers: { 'Retry-After': askAgainSeconds } } : {}),
    ...(instance === undefined ? {} : { instance }),
  };
}

const behind = (status: number): FailureText =>
  status === 503 ? inWords('API_BEHIND.away') : status === 502 ? inWords('API_BEHIND.refuses') : inWords('API_BEHIND');

type Words = NonNullable<FailureText['words']>;

/** A sentence whose remedy is left out in every language. */
function withoutRemedy({ message, words }: { message: string; words?: Words }): { message: string; words?: Words } {
  return words
    ? {
        message,
        words: {
          key: 'AS_SAID',
          params: [
            ['message', words],
            ['remedy', ''],
          ],
        },
      }
    : { message };
}
