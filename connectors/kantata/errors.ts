import type { FailureDetails, Issue } from '../../model/failure.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { inWords, phrase, wordsOf } from '../../model/failure-words.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { isRow, type Row, text } from './wire/envelope.ts';
import { errorTable, unnamedRefusal, unnamedServerError } from './errors/error-table.ts';
import { knownOf } from '../../model/known-of.ts';

interface VendorError {
  message: string | undefined;
  field: string | undefined;
}

type Rule = Omit<(typeof errorTable)[number], 'status'>;

/** What a refusal means, by the error table; names the field, its value as we sent it, and Kantata's own words. */
export function classify(answer: HttpAnswer, request: HttpRequest): FailureDetails {
  const errors = errorsOf(answer.body);
  const sent = recordOf(request.body);
  const issues = errors.map((error) => issueOf(answer.status, error, sent));
  const rule = ruleFor(answer.status, errors[0]?.field);
  const said = errors.flatMap(({ message }) => (message ? [phrase('TEXT_QUOTED', { text: message })] : []));
  const field = errors[0]?.field;
  const value = valueSent(sent, field);
  return {
    class: rule.class,
    ...refused(rule, said, answer.status >= 500 ? answer.headers['x-request-id'] : undefined),
    code: rule.code,
    system: 'kantata',
    ...(field ? { field } : {}),
    ...(value === undefined ? {} : { value }),
    ...(issues.length > 1 ? { issues } : {}),
  };
}

/** What the rule says, with what Kantata says and, for its support, which request it was. */
function refused(rule: Rule, quoted: Words[], request: string | undefined) {
  const refusal = wordsOf(rule);
  const said = { join: 'LIST_COMMA', parts: quoted };
  if (quoted.length === 0) {
    return request ? inWords('AS_SAID.kantata-request', { refusal, request }) : inWords('AS_SAID', { message: refusal, remedy: refusal });
  }
  return request ? inWords('AS_SAID.kantata-both', { refusal, said, request }) : inWords('AS_SAID.kantata', { refusal, said });
}

function ruleFor(status: number, field: string | undefined): Rule {
  const rule = errorTable.find((candidate) => candidate.status === status && (!candidate.fields || candidate.fields.includes(field ?? '')));
  return rule ?? (status >= 500 ? unnamedServerError : unnamedRefusal);
}

function issueOf(status: number, error: VendorError, sent: Row): Issue {
  const rule = ruleFor(status, error.field);
  const value = valueSent(sent, error.field);
  const refusal = wordsOf(rule);
  return {
    ...inWords('AS_SAID', { message: error.message ?? refusal, remedy: refusal }),
    code: rule.code,
    field: error.field ?? '',
    ...(value === undefined ? {} : { value }),
  };
}

function errorsOf(body: unknown): VendorError[] {
  const list = isRow(body) && Array.isArray(body['errors']) ? body['errors'] : [];
  return list.filter(isRow).map((error) => ({ message: text(error, 'message'), field: text(error, 'field') }));
}

/** The record below the singular key of a write. */
function recordOf(body: unknown): Row {
  const inner = isRow(body) ? Object.values(body)[0] : undefined;
  return isRow(inner) ? inner : {};
}

function valueSent(sent: Row, field: string | undefined): string | undefined {
  const value = field === undefined ? undefined : knownOf(sent, field);
  if (value === undefined || value === null) return undefined;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return shown.length > 120 ? `${shown.slice(0, 119)}…` : shown;
}
