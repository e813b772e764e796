import { runsListed } from '../sqlite/rows.ts';
import { soughtBy, soughtByCode } from '../sought.ts';
import type { Run, RunFilter } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import type { Read } from './reading.ts';

/** Runs that match, newest first. */
export async function readRuns(read: Read, filter: RunFilter): Promise<Run[]> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const where: string[] = [];
  const { engagement, search, searchPersons, flow, severity, cameFrom, cameBefore, before } = filter;
  if (filter.status?.length) where.push(`status = ANY(${value(filter.status)}::text[])`);
  if (filter.ids) where.push(`id = ANY(${value(filter.ids)}::text[])`);
  if (filter.entry !== undefined) where.push(`entry = ${value(filter.entry)}`);
  const { class: failureClass, code, system } = filter.failure ?? {};
  if (failureClass !== undefined) {
    const isLost = failureClass === 'internal' ? ` OR (failure_class IS NULL AND status = 'dead')` : '';
    where.push(`(failure_class = ${value(failureClass)}${isLost})`);
  }
  // found in the text: `json` operators refuse the character U+0000, wherever it stands
  const said = Object.entries({ code, system }).filter(([, one]) => one !== undefined);
  for (const [name, one] of said) where.push(`strpos(failure, ${value(databaseText(`"${name}":${JSON.stringify(one)}`))}) > 0`);
  if (filter.about) {
    const about = value(filter.about.map(databaseText));
    where.push(`(subject = ANY(${about}::text[]) OR key = ANY(${about}::text[]))`);
  }
  if (filter.changedFrom !== undefined) where.push(`updated_at >= ${value(filter.changedFrom)}`);
  if (filter.changedBefore !== undefined) where.push(`updated_at < ${value(filter.changedBefore)}`);
  // where an index leads to few runs there is nothing to walk through
  const isLed = filter.ids !== undefined || filter.about !== undefined || (filter.status?.length && !filter.status.includes('done'));
  const isWalked = !isLed && [engagement, search, flow, severity, cameFrom, cameBefore].some((one) => one !== undefined && one !== '');
  const [ofFlow, ofSeverity, cameAt] = isWalked ? ['of_flow', 'of_severity', 'came_at'] : ['flow', 'severity', 'created_at'];
  if (flow !== undefined) where.push(`${ofFlow} = ${value(flow)}`);
  if (severity !== undefined) where.push(`${ofSeverity} = ${value(severity)}`);
  if (cameFrom !== undefined) where.push(`${cameAt} >= ${value(cameFrom)}`);
  if (cameBefore !== undefined) where.push(`${cameAt} < ${value(cameBefore)}`);
  if (engagement) where.push(`strpos(sought, ${value(databaseText(soughtByCode(engagement)))}) > 0`);
  if (search) {
    const any = soughtBy(search).map((text) => `strpos(sought, ${value(databaseText(text))}) > 0`);
    if (searchPersons) any.push(`strpos(persons, ${value(databaseText(search.toLowerCase()))}) > 0`);
    where.push(`(${any.join(' OR ')} OR place = (SELECT seq FROM runs WHERE id = ${value(databaseText(search))}))`);
  }
  const place = isWalked ? 'place' : 'seq';
  if (before !== undefined) where.push(`${place} < ${value(before)}`);
  const from = isWalked || search || engagement ? 'runs JOIN sought_runs ON place = seq' : 'runs';
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const { columns, runOf } = runsListed(filter.dataUpTo);
  const rows = await read(`SELECT ${columns} FROM ${from} ${condition} ORDER BY ${place} DESC LIMIT ${value(filter.limit)}`, values);
  return rows.map((row) => runOf(row));
}
