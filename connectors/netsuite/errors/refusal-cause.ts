import type { Failure } from '../../../model/failure.ts';
import { externalIdOf, keyOfExternalId } from '../records/external-id.ts';
import { dateLiteral, literal, type SuiteQl } from '../wire/suiteql.ts';

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
  return failure.with({
    class: 'conflict.duplicate',
    code: 'ENTITY_EXISTS',
    message: `NetSuite has a ${entity.table} named ${entity.name} already (internal id ${other['id']}), without the external id ${externalIdOf(entity.externalId)}. ${failure.message}`,
    field: 'entityId',
    value: entity.name,
    remedy: `If it is the same, set External ID ${externalIdOf(entity.externalId)} on it; otherwise rename it. Then replay.`,
  });
}

/** Why the day cannot take time, if its accounting period is the reason. */
export interface PeriodProblem {
  code: 'PERIOD_CLOSED' | 'PERIOD_LOCKED' | 'PERIOD_MISSING';
  message: string;
  remedy: string;
}

/** The accounting period of a day, told from its flags. Months only: quarters and years span them. */
export async function periodProblem(suiteQl: SuiteQl, day: string, signal?: AbortSignal): Promise<PeriodProblem | undefined> {
  const date = dateLiteral(day);
  const rows = await suiteQl.all(
    `SELECT id, periodname, closed, alllocked FROM accountingperiod WHERE startdate <= ${date} AND enddate >= ${date} AND isquarter = 'F' AND isyear = 'F' ORDER BY id`,
    signal,
  );
  const remedy = (name: string) =>
    `Reopen ${name} in NetSuite (Setup > Accounting > Manage Accounting Periods) and replay, or move the work to an open period in the source.`;
  const closed = rows.find((row) => row['closed'] === 'T');
  if (closed) {
    const name = closed['periodname'] ?? day;
    return { code: 'PERIOD_CLOSED', message: `The accounting period ${name} is closed.`, remedy: remedy(name) };
  }
  const locked = rows.find((row) => row['alllocked'] === 'T');
  if (locked) {
    const name = locked['periodname'] ?? day;
    return { code: 'PERIOD_LOCKED', message: `The accounting period ${name} is locked.`, remedy: remedy(name) };
  }
  if (rows.length > 0) return undefined;
  return {
    code: 'PERIOD_MISSING',
    message: `NetSuite has no accounting period for ${day}.`,
    remedy: 'Set up the accounting period in NetSuite, or correct the date of work in the source; then replay.',
  };
}
