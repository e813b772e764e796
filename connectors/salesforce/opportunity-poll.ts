import { phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { OpportunityPollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import { incomplete } from '../salesforce-platform/wire/answer-shape.ts';
import { askedFor } from '../salesforce-platform/wire/asked-for.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { eventOf, stampOf } from './opportunity-poll/opportunity-event.ts';
import { conditionOf, sinceOf } from './opportunity-poll/rule-condition.ts';
import { OpportunityReader } from './opportunity-poll/opportunity-reader.ts';
import { type PollCursor, type PollWindow, parseCursor } from './opportunity-poll/poll-cursor.ts';
import { readRecords } from '../salesforce-platform/query/query.ts';
import { OrgIdentity } from '../salesforce-platform/session/org-identity.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { soqlInstant, soqlText } from '../salesforce-platform/query/soql.ts';

/**
 * Reads the opportunities that changed, oldest first. A window ends at Salesforce's own clock, pages follow (SystemModstamp, Id), each
 * window begins some minutes before the last one ended: a stamp is taken when a record is saved, but others see it only at commit.
 * Reading twice is harmless: an event has the same id each time.
 */
export class OpportunityPoll {
  private readonly rest: SalesforceRest;
  private readonly identity: OrgIdentity;
  private readonly reader: OpportunityReader;
  private readonly serverTime: (signal: AbortSignal) => Promise<Date>;
  /** windows that were found incomplete again and again: the next poll begins them anew */
  private readonly incomplete = new Set<string>();

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.rest = rest;
    this.identity = new OrgIdentity(rest);
    this.reader = new OpportunityReader(rest, descriptions);
    this.serverTime = serverTime;
  }

  async page(stored: Json | undefined, options: OpportunityPollOptions, signal: AbortSignal): Promise<PollPage> {
    const cursor = parseCursor(stored);
    const condition = conditionOf(options.rule);
    const window = this.begunAnew(cursor?.window, condition) ?? (await this.nextWindow(cursor, options, signal));
    const size = Math.min(Math.max(options.pageSize ?? 200, 1), 2000);
    const records = window.from < window.to ? await this.read(window, condition, size, options, signal) : [];
    const { orgId } = await this.identity.known(signal);
    const events = records.map((record) => eventOf(record, orgId));
    const read = window.read + records.length;
    const last = records.at(-1);
    if (last && records.length >= size) {
      const after = { stamp: stampOf(last), id: String(last['Id']) };
      return page(events, { version: 1, watermark: cursor?.watermark ?? window.from, window: { ...window, after, read } }, true);
    }
    if (window.after && (await this.missing(window, condition, read, signal))) {
      if (window.again >= 3) {
        this.incomplete.add(nameOf(window, condition));
        throw incomplete(askedFor.query, phrase('ANSWER_INCOMPLETE.more-deals', { until: window.to }));
      }
      const again = { from: window.from, to: window.to, read: 0, again: window.again + 1 };
      return page(events, { version: 1, watermark: cursor?.watermark ?? window.from, window: again }, true);
    }
    return page(events, { version: 1, watermark: window.to }, false);
  }

  /** Those of these deals that the rule picks, as they are now: the same events as a page would have. */
  async ofIds(ids: readonly string[], options: OpportunityPollOptions, signal: AbortSignal): Promise<SourceEvent[]> {
    if (ids.length === 0) return [];
    const where = `(${conditionOf(options.rule)}) AND Id IN (${ids.map(soqlText).join(', ')})`;
    const records = await this.reader.read(`WHERE ${where} ORDER BY SystemModstamp ASC, Id ASC`, options, signal);
    const { orgId } = await this.identity.known(signal);
    return records.map((record) => eventOf(record, orgId));
  }

  private begunAnew(window: PollWindow | undefined, condition: string): PollWindow | undefined {
    if (!window || !this.incomplete.delete(nameOf(window, condition))) return window;
    return { from: window.from, to: window.to, read: 0, again: 0 };
  }

  private async nextWindow(cursor: PollCursor | undefined, options: OpportunityPollOptions, signal: AbortSignal): Promise<PollWindow> {
    const clock = await this.serverTime(signal);
    const now = options.throughNow ? new Date(clock.getTime() + 1_000) : clock;
    const overlap = (options.overlapMinutes ?? 10) * 60_000;
    const since = options.since ? sinceOf(options.since) : now.getTime();
    const from = cursor ? Date.parse(cursor.watermark) - overlap : options.since ? since : now.getTime() - overlap;
    // a watermark or a start ahead of the clock stays: nothing is skipped
    const to = Math.max(now.getTime(), cursor ? Date.parse(cursor.watermark) : from);
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), read: 0, again: 0 };
  }

  private async read(
    window: PollWindow,
    condition: string,
    size: number,
    options: OpportunityPollOptions,
    signal: AbortSignal,
  ): Promise<JsonObject[]> {
    const where = [`(${condition})`, ...within(window)];
    if (window.after) {
      const stamp = soqlInstant(new Date(window.after.stamp));
      where.push(`(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${soqlText(window.after.id)}))`);
    }
    return this.reader.read(`WHERE ${where.join(' AND ')} ORDER BY SystemModstamp ASC, Id ASC LIMIT ${size}`, options, signal);
  }

  /** Completeness of a window that took several pages: more records in it than were read means some committed behind our back. */
  private async missing(window: PollWindow, condition: string, read: number, signal: AbortSignal): Promise<boolean> {
    const soql = `SELECT COUNT() FROM Opportunity WHERE ${[`(${condition})`, ...within(window)].join(' AND ')}`;
    const [row] = await readRecords(this.rest, soql, signal);
    return Number(row?.['count'] ?? 0) > read;
  }
}

const nameOf = (window: PollWindow, condition: string) => `${window.from} ${window.to} ${condition}`;

const within = (window: PollWindow) => [
  `SystemModstamp >= ${soqlInstant(new Date(window.from))}`,
  `SystemModstamp < ${soqlInstant(new Date(window.to))}`,
];

const page = (events: SourceEvent[], cursor: PollCursor, more: boolean): PollPage => ({ events, cursor: cursor as unknown as Json, more });
