import { knownType } from '../record-types.ts';
import { type Rules, referred, requireField, setDefault, textOf, unusable, type Write } from './write.ts';

export const projectTaskRules: Rules = {
  defaults({ record }) {
    setDefault(record, 'constraintType', 'ASAP');
    setDefault(record, 'status', 'NOTSTART');
    setDefault(record, 'priority', 'MEDIUM');
    setDefault(record, 'nonBillableTask', false);
  },
  check(write) {
    requireField(write, 'title', 'Name');
    requireField(write, 'project', 'Project');
    if (referred(write, 'project')?.fields.isInactive === true) throw unusable(write, 'project');
    const parent = referred(write, 'parent');
    if (parent && textOf(parent, 'project') !== textOf(write.record, 'project')) throw unusable(write, 'parent');
  },
  /** "NetSuite automatically marks the milestone on the billing schedule as Completed": https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_N1207490.html */
  after({ store, record }) {
    if (record.fields.status !== 'COMPLETE') return;
    for (const schedule of store.all('billingSchedule')) {
      const lines = schedule.lines.milestone ?? [];
      if (!lines.some(({ fields }) => fields.projectTask === record.id && fields.milestoneCompleted !== true)) continue;
      const milestone = lines.map((line) =>
        line.fields.projectTask === record.id ? { ...line, fields: { ...line.fields, milestoneCompleted: true } } : line,
      );
      store.put(knownType('billingSchedule'), { ...schedule, version: schedule.version + 1, lines: { ...schedule.lines, milestone } });
    }
  },
};

/**
 * Milestones are of fixed bid milestone schedules alone, which are not public, and their tasks are of the schedule's own project: "if you do, the add
 * operation fails". https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_3932613729.html
 */
function requireMilestones(write: Write): void {
  const { record, store } = write;
  const lines = record.lines.milestone ?? [];
  const ofMilestones = textOf(record, 'scheduleType') === 'FBM';
  if (lines.length > 0 && !ofMilestones) throw unusable(write, 'scheduleType');
  if (ofMilestones && record.fields.isPublic === true) throw unusable(write, 'isPublic');
  lines.forEach((line, index) => {
    const task = line.fields.projectTask === undefined ? undefined : store.get('projectTask', String(line.fields.projectTask));
    if (task && textOf(task, 'project') !== textOf(record, 'project'))
      throw unusable(write, 'projectTask', `milestone.items[${index}].projectTask`, task.id);
  });
}

export const billingScheduleRules: Rules = {
  defaults({ record }) {
    setDefault(record, 'isInactive', false);
    for (const line of record.lines.milestone ?? []) line.fields.milestoneId ??= line.line;
    for (const line of record.lines.recurrence ?? []) line.fields.recurrenceId ??= line.line;
  },
  check(write) {
    requireField(write, 'name', 'Name');
    requireField(write, 'scheduleType', 'Type');
    requireMilestones(write);
  },
};

export const itemRules: Rules = {
  defaults: ({ record }) => setDefault(record, 'isInactive', false),
  check: (write) => requireField(write, 'itemId', 'Item Name/Number'),
};

export const listRules: Rules = {
  defaults: ({ record }) => setDefault(record, 'isInactive', false),
  check: (write) => requireField(write, write.type.nameField, 'Name'),
};
