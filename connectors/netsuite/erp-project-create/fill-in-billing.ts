import { Failure } from '../../../model/failure.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { OperationContext } from '../../../model/operations.ts';
import { phrase } from '../../../model/failure-words.ts';
import { called } from '../../../model/record-names.ts';
import type { NetSuiteApi } from '../wire.ts';
import { isEmpty, textOrId } from '../records/record-field.ts';
import type { NetSuiteUndo } from '../undo.ts';

/** Without these nothing is billed: neither by a schedule nor by time. */
export const billingFields = ['billingSchedule', 'jobBillingType', 'jobPrice'] as const;

/**
 * A project that was there before, without billing terms, gets those of the deal; a field that is filled keeps what it holds (what differs there was
 * refused before).
 */
export async function fillInBilling(
  api: NetSuiteApi,
  { code, job, terms }: { code: string; job: string; terms: JsonObject },
  { effects, signal }: OperationContext,
): Promise<void> {
  const filled = Object.fromEntries(
    billingFields.flatMap((field): [string, string][] => {
      const value = textOrId(terms, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
  const undo: NetSuiteUndo = { type: 'job', externalId: code, id: job, filled };
  let lacking: string[] = [];
  await effects.write<{ id: string; filled?: string[] }>({
    key: `job ${code} billingSchedule`,
    title: terms['billingSchedule']
      ? phrase('WRITE.in', { record: called.billingScheduleOf(code), systemName: 'NetSuite' })
      : phrase('WRITE.netsuite-way-of-billing', { project: code }),
    request: terms,
    undo,
    settle: 'probe',
    lookFirst: true,
    probe: async () => {
      const there = await api.details('job', { id: job }, signal);
      lacking = Object.keys(filled).filter((field) => isEmpty(there[field]));
      return lacking.length === 0 ? { id: job } : undefined;
    },
    // a field that a person had filled with the same is not this run's to empty
    wasThere: () => lacking.length < Object.keys(filled).length,
    send: async () => {
      try {
        await api.change('job', { id: job }, Object.fromEntries(lacking.map((field) => [field, terms[field] ?? null])), signal);
      } catch (error) {
        throw Failure.is(error) ? error.with({ record: called.project(code) }) : error;
      }
      return { id: job, filled: lacking };
    },
  });
}
