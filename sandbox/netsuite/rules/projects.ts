import { type Rules, referred, requireField, setDefault, textOf, unusable } from './write.ts';

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
};

export const billingScheduleRules: Rules = {
  defaults({ record }) {
    setDefault(record, 'isInactive', false);
    for (const line of record.lines.milestone ?? []) line.fields.milestoneId ??= line.line;
    for (const line of record.lines.recurrence ?? []) line.fields.recurrenceId ??= line.line;
  },
  check(write) {
    requireField(write, 'name', 'Name');
    requireField(write, 'scheduleType', 'Type');
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
