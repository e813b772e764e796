import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { OpportunityPollOptions, OpportunityRule, PollPage, SourceEvent } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { instantOf, soqlText } from '../salesforce-platform/query/soql.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { textIn } from '../salesforce-platform/wire/answer-shape.ts';
import { longId } from '../salesforce-platform/wire/record-id.ts';
import { OpportunityReader } from './opportunity-poll/opportunity-reader.ts';
import { badRule, ModifiedPoll, ownCondition, stampOf } from './poll/modified-poll.ts';

/** Reads the opportunities that changed, oldest first. */
export class OpportunityPoll {
  private readonly poll: ModifiedPoll;
  private readonly reader: OpportunityReader;

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.poll = new ModifiedPoll(rest, serverTime);
    this.reader = new OpportunityReader(rest, descriptions);
  }

  page(stored: Json | undefined, options: OpportunityPollOptions, signal: AbortSignal): Promise<PollPage> {
    const polled = {
      sobject: 'Opportunity',
      condition: conditionOf(options.rule),
      read: (tail: string) => this.reader.read(tail, options, signal),
      eventOf,
      more: (until: string) => phrase('ANSWER_INCOMPLETE.more-deals', { until }),
    };
    return this.poll.page(stored, polled, options, signal);
  }
}

function conditionOf(rule: OpportunityRule): string {
  if (rule === 'won') return 'IsWon = true';
  if ('stages' in rule) {
    if (rule.stages.length === 0) throw badRule('stages', inWords('RULE_INVALID.no-stage'));
    return `StageName IN (${rule.stages.map(soqlText).join(', ')})`;
  }
  return ownCondition(rule.condition);
}

/** `IsWon` became true when the stage last changed: later edits of a won deal are the same fact, winning it again is a new one. */
function eventOf(record: JsonObject, orgId: string): SourceEvent {
  const id = longId(String(record['Id']));
  const stamp = stampOf(record);
  // null in LastStageChangeDate: created in this stage
  const since = textIn(record['LastStageChangeDate']) ?? ('LastStageChangeDate' in record ? textIn(record['CreatedDate']) : undefined);
  return {
    id: `${id}:${since ? instantOf(since) : stamp}`,
    source: `/salesforce/${orgId}/Opportunity`,
    type: 'com.psconnect.opportunity.won',
    subject: textIn(record['Engagement_Code__c']) ?? id,
    time: stamp,
    key: id,
    version: { record: id, at: stamp },
    data: record,
  };
}
