import { phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import { foldedExternalId } from '../records/external-id.ts';

/** NetSuite takes external ids that differ in case only for one: two such codes of one deal would meet in one record. */
export function codesMustDiffer(projects: readonly Project[]): void {
  const codes = projects.flatMap((project) => [project.code, ...taskCodes(project)]);
  for (const [, alike] of Map.groupBy(new Set(codes), foldedExternalId)) {
    const [one, other] = alike;
    if (other === undefined) continue;
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('CODES_ALIKE', { one: one ?? '', other }),
      system: 'netsuite',
      record: called.engagement(projects[0]?.engagementCode ?? ''),
      field: 'code',
      value: other,
      outcome: 'not-made',
    });
  }
}

/** Codes of the phases and tasks of a project. */
export function taskCodes(project: Project): string[] {
  return project.phases.flatMap((phase) => [
    phaseCode(project.code, phase.code),
    ...phase.tasks.map((task) => taskCode(project.code, phase.code, task.code)),
  ]);
}
