import type { SuiteQl } from '../wire/suiteql.ts';
import { column } from '../wire/suiteql.ts';
import { keyOfExternalId } from './external-id.ts';
import { type TaskFound, taskColumns, taskOf } from './record-lookup.ts';

/** A task that nobody works on any more: an amendment took it out, or delivery is done with it. */
export const isClosed = ({ status }: Pick<TaskFound, 'status'>): boolean => status === 'COMPLETE';

/** Phases and tasks with an external id, of these projects: with their business key. */
export async function tasksOfProjects(
  suiteQl: SuiteQl,
  jobs: Iterable<string>,
  signal: AbortSignal,
): Promise<{ code: string; task: TaskFound & { project: string } }[]> {
  const query = (condition: string) => `SELECT ${taskColumns} FROM projecttask WHERE ${condition} AND externalid IS NOT NULL ORDER BY id`;
  const rows = await suiteQl.whereIn('project', jobs, query, signal);
  return rows.map((row) => ({
    code: keyOfExternalId(column(row, 'externalid')),
    task: { ...taskOf(row), project: column(row, 'project') },
  }));
}
