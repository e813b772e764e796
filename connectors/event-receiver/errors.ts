import type { TableOfWords } from '../../declarations/system.ts';
import type { FailureClass, FailureDetails } from '../../model/failure.ts';
import { type FailureKey, inWords, phrase } from '../../model/failure-words.ts';
import { isPage } from '../http/foreign-answer.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { foreignTo } from '../http/own-refusal.ts';

interface Meaning {
  class: FailureClass;
  code: FailureKey;
}

/**
 * By status. What a receiver does is written in no contract but HTTP's and that of CloudEvents web hooks
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md, "Delivery Response"): 410 = never again, 415 = not in this format.
 */
const meanings: Readonly<Record<number, Meaning>> = {
  401: { class: 'auth.denied', code: 'SIGNATURE_REFUSED' },
  403: { class: 'auth.denied', code: 'SENDER_REFUSED' },
  404: { class: 'auth.denied', code: 'NOBODY_LISTENS' },
  405: { class: 'auth.denied', code: 'NOBODY_LISTENS' },
  408: { class: 'transient.timeout', code: 'RECEIVER_SLOW' },
  410: { class: 'business.rejected', code: 'RECEIVER_GONE' },
  425: { class: 'transient.unavailable', code: 'RECEIVER_AWAY' },
  429: { class: 'transient.throttled', code: 'RECEIVER_FULL' },
};
const redirect: Meaning = { class: 'auth.denied', code: 'RECEIVER_MOVED' };
const away: Meaning = { class: 'transient.unavailable', code: 'RECEIVER_AWAY' };
const refused: Meaning = { class: 'business.rejected', code: 'EVENT_REFUSED' };

function meaningOf(status: number): Meaning {
  return meanings[status] ?? (status < 400 ? redirect : status >= 500 ? away : refused);
}

/** What a refusal means. Its own words, where it has some, stand beside ours. */
export function classify(answer: HttpAnswer, request: HttpRequest): FailureDetails {
  const { status, body } = answer;
  // a gateway's page says nothing about the event
  if (status < 500 && status !== 401 && status !== 429 && typeof body === 'string' && isPage(body, answer.headers['content-type'])) {
    return foreignTo(phrase('RECEIVER_ITSELF'), answer, request);
  }
  const { class: failureClass, code } = meaningOf(status);
  return { class: failureClass, ...inWords(code, { status, said: saidIn(body) }) };
}

const longestSaid = 300;

/** RFC 9457, or what looks like a message. */
function saidIn(body: unknown): string {
  const said =
    typeof body === 'object' && body !== null
      ? (['detail', 'message', 'error', 'title'] as const)
          .map((name) => (body as Record<string, unknown>)[name])
          .find((one) => typeof one === 'string' && one !== '')
      : body;
  return typeof said === 'string' && said.trim() !== '' ? ` ${said.trim().slice(0, longestSaid)}` : '';
}

export function errorWords(): TableOfWords {
  const row = (status: string, { class: failureClass, code }: Meaning) => [
    status,
    `\`${code}\``,
    `\`${failureClass}\``,
    inWords(code, { status: Number(status) || 0, said: '' }).remedy ?? '',
  ];
  return {
    columns: ['status', 'our code', 'class', 'remedy'],
    rows: [
      ...Object.entries(meanings).map(([status, meaning]) => row(status, meaning)),
      row('3xx', redirect),
      row('other 4xx', refused),
      row('5xx', away),
    ],
  };
}
