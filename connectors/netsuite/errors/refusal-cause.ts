import type { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { type FailureText, inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import { externalIdOf, keyOfExternalId } from '../records/external-id.ts';
import { periodsOfDay } from '../records/periods-of-day.ts';
import { literal, type SuiteQl } from '../wire/suiteql.ts';

/** Codes that say only "no": the reason is in a text in the user's language. */
const saysOnlyNo = new Set(['USER_ERROR', 'INVALID_CONTENT', 'INVALID_KEY_OR_REF', 'HTTP_400']);

export function needsCause(failure: Failure): boolean {
  return saysOnlyNo.has(failure.code);
}

const nameFields = new Set(['entityid', 'externalid', 'companyname', 'name']);

/**
 * Is the entity refused because one of the same name exists? Asked of the data, since NetSuite says so with `USER_ERROR` and a translated text.
 */
export async function duplicateName(
  suiteQl: SuiteQl,
  entity: { table: 'customer' | 'job'; name: string; externalId: string },
  failure: Failure,
): Promise<Failure> {
  // a refusal of another field is what it says
  if (!needsCause(failure) || (failure.field && !nameFields.has(failure.field.toLowerCase()))) return failure;
  const rows = await suiteQl
    .all(`SELECT id, externalid FROM ${entity.table} WHERE entityid = ${literal(entity.name)} ORDER BY id`)
    .catch(() => []);
  const other = rows.find((row) => keyOfExternalId(row['externalid'] ?? '') !== entity.externalId);
  if (!other) return failure;
  const { name } = entity;
  const id = String(other['id']);
  const externalId = externalIdOf(entity.externalId);
  const said = wordsOf(failure);
  return failure.with({
    class: 'conflict.duplicate',
    ...(entity.table === 'customer'
      ? inWords('ENTITY_EXISTS.customer', { name, id, externalId, said })
      : inWords('ENTITY_EXISTS.job', { name, id, externalId, said })),
    field: 'entityId',
    value: name,
  });
}

/** What the data show that may be why a record was refused. */
export interface Shown {
  /** as one sentence */
  shown: Words;
  /** as the reason of a refusal, which says what NetSuite said of it, too */
  asReason: (refusal: Failure) => FailureText;
}

/** Why the day cannot take time, if its accounting period is the reason, told from its flags. Months only: quarters and years span them. */
export async function periodProblem(
  suiteQl: SuiteQl,
  day: string,
  signal?: AbortSignal,
  /** of the ledger that the record belongs to */
  lock?: 'aplocked' | 'arlocked',
): Promise<Shown | undefined> {
  const rows = await periodsOfDay(suiteQl, day, ['closed', 'alllocked', ...(lock ? [lock] : [])], signal);
  const closed = rows.find((row) => row['closed'] === 'T');
  if (closed) {
    const period = closed['periodname'] ?? day;
    const shown = phrase('PERIOD_CLOSED.shown', { period });
    return { shown, asReason: (refusal) => inWords('PERIOD_CLOSED', { shown, said: wordsOf(refusal), period }) };
  }
  const locked = rows.find((row) => row['alllocked'] === 'T' || (lock !== undefined && row[lock] === 'T'));
  if (locked) {
    const period = locked['periodname'] ?? day;
    const shown = phrase('PERIOD_LOCKED.shown', { period });
    return { shown, asReason: (refusal) => inWords('PERIOD_LOCKED', { shown, said: wordsOf(refusal), period }) };
  }
  if (rows.length > 0) return undefined;
  const shown = phrase('PERIOD_MISSING.shown', { day });
  return { shown, asReason: (refusal) => inWords('PERIOD_MISSING', { shown, said: wordsOf(refusal) }) };
}
