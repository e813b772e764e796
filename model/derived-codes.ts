import { demandsOf, phaseCode, projectsOf, taskCode } from './engagement-parts.ts';
import type { Issue } from './failure.ts';
import schemas from './schemas.ts';
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
  const codes = [
    ...projects.flatMap(({ code, name, legalEntity }) => [
      tooLong('code', `the project of ${legalEntity}`, code, most.project, 'code of the engagement'),
      tooLong('name', `the project of ${legalEntity}`, name, most.name, 'name of the engagement'),
    ]),
    ...projects.flatMap(({ code, phases }) =>
      phases.flatMap((phase) => [
        tooLong('phases', `phase ${phase.code}`, phaseCode(code, phase.code), most.task, 'code of the engagement or the phase'),
        ...phase.tasks.map((task) =>
          tooLong('phases', `task ${task.code}`, taskCode(code, phase.code, task.code), most.task, 'codes of engagement, phase or task'),
        ),
      ]),
    ),
  ];
  const demands = demandsOf(engagement).map(({ code }, index) =>
    tooLong(
      'staffing',
      `staffing need ${engagement.staffing[index]!.code}`,
      code,
      most.demand,
      'code of the engagement or the staffing need',
    ),
  );
  return [...ambiguous(engagement), ...codes.flat(), ...demands.flat()];
}

function tooLong(field: string, record: string, value: string, limit: number, what: string): Issue[] {
  if (value.length <= limit) return [];
  return [
    {
      code: 'DERIVED_TOO_LONG',
      field,
      value,
      message: `${record[0]?.toUpperCase()}${record.slice(1)} would have the ${field === 'name' ? 'name' : 'code'} ${value}: ${value.length} characters, at most ${limit} are possible.`,
      remedy: `Shorten the ${what}.`,
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
      code: 'CODE_OF_A_SHARE',
      field: 'code',
      value: code,
      message: `The code ${code} is also that of the project in which ${legalEntity} delivers its share of an engagement ${other}: the two could not be told apart.`,
      remedy: `Give the engagement a code that does not end in -${legalEntity}.`,
    },
  ];
}
