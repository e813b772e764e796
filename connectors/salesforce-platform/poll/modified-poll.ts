import type { Words } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { PollPage, SourceEvent } from '../../../model/operations.ts';
import { incomplete } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { pageSizeOf } from './page-size.ts';
import { readRecords } from '../query/query.ts';
import { OrgIdentity } from '../session/org-identity.ts';
import type { SalesforceRest } from '../wire.ts';
import { instantOf, soqlInstant, soqlText } from '../query/soql.ts';
import { type PollCursor, type PollWindow, parseCursor } from './poll-cursor.ts';

/** Which records are polled, how they are read, and what each is told as. */
export interface Polled {
  sobject: string;
  /** one after the other */
  selections: readonly [Selection, ...Selection[]];
  /** those in the recycle bin, too */
  deleted?: boolean;
  /** `tail`: `WHERE … ORDER BY … LIMIT …` */
  read(tail: string): Promise<JsonObject[]>;
  eventOf(record: JsonObject, orgId: string): SourceEvent;
  /** what is said when the org counts more of them, again and again */
  more(until: string): Words;
}

/** What changed in a window: by the stamp of the record itself, or whatever meets the condition. */
export interface Selection {
  byStamp: boolean;
  /** SOQL */
  condition(window: { from: string; to: string }): string;
}

/** Those that were saved in the window, and meet a condition of SOQL; all that were, without one. */
export const savedWith = (condition?: string): Selection => ({ byStamp: true, condition: () => (condition ? `(${condition})` : '') });

export interface PollOptions {
  since?: string;
  overlapMinutes?: number;
  pageSize?: number;
  throughNow?: boolean;
}

/**
 * Reads the records that changed, oldest first. A window ends at Salesforce's own clock, pages follow (SystemModstamp, Id), each
 * window begins some minutes before the last one ended: a stamp is taken when a record is saved, but others see it only at commit.
 * Reading twice is harmless: an event has the same id each time.
 */
export class ModifiedPoll {
  private readonly rest: SalesforceRest;
  readonly identity: OrgIdentity;
  private readonly serverTime: (signal: AbortSignal) => Promise<Date>;
  /** windows that were found incomplete again and again: the next poll begins them anew */
  private readonly incomplete = new Set<string>();

  constructor(rest: SalesforceRest, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.rest = rest;
    this.identity = new OrgIdentity(rest);
    this.serverTime = serverTime;
  }

  async page(stored: Json | undefined, polled: Polled, options: PollOptions, signal: AbortSignal): Promise<PollPage> {
    const cursor = parseCursor(stored);
    const selectionOf = ({ selection = 0 }: PollWindow) => polled.selections[selection] ?? polled.selections[0];
    const name = (window: PollWindow) => `${polled.sobject} ${conditionsOf(window, selectionOf(window)).join(' AND ')}`;
    const window = this.begunAnew(readable(cursor?.window, polled), name) ?? (await this.nextWindow(cursor, options, signal));
    const watermark = cursor?.watermark ?? window.from;
    const began = cursor ? cursor.began : window.from;
    const page = (events: SourceEvent[], at: Pick<PollCursor, 'watermark' | 'window'>, more: boolean): PollPage => {
      const next: PollCursor = { version: 1, ...(began ? { began } : {}), ...at };
      return { events, cursor: next as unknown as Json, more };
    };
    if (window.from >= window.to) return page([], { watermark: window.to }, false);
    const selection = selectionOf(window);
    const size = pageSizeOf(options.pageSize);
    const records = await polled.read(tailOf(window, selection, size));
    const { orgId } = await this.identity.known(signal);
    const events = records.map((record) => polled.eventOf(record, orgId));
    const read = window.read + records.length;
    const last = records.at(-1);
    if (last && records.length >= size) {
      const after = { stamp: stampOf(last), id: String(last['Id']) };
      return page(events, { watermark, window: { ...window, after, read } }, true);
    }
    if (window.after && (await this.missing(window, selection, polled, read, signal))) {
      if (window.again >= 3) {
        this.incomplete.add(name(window));
        throw incomplete(askedFor.query, polled.more(window.to));
      }
      return page(events, { watermark, window: begun(window, { again: window.again + 1 }) }, true);
    }
    const next = (window.selection ?? 0) + 1;
    if (next < polled.selections.length) {
      return page(events, { watermark, window: begun(window, { selection: next }) }, true);
    }
    return page(events, { watermark: window.to }, false);
  }

  private begunAnew(window: PollWindow | undefined, name: (window: PollWindow) => string): PollWindow | undefined {
    if (!window || !this.incomplete.delete(name(window))) return window;
    return begun(window);
  }

  private async nextWindow(cursor: PollCursor | undefined, options: PollOptions, signal: AbortSignal): Promise<PollWindow> {
    const clock = await this.serverTime(signal);
    const now = options.throughNow ? new Date(clock.getTime() + 1_000) : clock;
    const overlap = (options.overlapMinutes ?? 10) * 60_000;
    const since = options.since ? sinceOf(options.since) : now.getTime();
    const from = cursor ? Date.parse(cursor.watermark) - overlap : options.since ? since : now.getTime() - overlap;
    // a watermark or a start ahead of the clock stays: nothing is skipped
    const to = Math.max(now.getTime(), cursor ? Date.parse(cursor.watermark) : from);
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), read: 0, again: 0 };
  }

  /** Completeness of a window that took several pages: more records in it than were read means some committed behind our back. */
  private async missing(
    window: PollWindow,
    selection: Selection,
    { sobject, deleted = false }: Polled,
    read: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const soql = `SELECT COUNT() FROM ${sobject} WHERE ${conditionsOf(window, selection).join(' AND ')}`;
    const [row] = await readRecords(this.rest, soql, signal, { deleted });
    return Number(row?.['count'] ?? 0) > read;
  }
}

/** A window of a rule that had more selections is read by those that there are now. */
function readable(window: PollWindow | undefined, { selections }: Polled): PollWindow | undefined {
  return window && !selections[window.selection ?? 0] ? begun(window, { selection: 0 }) : window;
}

/** The same window and selection from its first page, or as it is said. */
function begun({ from, to, selection }: PollWindow, change: Partial<PollWindow> = {}): PollWindow {
  return { from, to, ...(selection === undefined ? {} : { selection }), read: 0, again: 0, ...change };
}

function tailOf(window: PollWindow, selection: Selection, size: number): string {
  const where = conditionsOf(window, selection);
  if (window.after) where.push(behind(window.after, selection));
  const order = selection.byStamp ? 'SystemModstamp ASC, Id ASC' : 'Id ASC';
  return `WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${size}`;
}

function conditionsOf(window: PollWindow, { byStamp, condition }: Selection): string[] {
  return [condition(window), ...(byStamp ? stampedWithin(window) : [])].filter((one) => one !== '');
}

export const stampedWithin = ({ from, to }: { from: string; to: string }): string[] => [
  `SystemModstamp >= ${soqlInstant(new Date(from))}`,
  `SystemModstamp < ${soqlInstant(new Date(to))}`,
];

function behind({ stamp, id }: { stamp: string; id: string }, { byStamp }: Selection): string {
  if (!byStamp) return `Id > ${soqlText(id)}`;
  const at = soqlInstant(new Date(stamp));
  return `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${soqlText(id)}))`;
}

/** When a record was saved last. */
export const stampOf = (record: JsonObject): string => instantOf(String(record['SystemModstamp']));

/** A condition of the analyst's own. */
export function ownCondition(text: string): string {
  const condition = text.trim();
  if (condition === '' || /^(select|where)\b/i.test(condition)) throw badRule('condition', inWords('RULE_INVALID.condition'));
  return condition;
}

/** A day begins at midnight UTC; a time of day needs its zone, or it would be that of the machine. */
function sinceOf(text: string): number {
  const instant = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:?\d\d))?$/i.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw badRule('since', inWords('RULE_INVALID.since', { text }));
}

export function badRule(field: string, said: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...said, system: 'salesforce', field });
}
