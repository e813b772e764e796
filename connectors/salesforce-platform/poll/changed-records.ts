import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { queryRecords } from '../query/query.ts';
import { instantOf, soqlInstant, soqlText } from '../query/soql.ts';
import { incomplete } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import type { SalesforceRest } from '../wire.ts';
import { pageSizeOf } from './page-size.ts';

/** How far a poll has read. Plain JSON, stored with the events it belongs to. Instants are RFC 3339 UTC of Salesforce's clock. */
export interface ChangeCursor {
  version: 1;
  /** everything stamped before this has been read */
  watermark: string;
  /** the window that is being read, when it takes more than one page */
  window?: ChangeWindow;
}

export interface ChangeWindow {
  from: string;
  /** exclusive */
  to: string;
  /** which of the selections is read, from 0 */
  selection: number;
  /** last record read: the next page begins after it */
  after?: { stamp: string; id: string };
  read: number;
  /** how often the window was begun again because records were missing */
  again: number;
}

/** What changed in a window: by the stamp of the record itself, or, without one, whatever meets the conditions. */
export interface ChangeSelection {
  conditions(window: { from: string; to: string }): string[];
  byStamp: boolean;
}

export interface ChangeOptions {
  since?: string | undefined;
  overlapMinutes?: number | undefined;
  pageSize?: number | undefined;
  deleted: boolean;
}

export interface ChangePage {
  records: JsonObject[];
  cursor: Json;
  more: boolean;
}

const mostAgain = 3;
const smallestMs = 1_000;

/**
 * Reads the records of one object that changed, oldest first. A window ends at Salesforce's own clock, so that its last second is over; pages follow (SystemModstamp, Id); each window begins some minutes before the last one
 * ended: a stamp is taken when a record is saved, but others see it only at commit. Reading twice is harmless when an event has the same id each time.
 */
export class ChangedRecords {
  private readonly rest: SalesforceRest;
  private readonly sobject: string;
  private readonly serverTime: (signal: AbortSignal) => Promise<Date>;

  constructor(rest: SalesforceRest, sobject: string, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.rest = rest;
    this.sobject = sobject;
    this.serverTime = serverTime;
  }

  async page(
    stored: Json | undefined,
    { fields, selections }: { fields: readonly string[]; selections: readonly ChangeSelection[] },
    options: ChangeOptions,
    signal: AbortSignal,
  ): Promise<ChangePage> {
    const cursor = cursorIn(stored);
    const window = cursor?.window ?? (await this.nextWindow(cursor, options, signal));
    const watermark = cursor?.watermark ?? window.from;
    const selection = selections[window.selection];
    if (!selection || window.from >= window.to) return { records: [], cursor: asJson({ version: 1, watermark: window.to }), more: false };
    const size = pageSizeOf(options.pageSize);
    const records = await this.read(window, selection, fields, size, options, signal);
    const read = window.read + records.length;
    const last = records.at(-1);
    const next = (more: ChangeWindow): ChangePage => ({ records, cursor: asJson({ version: 1, watermark, window: more }), more: true });
    if (last && records.length >= size) {
      return next({ ...window, read, after: { stamp: instantOf(String(last['SystemModstamp'])), id: String(last['Id']) } });
    }
    const { from, to, again } = window;
    if (window.after && (await this.isMissing(window, selection, read, options, signal))) {
      if (again < mostAgain) return next({ from, to, selection: window.selection, read: 0, again: again + 1 });
      throw incomplete(askedFor.query, phrase('ANSWER_INCOMPLETE.more-records', { sobject: this.sobject, until: to }));
    }
    if (window.selection + 1 < selections.length) return next({ from, to, selection: window.selection + 1, read: 0, again: 0 });
    return { records, cursor: asJson({ version: 1, watermark: to }), more: false };
  }

  private async nextWindow(cursor: ChangeCursor | undefined, options: ChangeOptions, signal: AbortSignal): Promise<ChangeWindow> {
    const now = (await this.serverTime(signal)).getTime();
    const overlap = (options.overlapMinutes ?? 10) * 60_000;
    const start = options.since === undefined ? now - overlap : sinceIn(options.since);
    const from = cursor ? Date.parse(cursor.watermark) - overlap : start;
    // a watermark or a start ahead of the clock stays: nothing is skipped
    const to = Math.max(now - (now % smallestMs), cursor ? Date.parse(cursor.watermark) : from);
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), selection: 0, read: 0, again: 0 };
  }

  private async read(
    window: ChangeWindow,
    selection: ChangeSelection,
    fields: readonly string[],
    size: number,
    options: ChangeOptions,
    signal: AbortSignal,
  ): Promise<JsonObject[]> {
    const where = conditionsOf(window, selection);
    if (window.after) where.push(behind(window.after, selection.byStamp));
    const order = selection.byStamp ? 'SystemModstamp ASC, Id ASC' : 'Id ASC';
    const soql = `SELECT ${fields.join(', ')} FROM ${this.sobject} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${size}`;
    return this.all(soql, options, signal);
  }

  /** More records in a window of several pages than were read means that some were committed behind our back. */
  private async isMissing(
    window: ChangeWindow,
    selection: ChangeSelection,
    read: number,
    options: ChangeOptions,
    signal: AbortSignal,
  ): Promise<boolean> {
    const soql = `SELECT COUNT() FROM ${this.sobject} WHERE ${conditionsOf(window, selection).join(' AND ')}`;
    const [row] = await this.all(soql, options, signal);
    return Number(row?.['count'] ?? 0) > read;
  }

  private async all(soql: string, { deleted }: ChangeOptions, signal: AbortSignal): Promise<JsonObject[]> {
    const records: JsonObject[] = [];
    for await (const record of queryRecords(this.rest, soql, signal, { deleted })) records.push(record);
    return records;
  }
}

const asJson = (cursor: ChangeCursor) => cursor as unknown as Json;

function conditionsOf(window: ChangeWindow, selection: ChangeSelection): string[] {
  const stamped = [`SystemModstamp >= ${soqlInstant(new Date(window.from))}`, `SystemModstamp < ${soqlInstant(new Date(window.to))}`];
  return [...selection.conditions(window), ...(selection.byStamp ? stamped : [])];
}

function behind({ stamp, id }: { stamp: string; id: string }, byStamp: boolean): string {
  if (!byStamp) return `Id > ${soqlText(id)}`;
  const at = soqlInstant(new Date(stamp));
  return `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${soqlText(id)}))`;
}

/** A stored cursor; `undefined` for anything else, which begins anew. */
function cursorIn(stored: Json | undefined): ChangeCursor | undefined {
  if (!isObject(stored) || stored['version'] !== 1 || typeof stored['watermark'] !== 'string') return undefined;
  return stored as unknown as ChangeCursor;
}

/** A day begins at midnight UTC; a time of day needs its zone, or it would be that of the machine. */
function sinceIn(text: string): number {
  const instant = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:?\d\d))?$/i.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new Failure({ class: 'contract.invalid', ...inWords('RULE_INVALID.since', { text }), system: 'salesforce', field: 'since' });
}
