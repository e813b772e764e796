import { comparableVersion } from '../../model/comparable-version.ts';
import { outsideNumber } from '../../model/outside-number.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { ContractPollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { textIn } from '../salesforce-platform/wire/answer-shape.ts';
import { longId } from '../salesforce-platform/wire/record-id.ts';
import { ContractReader } from './contract-poll/contract-reader.ts';
import { badRule, ModifiedPoll, ownCondition, savedWith, stampOf } from '../salesforce-platform/poll/modified-poll.ts';

/** Reads contracts that were activated or amended, oldest first, each with the deal that holds what was agreed. */
export class ContractPoll {
  private readonly poll: ModifiedPoll;
  private readonly reader: ContractReader;

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.poll = new ModifiedPoll(rest, serverTime);
    this.reader = new ContractReader(rest, descriptions);
  }

  async page(stored: Json | undefined, options: ContractPollOptions, signal: AbortSignal): Promise<PollPage> {
    mustBeNames(options);
    const polled = {
      sobject: options.object,
      selections: [savedWith(conditionOf(options))] as const,
      read: (tail: string) => this.reader.read(tail, options, signal),
      eventOf: (record: JsonObject, orgId: string) => eventOf(record, options, orgId),
      more: (until: string) => phrase('ANSWER_INCOMPLETE.more-contracts', { until }),
    };
    return this.poll.page(stored, polled, options, signal);
  }
}

/** They become part of a query: a name is letters, digits and `_`. */
function mustBeNames({ object, numberField, deal }: ContractPollOptions): void {
  const wrong = [
    ['object', object, /^\w+$/],
    ['numberField', numberField, /^\w+$/],
    ['deal', deal, /^\w+\.\w+$/],
  ] as const;
  for (const [field, name, form] of wrong) if (!form.test(name)) throw badRule(field, inWords('RULE_INVALID.name', { name }));
}

function conditionOf({ rule, numberField }: ContractPollOptions): string {
  if (typeof rule === 'object') return ownCondition(rule.condition);
  const activated = "StatusCode = 'Activated'";
  return rule === 'activated' ? activated : `${activated} AND ${numberField} > 0`;
}

const most = 999_999;

/**
 * A contract is one event for each number of its amendments: saving it again is no news. Amendments of one deal run one after another, in the order of its
 * other runs, and an older one never after a newer. Another contract of the deal counts for itself: whether its first is newer than the last of the one
 * before, no number says, and the systems that bear the number tell a person.
 */
function eventOf(record: JsonObject, { object, numberField }: ContractPollOptions, orgId: string): SourceEvent {
  const id = longId(String(record['Id']));
  const stamp = stampOf(record);
  const [deal, ...others] = record['Deals'] as JsonObject[];
  const only = others.length === 0 ? deal : undefined;
  const key = only ? longId(String(only['Id'])) : id;
  const given = record[numberField];
  // what is no number is the contract check's to tell
  const number = given === null || given === undefined ? 0 : outsideNumber(given, { least: 0, most, whole: true });
  return {
    id: `${id}:${number ?? stamp}`,
    source: `/salesforce/${orgId}/${object}`,
    type: number === 0 ? 'com.psconnect.contract.activated' : 'com.psconnect.contract.amended',
    subject: (only && textIn(only['Engagement_Code__c'])) ?? textIn(record['ContractNumber']) ?? id,
    time: stamp,
    key,
    ...(number === undefined ? {} : { version: { record: id, at: comparableVersion(number)!.at } }),
    data: record,
  };
}
