import { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { neededId } from '../../../model/needed-result.ts';
import type { OperationContext } from '../../../model/operations.ts';
import type { NetSuiteUndo } from '../undo.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import { aboutRecord } from './about-record.ts';
import { afterwards } from './afterwards.ts';
import { holdsFields } from './holds-fields.ts';

export interface RecordChange {
  type: RecordType;
  id: string;
  /** business key of the record */
  externalId: string;
  /** business key of the write */
  key: string;
  title: Words;
  /** what a person calls the record */
  name: Words;
  body: JsonObject;
  /** what it held in the same fields when it was examined: looked at again just before it is changed, and put back when the run is undone */
  before: JsonObject;
  /** a sublist that has the lines of the body afterwards, and no others */
  replace?: string;
  /** internal id of a project: nothing is put back once it was invoiced */
  unlessInvoiced?: string;
}

/** Changes fields of a record that was examined, as one effect. It is read back: an account may skip what it does not know. */
export async function changeRecord(api: NetSuiteApi, change: RecordChange, { effects, signal }: OperationContext): Promise<string> {
  const { type, id, externalId, key, title, name, body, before, replace, unlessInvoiced } = change;
  const undo: NetSuiteUndo = {
    ...{ type, externalId, id },
    changed: { from: before, to: body, ...(replace ? { replace } : {}), ...(unlessInvoiced ? { unlessInvoiced } : {}) },
  };
  const read = () => aboutRecord(name, () => api.details(type, { id }, signal));
  const written = await effects.write<{ id: string }>({
    needs: neededId,
    ...{ key, title, request: body, undo },
    settle: 'probe',
    lookFirst: true,
    probe: async () => {
      const there = await read();
      if (holdsFields(there, body)) return { id };
      if (holdsFields(there, before)) return undefined;
      throw new Failure({
        class: 'conflict.stale',
        ...inWords('CHANGED_SINCE_LOOK', { record: name, id }),
        system: 'netsuite',
        record: name,
        field: Object.keys(body)[0] ?? '',
        outcome: 'not-made',
      });
    },
    send: async () => {
      await aboutRecord(name, () => api.change(type, { id }, body, signal, replace));
      if (holdsFields(await afterwards(read), body)) return { id };
      throw new Failure({
        class: 'contract.drift',
        ...inWords('CHANGE_NOT_TAKEN', { record: name, id, fields: Object.keys(body).join(', ') }),
        system: 'netsuite',
        record: name,
        field: Object.keys(body)[0] ?? '',
        outcome: 'unknown',
      });
    },
  });
  return written.id;
}
