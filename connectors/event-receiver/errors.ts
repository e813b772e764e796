import type { TableOfWords } from '../../declarations/system.ts';
import type { FailureDetails } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { isPage } from '../http/foreign-answer.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { foreignTo } from '../http/own-refusal.ts';

/**
 * What a status means. What a receiver does is written in no contract but HTTP's and that of CloudEvents web hooks
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md, "Delivery Response"): 410 = never again, 415 = not in this format.
 */
function meaningOf(status: number, said: string): Pick<FailureDetails, 'class' | 'code' | 'message' | 'remedy' | 'words'> {
  if (status < 400) return { class: 'auth.denied', ...inWords('RECEIVER_MOVED', { status }) };
  switch (status) {
    case 401:
      return { class: 'auth.denied', ...inWords('SIGNATURE_REFUSED', { status, said }) };
    case 403:
      return { class: 'auth.denied', ...inWords('SENDER_REFUSED', { status, said }) };
    case 404:
    case 405:
      return { class: 'auth.denied', ...inWords('NOBODY_LISTENS', { status, said }) };
    case 408:
      return { class: 'transient.timeout', ...inWords('RECEIVER_SLOW', { status, said }) };
    case 410:
      return { class: 'business.rejected', ...inWords('RECEIVER_GONE', { status, said }) };
    case 429:
      return { class: 'transient.throttled', ...inWords('RECEIVER_FULL', { status, said }) };
    default:
      return status === 425 || status >= 500
        ? { class: 'transient.unavailable', ...inWords('RECEIVER_AWAY', { status, said }) }
        : { class: 'business.rejected', ...inWords('EVENT_REFUSED', { status, said }) };
  }
}

/** What a refusal means. Its own words, where it has some, stand beside ours. */
export function classify(answer: HttpAnswer, request: HttpRequest): FailureDetails {
  const { status, body } = answer;
  // a gateway's page says nothing about the event
  if (status < 500 && status !== 401 && status !== 429 && typeof body === 'string' && isPage(body, answer.headers['content-type'])) {
    return foreignTo(phrase('RECEIVER_ITSELF'), answer, request);
  }
  return meaningOf(status, saidIn(body));
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
  const statuses = {
    '3xx': 302,
    '401': 401,
    '403': 403,
    '404, 405': 404,
    '408': 408,
    '410': 410,
    '425, 5xx': 503,
    '429': 429,
    'other 4xx': 422,
  };
  return {
    columns: ['status', 'our code', 'class', 'remedy'],
    rows: Object.entries(statuses).map(([shown, status]) => {
      const { class: failureClass, code, remedy = '' } = meaningOf(status, '');
      return [shown, `\`${code}\``, `\`${failureClass}\``, remedy];
    }),
  };
}
