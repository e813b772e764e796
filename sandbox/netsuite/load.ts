import type { Simulator } from '../simulator.ts';
import { accountingPeriod } from './account.ts';
import { applyPatch } from './apply-patch.ts';
import { stamp } from './execute-write.ts';
import { languages } from './messages.ts';
import { isObject, parseRecord } from './parse-record.ts';
import { type RecordStore, storeOf } from './record-store.ts';
import type { RecordType } from './record-type.ts';
import { knownType, recordType, recordTypes } from './record-types.ts';
import { rulesOf } from './rules/rules.ts';
import type { NetSuiteState, StoredRecord } from './state.ts';

type Setting = (state: NetSuiteState, value: unknown, store: RecordStore) => void;

/** Switches of the account that `load` sets, each with what it accepts. */
const settings: Record<string, Setting> = {
  concurrencyLimit: (state, value) => {
    state.concurrencyLimit = whole(value);
  },
  latencyMs: (state, value) => {
    state.latencyMs = whole(value);
  },
  asyncDelayMs: (state, value) => {
    state.asyncDelayMs = whole(value);
  },
  maintenance: (state, value) => {
    state.maintenance = value === true;
  },
  intercompanyTime: (state, value) => {
    state.intercompanyTime = value === true;
  },
  overload: (state, value) => {
    state.overload = oneOf(['throttle', 'loginFailure', 'invalidLogin'] as const, value);
  },
  language: (state, value) => {
    state.language = oneOf(languages, value);
  },
  timeZone: (state, value) => {
    state.timeZone = new Intl.DateTimeFormat('en', { timeZone: String(value) }).resolvedOptions().timeZone;
  },
  restrictedSubsidiaries: (state, value, store) => {
    if (!Array.isArray(value)) throw new Error('restrictedSubsidiaries: a list of external ids');
    state.restrictedSubsidiaries = value.map((code) => {
      const subsidiary = store.byExternalId(knownType('subsidiary'), String(code));
      if (!subsidiary) throw new Error(`no subsidiary ${String(code)}`);
      return subsidiary.id;
    });
  },
};

/**
 * Set-up without the API: `{records: {customer: [{externalId, companyName, subsidiary: {externalId: 'DE01'}}]}, periods: [{name: 'Oct 2026',
 * closed: true}], concurrencyLimit, latencyMs, language, …}`. Properties have their REST names, read-only ones may be given too; a record
 * whose id or external id exists is changed. Defaults are filled, business rules do not refuse.
 */
export function load(sim: Simulator<NetSuiteState>, data: unknown): void {
  if (!isObject(data)) throw new Error('load: an object is expected');
  const store = storeOf(sim.state);
  const { records = {}, periods = [], ...rest } = data;
  for (const [name, value] of Object.entries(rest)) {
    const set = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (!set) throw new Error(`load: unknown setting ${name}`);
    set(sim.state, value, store);
  }
  if (!isObject(records) || !Array.isArray(periods)) throw new Error('load: records is an object, periods a list');
  const unknown = Object.keys(records).find((name) => !recordType(name));
  if (unknown !== undefined) throw new Error(`load: unknown record type ${unknown}`);
  const byType = new Map(Object.entries(records).map(([name, rows]) => [recordType(name)?.name, rows]));
  for (const type of recordTypes) {
    const rows = byType.get(type.name) ?? [];
    if (!Array.isArray(rows)) throw new Error(`load: ${type.name} is a list`);
    for (const row of rows) loadRecord(sim, store, type, row);
  }
  for (const period of periods) loadPeriod(sim, store, period);
}

function loadRecord(sim: Simulator<NetSuiteState>, store: RecordStore, type: RecordType, row: unknown, known?: StoredRecord): void {
  const patch = parseRecord(store, type, row, { names: 'Error', values: 'Error', allowReadOnly: true });
  const before =
    known ??
    (patch.id === undefined ? undefined : store.get(type.name, patch.id)) ??
    (patch.externalId ? store.byExternalId(type, patch.externalId) : undefined);
  const blank: StoredRecord = { id: before?.id ?? patch.id ?? store.newId(type), version: 0, fields: {}, lines: {} };
  const record = structuredClone(applyPatch(before ?? blank, patch, new Set(Object.keys(patch.lines))));
  const now = sim.clock.now();
  const write = { state: sim.state, store, type, record, before, now };
  rulesOf(type.name).defaults?.(write);
  stamp(type, record, before, now);
  if (patch.fields.lastModifiedDate) record.fields.lastModifiedDate = patch.fields.lastModifiedDate;
  store.put(type, record);
  rulesOf(type.name).after?.(write);
}

/** A period is named by its name (`Oct 2026`) or its first day; a month that the account does not have yet is set up. */
function loadPeriod(sim: Simulator<NetSuiteState>, store: RecordStore, period: unknown): void {
  if (!isObject(period)) throw new Error('load: a period is an object');
  const { name, start, ...changes } = period;
  const found = store.all('accountingPeriod').find(({ fields }) => fields.periodName === name || fields.startDate === start);
  const [, year, month] = /^(\d{4})-(\d\d)-01$/.exec(String(start)) ?? [];
  if (!found && !month) throw new Error(`load: no accounting period ${String(name ?? start)}`);
  const fresh = found ? {} : accountingPeriod(Number(year), Number(month) - 1);
  loadRecord(sim, store, knownType('accountingPeriod'), { ...fresh, ...changes }, found);
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new Error(`load: ${String(value)} is not a whole number`);
  return value;
}

function oneOf<Value extends string>(allowed: readonly Value[], value: unknown): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`load: ${String(value)} is none of ${allowed.join(', ')}`);
  return found;
}
