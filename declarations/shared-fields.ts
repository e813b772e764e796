import type { Area } from './area.ts';
import type { ConfigField, Field, NumberField, SelectField, TextField, WrittenField } from './node-declaration.ts';
import { type OperationId, operationIds, operations } from './operations.ts';

/** The one type of node that holds a system's address and credentials. */
export const connectionType = 'system-connection';

export const nameField = { name: 'name', kind: 'text', default: '', saidOnce: true } satisfies TextField;

export const policyField = { name: 'policy', kind: 'config', type: 'run-policy', saidOnce: true } satisfies ConfigField;

/** What a node does with an amendment: only show what it changes, or make the changes that were shown and approved. */
export const changeActionField = {
  name: 'action',
  kind: 'select',
  options: ['show', 'apply'],
  default: 'show',
} as const satisfies SelectField;

/** How often a source asks its system. */
export const intervalField = {
  name: 'intervalSeconds',
  kind: 'number',
  default: 60,
  min: 0.1,
  max: 604_800,
  required: true,
  saidOnce: true,
} as const satisfies NumberField;

/** Where a source begins; empty = with what happens from now on. */
export const sinceField = { name: 'since', kind: 'date', default: '', hintShown: true, saidOnce: true } as const satisfies WrittenField;

/** Prefix of the environment variables that stand in for what is left empty: see `environmentVariable`. */
export function environmentField(placeholder: string): TextField {
  return { name: 'environment', kind: 'text', default: '', placeholder, hintShown: true };
}

/** The connection that an action or a source works with: one to a system that does this, or one of these. */
export function connectionField(can: OperationId | readonly OperationId[], name = 'connection'): ConfigField {
  const field = { name, kind: 'config', type: connectionType, can: typeof can === 'string' ? [can] : can, required: true } as const;
  return name === 'connection' ? { ...field, saidOnce: true } : field;
}

/** A connection that is not worked with: its system's limits are checked, too. */
export function alsoFor(area: Area, name: string): ConfigField {
  return { name, kind: 'config', type: connectionType, can: operationIds.filter((id) => operations[id].area === area), hintShown: true };
}

/** Calls of a connection that are under way at once. Flows of an older version have none: empty is the standard. */
export function concurrencyField(standard: number): NumberField {
  return { name: 'concurrency', kind: 'number', default: standard, min: 1, max: 100, integer: true };
}

/** How long a connection waits for an answer, in milliseconds. */
export function timeoutField(standardMs: number): NumberField {
  return { name: 'timeoutMs', kind: 'number', default: standardMs, min: 1000, max: 600_000, integer: true };
}

/** The largest body that is taken, in KiB. */
export const maxKilobytesField = {
  name: 'maxKilobytes',
  kind: 'number',
  default: 1024,
  min: 1,
  max: 102_400,
  integer: true,
  required: true,
} as const satisfies NumberField;

/** The version of a business API, which is part of its address. */
export const apiVersionField = {
  name: 'apiVersion',
  kind: 'number',
  default: 1,
  min: 1,
  max: 999,
  integer: true,
  required: true,
  saidOnce: true,
} as const satisfies NumberField;

/** How long callers of a business API wait for its answer. */
export const waitSecondsField = {
  name: 'waitSeconds',
  kind: 'number',
  default: 25,
  min: 1,
  max: 300,
  required: true,
} as const satisfies NumberField;

/** How much one caller of business APIs may ask for. */
export const callLimitFields = [
  { name: 'callsPerMinute', kind: 'number', default: 120, min: 1, max: 100_000, integer: true, required: true },
  { name: 'callsAtOnce', kind: 'number', default: 10, min: 1, max: 1_000, integer: true, required: true },
] as const satisfies readonly Field[];

/** When a node that collects lines posts them together. */
export const batchFields = [
  { name: 'batchSize', kind: 'number', default: 100, min: 1, max: 1_000, integer: true, required: true },
  { name: 'batchSeconds', kind: 'number', default: 10, min: 0, max: 86_400, required: true },
  { name: 'schedule', kind: 'cron', default: '', placeholder: '0 18 * * 5', hintShown: true },
] as const satisfies readonly Field[];
