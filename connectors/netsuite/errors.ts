import type { Failure, FailureDetails, Issue } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { isObject } from '../../model/json.ts';
import type { HttpAnswer } from '../http/http-call.ts';
import {
  type ErrorMeaning,
  lockedCode,
  meaningByCode,
  meaningByFamily,
  meaningByStatus,
  otherMeaning,
  permissionTexts,
  queryMeaning,
  readLocked,
  readRefused,
} from './errors/error-table.ts';
import { knownOf } from '../../model/known-of.ts';

interface Detail {
  code?: string;
  text?: string;
  /** JSON path in the body, or the query parameter or header that is wrong */
  field?: string;
}

/**
 * What a refusal means, by code and status: texts come in the user's language. `read`: what was asked for changes nothing; unsaid, it is not known.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156570709583.html
 */
export function classifyAnswer(answer: HttpAnswer, { read }: { read?: boolean } = {}): FailureDetails {
  const details = detailsOf(answer.body);
  const first = details.find((detail) => detail.code) ?? details[0] ?? {};
  const meaning = meaningOf(first, answer.status, read);
  const { status } = answer;
  const { remedy } = meaning;
  return {
    class: meaning.class,
    ...(first.text
      ? inWords('AS_SAID.netsuite', { said: shorten(first.text), remedy })
      : inWords('AS_SAID.netsuite-status', { status, remedy })),
    code: first.code ?? `HTTP_${status}`,
    system: 'netsuite',
    status,
    ...(first.field ? { field: first.field } : {}),
    ...(details.length > 1 ? { issues: details.map((detail) => issueOf(detail, answer.status, read)) } : {}),
  };
}

/** Did NetSuite refuse to show something, for a reason that it gives in words alone? */
export function isReadRefused({ class: failureClass, code }: Failure): boolean {
  return code === 'USER_ERROR' && failureClass === readRefused.class;
}

/** These speak for themselves, whatever code comes with them. */
const plainStatuses = new Set([408, 423, 425, 429]);

function meaningOf({ code, text, field }: Detail, status: number, read: boolean | undefined): ErrorMeaning {
  const byStatus = meaningByStatus[status] ?? (status >= 500 ? meaningByStatus[500] : undefined);
  if (byStatus && (plainStatuses.has(status) || status >= 502)) return byStatus;
  if (read && code === lockedCode) return readLocked;
  if (code === 'USER_ERROR') {
    if (saysOneOf(permissionTexts, text)) return meaningByCode['INSUFFICIENT_PERMISSION'] ?? otherMeaning;
    if (read) return readRefused;
  }
  const known = code ? (knownOf(meaningByCode, code) ?? familyOf(code, status)) : undefined;
  if (known) return known;
  // every refusal of a record has a code; what has none, or names the query, is a query that cannot be read
  const ofQuery = status === 400 && (field === 'q' || (!code && text !== undefined && read !== false) || read === true);
  return ofQuery ? queryMeaning : (byStatus ?? otherMeaning);
}

function familyOf(code: string, status: number): ErrorMeaning | undefined {
  return status === 400 || status === 422 ? meaningByFamily.find(({ codes }) => codes.test(code))?.meaning : undefined;
}

function saysOneOf(texts: readonly string[], text = ''): boolean {
  return texts.some((words) => text.replace(/^Error while accessing a resource\. /, '').startsWith(words));
}

function issueOf(detail: Detail, status: number, read: boolean | undefined): Issue {
  const { remedy } = meaningOf(detail, status, read);
  return {
    ...inWords('AS_SAID', { message: shorten(detail.text ?? ''), remedy }),
    code: detail.code ?? `HTTP_${status}`,
    field: detail.field ?? '',
  };
}

/** Three envelopes: `o:errorDetails[]`, the flat one of 2020, and the RESTlet's `error`. What the details do not say, the envelope may. */
function detailsOf(body: unknown): Detail[] {
  const record = objectOf(typeof body === 'string' ? parsed(body) : body);
  if (!record) return [];
  const list: unknown[] = Array.isArray(record['o:errorDetails']) ? record['o:errorDetails'] : [];
  const details = list.flatMap((item) => {
    const detail = objectOf(item);
    return detail ? [detailOf(detail)] : [];
  });
  const outer = textOf(record['o:errorCode']);
  if (details.length > 0)
    return details.some((detail) => detail.code) || !outer ? details : details.map((detail) => ({ ...detail, code: outer }));
  if (outer) return [detailOf(record)];
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

const objectOf = (value: unknown) => (isObject(value) ? value : undefined);
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const shorten = (text: string) => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
