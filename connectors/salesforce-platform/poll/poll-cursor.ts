import { isObject, type Json } from '../../../model/json.ts';

/** How far a poll has read. Plain JSON, stored with the events it belongs to. Instants are RFC 3339 UTC of Salesforce's clock. */
export interface PollCursor {
  version: 1;
  /** everything stamped before this has been read */
  watermark: string;
  /** where the first look began; absent in what was stored before it was kept */
  began?: string;
  /** the window that is being read, when it takes more than one page */
  window?: PollWindow;
}

export interface PollWindow {
  from: string;
  /** exclusive */
  to: string;
  /** which of the selections is read, from 0; absent = the first */
  selection?: number;
  /** last record read: the next page begins after it */
  after?: { stamp: string; id: string };
  read: number;
  /** how often the window was begun again because records were missing */
  again: number;
}

/** A stored cursor; `undefined` for anything else, which begins anew. */
export function parseCursor(stored: Json | undefined): PollCursor | undefined {
  if (!isObject(stored) || stored['version'] !== 1 || typeof stored['watermark'] !== 'string') return undefined;
  return stored as unknown as PollCursor;
}
