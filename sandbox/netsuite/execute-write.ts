import type { Request } from 'express';
import type { JournalEntry } from '../journal.ts';
import type { Simulator } from '../simulator.ts';
import { applyPatch, sameContent } from './apply-patch.ts';
import { invalidContent, NetSuiteError, notFound, userError } from './netsuite-error.ts';
import { parseRecord, type RecordPatch, type Validation } from './parse-record.ts';
import { toSeconds } from './parse-value.ts';
import { type RecordStore, storeOf } from './record-store.ts';
import type { RecordType } from './record-type.ts';
import { requireDeletable, requireUnique, rulesOf } from './rules/rules.ts';
import { requireVisible } from './rules/subsidiaries.ts';
import type { Write } from './rules/write.ts';
import type { NetSuiteState, StoredRecord } from './state.ts';

/** One write of one record, however it came (single request, asynchronous task, line of a batch). */
export interface WriteCall {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  type: RecordType;
  /** `647` or `eid:CID002`; absent on POST */
  selector?: string;
  body: unknown;
  validation: Validation;
  replace: ReadonlySet<string>;
  /** the version that the record had when the request arrived */
  versionSeen?: number;
  request: Request;
}

export interface WriteResult {
  id: string;
  warnings: string[];
}

/** The record that a path segment names. */
export function select(store: RecordStore, type: RecordType, selector: string): StoredRecord | undefined {
  return selector.startsWith('eid:') ? store.byExternalId(type, selector.slice(4)) : store.get(type.name, selector);
}

/** Does the write and keeps the journal; throws a NetSuiteError, journalled as refused, when the system refuses it. */
export function executeWrite(sim: Simulator<NetSuiteState>, call: WriteCall): WriteResult {
  const { request, type, body } = call;
  const entry = { type: type.name, ...(body === undefined ? {} : { body }) };
  try {
    const { outcome, record, warnings } = call.method === 'DELETE' ? remove(sim, call) : store(sim, call);
    const key = record.externalId === undefined ? {} : { key: record.externalId };
    sim.record(request, { ...entry, status: 204, outcome, id: record.id, ...key });
    return { id: record.id, warnings };
  } catch (error) {
    const status = error instanceof NetSuiteError ? error.status : 500;
    const key = keyOf(call);
    const existing = call.selector === undefined ? undefined : select(storeOf(sim.state), type, call.selector);
    sim.record(request, {
      ...entry,
      status,
      outcome: 'refused',
      ...(existing ? { id: existing.id } : {}),
      ...(key === undefined ? {} : { key }),
    });
    throw error;
  }
}

interface Done {
  outcome: JournalEntry['outcome'];
  record: StoredRecord;
  warnings: string[];
}

function store(sim: Simulator<NetSuiteState>, call: WriteCall): Done {
  const { state } = sim;
  const records = storeOf(state);
  const { type, method, selector } = call;
  const patch = parseRecord(records, type, call.body, call.validation);
  const before = selector === undefined ? undefined : select(records, type, selector);
  if (method === 'PATCH' && !before) throw notFound();
  if (method === 'PUT') {
    if (!selector?.startsWith('eid:')) throw new NetSuiteError(400, [invalidContent('An upsert needs an external id: eid:<external id>.')]);
    patch.externalId = selector.slice(4);
  }
  if (type.noExternalId && patch.externalId)
    throw new NetSuiteError(400, [invalidContent('This record type has no external id.', 'externalId')]);
  if (before && call.versionSeen !== undefined && before.version !== call.versionSeen) {
    throw userError(state, 'recordChanged', [], { code: 'RCRD_HAS_BEEN_CHANGED' });
  }
  if (patch.externalId && patch.externalId !== before?.externalId) requireExternalId(patch.externalId);
  refuseByFault(sim, call, patch);

  const now = sim.clock.now();
  const blank: StoredRecord = { id: before?.id ?? records.newId(type), version: 0, fields: {}, lines: {} };
  const record = structuredClone(applyPatch(before ?? blank, patch, call.replace));
  const write: Write = { state, store: records, type, record, before, now };
  const rules = rulesOf(type.name);
  rules.defaults?.(write);
  requireVisible(state, type.name, before ?? record);
  requireVisible(state, type.name, record);
  requireUnique(write);
  rules.check?.(write);
  if (before && sameContent(before, record)) return { outcome: 'unchanged', record: before, warnings: patch.warnings };
  stamp(type, record, before, now);
  records.put(type, record);
  rules.after?.(write);
  return { outcome: before ? 'updated' : 'created', record, warnings: patch.warnings };
}

/**
 * "An external ID can be any string containing letters, numbers, underscore (_), and hyphen (-)"; the page does not show the refusal.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156334828635.html
 */
function requireExternalId(externalId: string): void {
  if (/^[A-Za-z0-9_-]+$/.test(externalId)) return;
  const detail = { detail: `Invalid external id: ${externalId}.`, 'o:errorCode': 'INVALID_KEY_OR_REF', 'o:errorPath': 'externalId' };
  throw new NetSuiteError(400, [detail]);
}

function remove(sim: Simulator<NetSuiteState>, call: WriteCall): Done {
  const records = storeOf(sim.state);
  const record = select(records, call.type, call.selector ?? '');
  if (!record) throw notFound();
  refuseByFault(sim, call, { id: record.id, externalId: record.externalId });
  requireVisible(sim.state, call.type.name, record);
  const now = sim.clock.now();
  requireDeletable({ state: sim.state, store: records, type: call.type, record, before: record, now });
  records.remove(call.type, record, toSeconds(now));
  return { outcome: 'deleted', record, warnings: [] };
}

export function stamp(type: RecordType, record: StoredRecord, before: StoredRecord | undefined, now: Date): void {
  record.version = (before?.version ?? 0) + 1;
  const at = toSeconds(now);
  record.fields.lastModifiedDate = at;
  for (const created of ['createdDate', 'dateCreated']) {
    if (Object.hasOwn(type.fields, created)) record.fields[created] ??= at;
  }
}

function refuseByFault(sim: Simulator<NetSuiteState>, call: WriteCall, patch: Pick<RecordPatch, 'id' | 'externalId'>): void {
  const seen = typeof call.body === 'object' && call.body !== null ? { externalId: patch.externalId, ...call.body } : patch;
  const fault = sim.refusal(call.request, seen);
  if (!fault) return;
  const detail = {
    detail: 'Error while accessing a resource. This record has been locked by a user defined workflow.',
    'o:errorCode': 'USER_ERROR',
  };
  throw new NetSuiteError(fault.status ?? 400, [detail], {
    headers: fault.headers ?? {},
    ...(fault.body === undefined ? {} : { rawBody: fault.body }),
  });
}

function keyOf(call: WriteCall): string | undefined {
  if (call.selector?.startsWith('eid:')) return call.selector.slice(4);
  const externalId = (call.body as { externalId?: unknown } | undefined | null)?.externalId;
  return typeof externalId === 'string' ? externalId : undefined;
}
