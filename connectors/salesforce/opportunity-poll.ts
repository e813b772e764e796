import { phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { OpportunityPollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { soqlText } from '../salesforce-platform/query/soql.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { eventOf, stageSince } from './opportunity-poll/opportunity-event.ts';
import { OpportunityReader } from './opportunity-poll/opportunity-reader.ts';
import { conditionOf } from './opportunity-poll/rule-condition.ts';
import { ModifiedPoll, savedWith } from '../salesforce-platform/poll/modified-poll.ts';
import { parseCursor } from '../salesforce-platform/poll/poll-cursor.ts';

/** Reads the opportunities that changed, oldest first. */
export class OpportunityPoll {
  private readonly poll: ModifiedPoll;
  private readonly reader: OpportunityReader;

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.poll = new ModifiedPoll(rest, serverTime);
    this.reader = new OpportunityReader(rest, descriptions);
  }

  async page(stored: Json | undefined, options: OpportunityPollOptions, signal: AbortSignal): Promise<PollPage> {
    const polled = {
      sobject: 'Opportunity',
      selections: [savedWith(conditionOf(options.rule))] as const,
      read: (tail: string) => this.reader.read(tail, options, signal),
      eventOf,
      more: (until: string) => phrase('ANSWER_INCOMPLETE.more-deals', { until }),
    };
    const page = await this.poll.page(stored, polled, options, signal);
    return { ...page, ...sinceBegin(page.events, options, page.cursor) };
  }

  /** Those of these deals that the rule picks, as they are now: the same events as a page would have that follows this cursor. */
  async ofIds(ids: readonly string[], options: OpportunityPollOptions, cursor: Json | undefined, signal: AbortSignal): Promise<DealsRead> {
    if (ids.length === 0) return { events: [] };
    const where = `(${conditionOf(options.rule)}) AND Id IN (${ids.map(soqlText).join(', ')})`;
    const records = await this.reader.read(`WHERE ${where} ORDER BY SystemModstamp ASC, Id ASC`, options, signal);
    const { orgId } = await this.poll.identity.known(signal);
    return sinceBegin(
      records.map((record) => eventOf(record, orgId)),
      options,
      cursor,
    );
  }
}

export type DealsRead = Pick<PollPage, 'events' | 'passedOver'>;

/**
 * A deal that had its stage before the source began was won before: somebody who corrects its name today does not win it again. An analyst's own
 * condition may speak of other fields, and is taken as it is.
 */
function sinceBegin(events: SourceEvent[], { rule }: OpportunityPollOptions, cursor: Json | undefined): DealsRead {
  const began = parseCursor(cursor)?.began;
  if (began === undefined || (typeof rule === 'object' && 'condition' in rule)) return { events };
  const since = events.filter(({ data }) => {
    const stage = stageSince(data as JsonObject);
    return stage === undefined || Date.parse(stage) >= Date.parse(began);
  });
  return since.length < events.length ? { events: since, passedOver: events.length - since.length } : { events };
}
