import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { RecordType } from './netsuite-api.ts';

/**
 * Most characters of the text fields that a deal fills. NetSuite cuts nothing: it refuses the record, one by one, when others are made already.
 * Names: as integrators report them; Oracle's own pages that we have read state none. It states none for external ids either; what is longer than any
 * of its text fields is not sent.
 */
const limits: Partial<Record<RecordType, Readonly<Record<string, number>>>> = {
  customer: { externalId: 255, entityId: 80, companyName: 83 },
  job: { externalId: 255, entityId: 80, companyName: 83 },
  billingSchedule: { externalId: 255 },
  projectTask: { externalId: 255, title: 255 },
};

/** Throws `contract.invalid` for the first text that its field cannot hold, with all of them as issues: before anything is written. */
export function mustFit(type: RecordType, record: string, body: JsonObject): void {
  const issues = Object.entries(limits[type] ?? {}).flatMap(([field, most]) => {
    const value = body[field];
    if (typeof value !== 'string' || value.length <= most) return [];
    const shown = value.length > 200 ? `${value.slice(0, 199)}…` : value;
    return [
      {
        code: 'FIELD_TOO_LONG',
        field,
        value: shown,
        message: `${field} of ${record} has ${value.length} characters, NetSuite takes ${most}: "${shown}".`,
        remedy: `Shorten ${sources[field] ?? field} to fit ${most} characters, then replay.`,
      },
    ];
  });
  const [first] = issues;
  if (!first) return;
  throw new Failure({
    class: 'contract.invalid',
    ...first,
    system: 'netsuite',
    record,
    ...(issues.length > 1 ? { issues } : {}),
    outcome: 'not-made',
  });
}

/** What a person changes for each field. */
const sources: Readonly<Record<string, string>> = {
  externalId: 'the code',
  entityId: 'the code (with its legal entity)',
  companyName: 'the name',
  title: 'the name',
};
