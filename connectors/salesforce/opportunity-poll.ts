import { phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { OpportunityPollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { soqlText } from '../salesforce-platform/query/soql.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { eventOf } from './opportunity-poll/opportunity-event.ts';
import { OpportunityReader } from './opportunity-poll/opportunity-reader.ts';
import { conditionOf } from './opportunity-poll/rule-condition.ts';
import { ModifiedPoll, savedWith } from '../salesforce-platform/poll/modified-poll.ts';

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
    return this.poll.page(stored, polled, options, signal);
  }

  /** Those of these deals that the rule picks, as they are now: the same events as a page would have. */
  async ofIds(ids: readonly string[], options: OpportunityPollOptions, signal: AbortSignal): Promise<SourceEvent[]> {
    if (ids.length === 0) return [];
    const where = `(${conditionOf(options.rule)}) AND Id IN (${ids.map(soqlText).join(', ')})`;
    const records = await this.reader.read(`WHERE ${where} ORDER BY SystemModstamp ASC, Id ASC`, options, signal);
    const { orgId } = await this.poll.identity.known(signal);
    return records.map((record) => eventOf(record, orgId));
  }
}
