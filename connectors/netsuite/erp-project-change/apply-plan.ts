import type { Change } from '../../../model/changes.ts';
import { inEnglish, phrase } from '../../../model/failure-words.ts';
import { phaseCode } from '../../../model/engagement-parts.ts';
import type { OperationContext } from '../../../model/operations.ts';
import { approvedFields, isApprovedAddition, type RecordPlan } from '../../kit/change-plan.ts';
import type { ChangedFields } from '../../kit/change-record.ts';
import { phaseBody, taskBody } from '../erp-project-create/project-bodies.ts';
import { ensureRecord } from '../records/ensure-record.ts';
import type { ProjectParts } from '../records/job-references.ts';
import { taskBook } from '../records/record-lookup.ts';
import { changeFields } from '../records/change-fields.ts';
import type { PuttingBack } from '../undo/may-go-back.ts';
import type { Place } from './place.ts';
import { markOnly } from './plan-job.ts';
import type { ProjectPlan } from './plan-project.ts';
import type { PlannedTask } from './plan-tasks.ts';

/**
 * Makes what was approved of one project. What is written follows from what was approved, not from what differs now, so that a run that goes on comes to
 * the same writes again.
 */
export async function applyPlan(
  parts: ProjectParts,
  plan: ProjectPlan,
  approved: readonly Change[],
  context: OperationContext,
): Promise<void> {
  const { schedule, head, tasks, closings } = plan;
  const records = [head, ...(schedule ? [schedule] : []), ...tasks, ...closings].map(({ record }) => inEnglish(record));
  if (!approved.some(({ record }) => records.includes(record))) return;
  const shares = schedule ? approvedFields(schedule, approved) : {};
  if (schedule) await change(schedule, shares, { together: true });
  const fields = { ...approvedFields(head, approved), ...markOnly(head.aspects) };
  await change(head, fields, schedule && fields['jobPrice'] ? besideShares(schedule, shares) : undefined);
  const ids = new Map(tasks.flatMap(({ code, there }) => (there ? [[code, there.place.id]] : [])));
  for (const task of tasks) {
    if (isApprovedAddition(task.record, approved)) ids.set(task.code, await add(task));
    else if (task.there) await change(task.there, approvedFields(task.there, approved));
  }
  for (const one of closings.toReversed()) await change(one, approvedFields(one, approved));

  async function change({ record, place }: RecordPlan<Place>, fields: ChangedFields, undoing?: PuttingBack): Promise<void> {
    if (Object.keys(fields).length === 0) return;
    const title = phrase('WRITE.changed', { record, systemName: 'NetSuite' });
    const key = `change ${place.type} ${place.key}`;
    const at = { type: place.type, id: place.id, externalId: place.key, key, title, record };
    await changeFields(parts.api, { ...at, fields, ...(undoing ? { undoing } : {}) }, context);
  }

  function add({ code, record, phase, task }: PlannedTask): Promise<string> {
    const { project, job } = plan;
    const parent = ids.get(phaseCode(project.code, phase.code)) ?? '';
    const book = taskBook(parts.suiteQl, [code], context.signal);
    return ensureRecord(
      parts.api,
      context.effects,
      {
        type: 'projectTask',
        externalId: code,
        name: record,
        body: task ? taskBody(project, phase, task, { job, phase: parent }) : phaseBody(project, phase, job),
        madeFor: { field: 'project', id: job },
        find: async (id) => (await book.find(id))?.id,
        optional: { estimatedWork: 'plannedMinutes' },
      },
      context.signal,
    );
  }
}

/** A price is put back only under the shares that were set with it. */
function besideShares({ place: { type, id } }: RecordPlan<Place>, shares: ChangedFields): PuttingBack | undefined {
  const holds = Object.fromEntries(Object.entries(shares).map(([name, { set }]) => [name, set]));
  return Object.keys(holds).length === 0 ? undefined : { beside: { type, id, holds } };
}
