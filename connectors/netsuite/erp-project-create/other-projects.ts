import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { bearsCrmId, Comparison, crmMark, type Difference } from '../../../model/found-record.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import { keyOfExternalId } from '../records/external-id.ts';
import { likeMark } from '../records/like-mark.ts';
import { noneIfRefused } from '../records/reference-data.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';

/** A project that bears the deal's mark and is none of those that the deal has now. */
export interface OtherProject {
  id: string;
  /** its code, else what NetSuite calls it */
  code: string;
  name: string;
}

/** Active ones alone: one that was made inactive bills nothing. */
export async function otherProjects(suiteQl: SuiteQl, projects: readonly Project[], signal: AbortSignal): Promise<OtherProject[]> {
  const crmId = projects.find(({ engagementId }) => engagementId)?.engagementId;
  if (!crmId) return [];
  const query = `SELECT id, externalid, entityid, companyname, comments FROM job WHERE comments LIKE ${likeMark(crmId)} AND isinactive = 'F' ORDER BY id`;
  const rows = (await suiteQl.all(query, signal).catch(noneIfRefused)) ?? [];
  const own = new Set(projects.map(({ code }) => code));
  return rows.flatMap((row): OtherProject[] => {
    const id = column(row, 'id');
    const externalId = row['externalid'];
    const code = externalId === undefined ? (row['entityid'] ?? `id ${id}`) : keyOfExternalId(externalId);
    return bearsCrmId(row['comments'], crmId) && !own.has(code) ? [{ id, code, name: row['companyname'] ?? code }] : [];
  });
}

/** What is told of a share that the deal has no more: its time and its milestones would still be billed. */
export function leftStanding(others: readonly OtherProject[]): Difference[] {
  return others.flatMap(({ code, name }) => new Comparison(called.project(code)).text('companyName', name, undefined).differences);
}

/** The deal has a project, but none under its code: a second one would bill it twice. */
export function underAnotherCode({ code, engagementId = '' }: Project, [other]: readonly [OtherProject, ...OtherProject[]]): Failure {
  const mark = crmMark(engagementId);
  return new Failure({
    class: 'conflict.duplicate',
    ...inWords('DEAL_HAS_PROJECT', { other: other.code, id: other.id, mark, code }),
    system: 'netsuite',
    record: called.project(code),
    field: 'code',
    value: other.code,
    outcome: 'not-made',
  });
}
