import type { FailureDetails, Issue } from '../../model/failure.ts';
import type { HttpAnswer } from '../http/client.ts';
import { type ErrorMeaning, meaningByCode, meaningByStatus, otherMeaning } from './error-table.ts';

interface Detail {
  code?: string;
  text?: string;
  /** JSON path in the body, or the query parameter or header that is wrong */
  field?: string;
}

/**
 * What a refusal means, by code and status alone: texts come in the user's language.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156570709583.html
 */
export function classifyAnswer(answer: HttpAnswer): FailureDetails {
  const details = detailsOf(answer.body);
  const first = details[0] ?? {};
  const meaning = meaningOf(first.code, answer.status);
  const code = first.code ?? `HTTP_${answer.status}`;
  return {
    class: meaning.class,
    code,
    message: first.text ? `NetSuite: ${shorten(first.text)}` : `NetSuite answered ${answer.status}.`,
    system: 'netsuite',
    status: answer.status,
    remedy: meaning.remedy,
    ...(first.field ? { field: first.field } : {}),
    ...(details.length > 1 ? { issues: details.map((detail) => issueOf(detail, answer.status)) } : {}),
  };
}

/** 429 and 503 speak for themselves, whatever code comes with them. */
function meaningOf(code: string | undefined, status: number): ErrorMeaning {
  const byStatus = meaningByStatus[status];
  if (byStatus && (status === 429 || status >= 502)) return byStatus;
  return (code ? meaningByCode[code] : undefined) ?? byStatus ?? otherMeaning;
}

function issueOf(detail: Detail, status: number): Issue {
  return {
    code: detail.code ?? `HTTP_${status}`,
    field: detail.field ?? '',
    message: shorten(detail.text ?? ''),
    remedy: meaningOf(detail.code, status).remedy,
  };
}

/** Three envelopes: `o:errorDetails[]`, the flat one of 2020, and the RESTlet's `error`. */
function detailsOf(body: unknown): Detail[] {
  const record = objectOf(typeof body === 'string' ? parsed(body) : body);
  if (!record) return [];
  const list = record['o:errorDetails'];
  if (Array.isArray(list)) return list.map((item) => detailOf(objectOf(item) ?? {}));
  if (typeof record['o:errorCode'] === 'string') return [detailOf(record)];
  const error = objectOf(record['error']);
  return error ? [{ code: textOf(error['code']), text: textOf(error['message']) }] : [];
}

function detailOf(item: Record<string, unknown>): Detail {
  return {
    code: textOf(item['o:errorCode']),
    text: textOf(item['detail']) ?? textOf(item['title']),
    field: textOf(item['o:errorPath']) ?? textOf(item['o:errorQueryParam']) ?? textOf(item['o:errorHeader']),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const shorten = (text: string) => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
