import { demandsOf, phaseCode, projectsOf, taskCode } from './engagement-parts.ts';
import type { Issue } from './failure.ts';
import type { Words } from './failure-sentence.ts';
import { inWords, phrase } from './failure-words.ts';
import { schemas } from './schemas.ts';
import type { Engagement } from './types.generated.ts';

/** Most characters of a code or a name, as the contract of what is made of an engagement says: its projects, tasks (of a time entry) and demands. */
const { project, 'staffing-demand': demand, 'time-entry': time } = schemas;
const most = {
  project: project.properties.code.maxLength,
  name: project.properties.name.maxLength,
  task: time.properties.task.properties.code.maxLength,
  demand: demand.properties.code.maxLength,
};

/** What is wrong with the codes and names that are made of an engagement's own, which its schema cannot see. */
export function derivedIssues(engagement: Engagement): Issue[] {
  const projects = projectsOf(engagement);
  const codes = projects.flatMap(({ code, name, legalEntity }) => {
    const project = phrase('DERIVED.project', { legalEntity });
    return [
      ...tooLong('code', project, code, most.project, phrase('DERIVED.code-of-engagement')),
      ...tooLong('name', project, name, most.name, phrase('DERIVED.name-of-engagement')),
    ];
  });
  const ofPhases = projects.flatMap(({ code, phases }) =>
    phases.flatMap((phase) => [
      ...tooLong(
        'phases',
        phrase('DERIVED.phase', { code: phase.code }),
        phaseCode(code, phase.code),
        most.task,
        phrase('DERIVED.code-of-phase'),
      ),
      ...phase.tasks.flatMap((task) =>
        tooLong(
          'phases',
          phrase('DERIVED.task', { code: task.code }),
          taskCode(code, phase.code, task.code),
          most.task,
          phrase('DERIVED.codes-of-task'),
        ),
      ),
    ]),
  );
  const ofDemands = demandsOf(engagement).flatMap(({ code }, index) =>
    tooLong(
      'staffing',
      phrase('DERIVED.need', { code: engagement.staffing[index]!.code }),
      code,
      most.demand,
      phrase('DERIVED.code-of-need'),
    ),
  );
  return [...ambiguous(engagement), ...codes, ...ofPhases, ...ofDemands];
}

function tooLong(field: string, record: Words, value: string, limit: number, what: Words): Issue[] {
  if (value.length <= limit) return [];
  const length = value.length;
  return [
    {
      field,
      value,
      ...(field === 'name'
        ? inWords('DERIVED_TOO_LONG.name', { record, value, length, limit, what })
        : inWords('DERIVED_TOO_LONG', { record, value, length, limit, what })),
    },
  ];
}

/** The share of `ENG-7` that NL01 delivers is project `ENG-7-NL01`: so no engagement of NL01 itself can be called that. */
function ambiguous({ code, legalEntity }: Engagement): Issue[] {
  const end = `-${legalEntity}`.toUpperCase();
  if (!code.toUpperCase().endsWith(end)) return [];
  const other = code.slice(0, -end.length);
  return [
    {
      field: 'code',
      value: code,
      ...inWords('CODE_OF_A_SHARE', { code, legalEntity, other }),
    },
  ];
}
