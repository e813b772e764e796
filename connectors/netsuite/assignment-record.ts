import { Failure } from '../../model/failure.ts';
import { recordPutAside } from '../../model/found-record.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { JsonObject } from '../../model/json.ts';
import { neededId } from '../../model/needed-result.ts';
import type { AssignmentRecord, OperationContext } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import type { Assignment } from '../../model/types.generated.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { overlapping } from './assignment-record/overlapping.ts';
import { assignmentFields, type AssignmentReferences, bookedBody, isNewer, releasedBody, says } from './records/assignment-body.ts';
import { employeeOf } from './records/employee-of.ts';
import { idTaken, sameButForCase } from './records/id-taken.ts';
import { jobOf, readJobs } from './records/job-facts.ts';
import { fieldText, referredId } from './records/record-field.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteSettings } from './settings.ts';
import { mustFit } from './unfit/field-limits.ts';
import { textsOfAssignment } from './unfit/written-texts.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
}

/**
 * Keeps an assignment in a record type that the firm sets up for it: NetSuite's REST services show neither its resource allocations nor the people of
 * a project or task. A release marks the record; one of which there is none is no news. Custom records:
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_158100110171.html
 */
export async function recordAssignment(parts: Parts, assignment: Assignment, context: OperationContext): Promise<AssignmentRecord> {
  const record = called.assignment(assignment.id);
  try {
    mustFit(textsOfAssignment(assignment));
    return await keep(parts, assignment, record, context);
  } catch (error) {
    const failure = ofMissingType(Failure.from(error), parts.settings.assignmentRecord);
    throw failure.record ? failure : failure.with({ record });
  }
}

async function keep(parts: Parts, assignment: Assignment, record: Words, { effects, signal }: OperationContext): Promise<AssignmentRecord> {
  const { api, suiteQl, settings } = parts;
  const type = settings.assignmentRecord;
  const released = assignment.status === 'released';
  if (released && !(await find(parts, assignment, record, signal))) return { status: 'nothing there' };
  const found = released ? undefined : await referencesOf(parts, assignment, signal);
  const body = found ? bookedBody(assignment, found) : releasedBody(assignment);
  let before: JsonObject | undefined;
  const { id } = await effects.write<{ id: string; corrected?: true }>({
    needs: neededId,
    sameBesides: [],
    key: `assignment ${assignment.id}`,
    title: phrase('WRITE.in', { record, systemName: 'NetSuite' }),
    request: body,
    undo: { type, externalId: assignment.id },
    settle: 'probe',
    lookFirst: true,
    probe: async () => {
      before = await find(parts, assignment, record, signal);
      return before && says(before, body) ? { id: idOf(before) } : undefined;
    },
    wasThere: () => before !== undefined,
    send: async (attempt) => {
      if (!before) return { id: await make(api, assignment, { type, record, body, again: attempt?.again }, signal) };
      if (isNewer(before, assignment)) throw stale(assignment, before, record);
      const there = idOf(before);
      await api.change(type, { id: there }, body, signal);
      return { id: there, ...(attempt?.own ? {} : { corrected: true as const }) };
    },
  });
  if (!found) return { id, status: 'released' };
  const overlaps = await overlapping(suiteQl, { type, assignment, references: found, id }, signal);
  return { id, status: 'booked', ...(overlaps.length > 0 ? { overlaps } : {}) };
}

const idOf = (record: JsonObject) => referredId(record, 'id') ?? '';

/** The assignment's own record; one that was put aside, or carries an id that only NetSuite takes for the same, is not. */
async function find({ api, settings }: Parts, { id }: Assignment, record: Words, signal: AbortSignal): Promise<JsonObject | undefined> {
  const found = await api.read(settings.assignmentRecord, id, signal);
  if (!found) return undefined;
  const externalId = fieldText(found, 'externalId');
  if (externalId !== undefined && externalId !== id) throw sameButForCase(record, id, { id: idOf(found), externalId });
  if (found['isInactive'] === true) {
    const where = { system: 'netsuite', systemName: 'NetSuite', record, id: idOf(found) };
    throw recordPutAside(where, 'isInactive', phrase('NETSUITE.inactive'));
  }
  return found;
}

async function make(
  api: NetSuiteApi,
  assignment: Assignment,
  {
    type,
    record,
    body,
    again,
  }: { type: NetSuiteSettings['assignmentRecord']; record: Words; body: JsonObject; again: boolean | undefined },
  signal: AbortSignal,
): Promise<string> {
  try {
    return await api.create(type, assignment.id, body, { signal });
  } catch (error) {
    if (!Failure.is(error)) throw error;
    throw await idTaken(api, { type, externalId: assignment.id, name: record }, { failure: error, again }, signal);
  }
}

/** Throws `mapping.missing` for who or what NetSuite does not know, and a refusal for who or what takes nothing more. */
async function referencesOf({ suiteQl, references }: Parts, assignment: Assignment, signal: AbortSignal): Promise<AssignmentReferences> {
  const { resource, project } = assignment;
  const [employees, jobs] = await Promise.all([
    unlessAborted(references.employeesByEmail(resource.email ? [resource.email] : []), signal),
    readJobs(project.code ? [project.code] : [], { suiteQl, references, signal }),
  ]);
  const employee = employeeOf(resource, employees);
  const job = jobOf(project, jobs);
  if (!employee.active)
    throw notTaken('resource.email', resource.id, inWords('ASSIGNMENT_REFUSED', { resource: resource.id, id: employee.id }));
  if (job.inactive || job.closed)
    throw notTaken('project.code', job.code, inWords('ASSIGNMENT_REFUSED.project', { project: job.code, id: job.id }));
  return { employee: employee.id, job: job.id };
}

const notTaken = (field: string, value: string, said: ReturnType<typeof inWords<'ASSIGNMENT_REFUSED'>>) =>
  new Failure({ class: 'business.rejected', ...said, system: 'netsuite', field, value, outcome: 'not-made' });

function stale({ sourceUpdatedAt = '' }: Assignment, before: JsonObject, record: Words): Failure {
  const there = fieldText(before, assignmentFields.versionAt) ?? '';
  return new Failure({
    class: 'conflict.stale',
    ...inWords('ASSIGNMENT_STALE', { record, here: sourceUpdatedAt, there }),
    system: 'netsuite',
    record,
    field: assignmentFields.versionAt,
    value: there,
    outcome: 'not-made',
  });
}

/** NetSuite knows no such record type, or shows it not to this role. */
function ofMissingType(failure: Failure, type: string): Failure {
  if (failure.code !== 'INVALID_RECORD_TYPE') return failure;
  return failure.with({ class: 'mapping.missing', ...inWords('ASSIGNMENT_RECORD_TYPE', { type }), field: 'assignmentRecord', value: type });
}
