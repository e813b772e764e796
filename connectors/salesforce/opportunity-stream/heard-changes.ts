import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { type ChangeHeader, changeHeader, own } from '../../salesforce-platform/pub-sub/change-header.ts';
import type { Decoded, EventDecoder } from '../../salesforce-platform/pub-sub/event-decoder.ts';
import { longId } from '../../salesforce-platform/wire/record-id.ts';

/** Which changes count. */
export interface HeardRule {
  /** of a platform event: its field with the id of the deal; absent = change events are heard */
  idField?: string;
  /** an update counts only where one of these has changed, in lower case; empty = any */
  fields: ReadonlySet<string>;
  /** what makes a change this pack's own; absent = its own count, too */
  own?: { client: string; userId?: string };
}

/** What a change asks for: these deals are read, or all that changed since the last that is stored, because the event does not say which; or nothing. */
export type Heard = { ids: readonly string[]; at?: number } | { unclear: 'gap' | 'overflow' | 'unreadable'; at?: number };

/** A change of so many records, as ids, is read like one whose records are not said. */
export const mostIds = 2_000;

export function heardChange(event: Decoded, decoder: Pick<EventDecoder, 'fields'>, rule: HeardRule): Heard {
  if (rule.idField !== undefined) return heardEvent(event, decoder, rule.idField);
  const header = changeHeader(event, decoder);
  if (!header) return { unclear: 'unreadable' };
  const at = header.commitTimestamp === undefined ? {} : { at: header.commitTimestamp };
  if (header.entityName !== 'Opportunity') return { ids: [], ...at };
  if (header.changeType === 'GAP_OVERFLOW') return { unclear: 'overflow', ...at };
  if (!known.has(header.changeType)) return { unclear: 'unreadable', ...at };
  if (header.changeType.endsWith('DELETE') && !header.changeType.endsWith('UNDELETE')) return { ids: [], ...at };
  if (isOwn(header, rule) || !counts(header, rule)) return { ids: [], ...at };
  const ids = header.recordIds.map(longId);
  // `006*`: all of them
  return ids.length > 0 && ids.length <= mostIds && ids.every(isDeal) ? { ids, ...at } : { unclear: 'gap', ...at };
}

const kinds = ['CREATE', 'UPDATE', 'DELETE', 'UNDELETE'];
const known: ReadonlySet<string> = new Set([...kinds, ...kinds.map((kind) => `GAP_${kind}`), 'SNAPSHOT']);

const isDeal = (id: string) => /^006[A-Za-z0-9]{15}$/.test(id);

/** `com/salesforce/api/rest/66.0;client=psconnect`; where it does not say who, the user counts. */
function isOwn({ changeOrigin, commitUser }: ChangeHeader, rule: HeardRule): boolean {
  if (!rule.own) return false;
  const client = /;client=([^;]*)$/.exec(changeOrigin)?.[1];
  if (client !== undefined) return client === rule.own.client;
  return rule.own.userId !== undefined && longId(commitUser) === rule.own.userId;
}

function counts({ changeType, changed }: ChangeHeader, { fields }: HeardRule): boolean {
  if (changeType !== 'UPDATE' || fields.size === 0 || changed === undefined) return true;
  return [...changed].some((name) => fields.has(name.toLowerCase()));
}

function heardEvent(event: Decoded, { fields }: Pick<EventDecoder, 'fields'>, idField: string): Heard {
  const name = fields.find((field) => field.name.toLowerCase() === idField.toLowerCase())?.name;
  if (name === undefined) {
    throw new Failure({
      class: 'contract.drift',
      ...inWords('EVENT_WITHOUT_FIELD', { field: idField }),
      system: 'salesforce',
      field: 'idField',
      value: idField,
    });
  }
  const id = own(event, name);
  const created = own(event, 'CreatedDate');
  const at = typeof created === 'number' && created > 0 && created < 253_402_300_800_000 ? { at: created } : {};
  if (typeof id !== 'string') return { unclear: 'unreadable', ...at };
  const deal = longId(id.trim());
  return isDeal(deal) ? { ids: [deal], ...at } : { unclear: 'unreadable', ...at };
}
