import type { Firm } from '../firm.ts';
import { type Project, taskCode } from '../projects.ts';
import { type BookedTime, personRate, type TimeEntry, type TimeSheet } from '../time-sheets.ts';

/** What becomes of time that was approved and posted long ago. */
export interface TimeChanges {
  /** one entry gets other minutes */
  corrected: { sheet: TimeSheet; entry: TimeEntry; minutes: number };
  /** one entry was booked on the wrong project */
  moved: { sheet: TimeSheet; entry: TimeEntry; rightly: BookedTime };
  /** all of a sheet is taken back and stays so: it leaves the books */
  takenBack: TimeSheet;
}

export function scriptTime(firm: Firm): TimeChanges {
  const open = (project: Project) => !firm.closedProjects.includes(project.code);
  const sheets = firm.sheets.filter(({ status, person, project }) => status === 'approved' && person.inErp && open(project));
  const movable = sheets.flatMap((sheet) => {
    const entry = sheet.entries.find(({ billable }) => billable);
    const others = firm.projects.filter(
      (project) => project !== sheet.project && project.legalEntity === sheet.project.legalEntity && open(project),
    );
    const [rightly] = entry ? others.flatMap((project) => onProject(entry, project) ?? []) : [];
    return entry && rightly ? [{ sheet, entry, rightly }] : [];
  });
  const [moved] = movable;
  const rest = sheets.filter((sheet) => sheet !== moved?.sheet);
  const wrong = rest.flatMap((sheet) => sheet.entries.map((entry) => ({ sheet, entry }))).find(({ entry }) => entry.minutes > 60);
  const takenBack = rest.findLast((sheet) => sheet !== wrong?.sheet);
  if (!moved || !wrong || !takenBack) throw new Error('the firm has too little time for a month');
  return { corrected: { ...wrong, minutes: wrong.entry.minutes - 15 }, moved, takenBack };
}

function onProject(entry: TimeEntry, project: Project): BookedTime | undefined {
  const phase = project.phases.find(({ start, end }) => start <= entry.date && entry.date <= end);
  const task = phase?.tasks.find(({ billable }) => billable);
  if (!phase || !task) return undefined;
  const { id: _ofWrongOne, ...booked } = entry;
  return { ...booked, project, task: taskCode(project, phase, task), rate: personRate(project.engagement, entry.person) };
}
