import { Failure } from '../../model/failure.ts';
import { phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { AccountPollOptions, AccountRule, PollPage } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { readRecords } from '../salesforce-platform/query/query.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { accountEvent } from './account-poll/account-event.ts';
import { type AccountFields, accountFields } from './account-poll/account-fields.ts';
import { ModifiedPoll, ownCondition, savedWith, type Polled, stampedWithin } from '../salesforce-platform/poll/modified-poll.ts';

/** Reads the accounts that changed, were deleted or were merged into another. */
export class AccountPoll {
  private readonly rest: SalesforceRest;
  private readonly descriptions: Descriptions;
  private readonly poll: ModifiedPoll;

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.rest = rest;
    this.descriptions = descriptions;
    this.poll = new ModifiedPoll(rest, serverTime);
  }

  async page(cursor: Json | undefined, options: AccountPollOptions, signal: AbortSignal): Promise<PollPage> {
    const { deleted = false } = options;
    let content: readonly string[] = [];
    const polled: Polled = {
      sobject: 'Account',
      selections: selectionsOf(options.rule),
      deleted,
      read: (tail) =>
        this.described(signal, (fields): Promise<JsonObject[]> => {
          ({ content } = fields);
          return readRecords(this.rest, `SELECT ${fields.names.join(', ')} FROM Account ${tail}`, signal, { deleted });
        }),
      eventOf: (record, orgId) => accountEvent(record, content, orgId),
      more: (until) => phrase('ANSWER_INCOMPLETE.more-accounts', { until }),
    };
    return this.poll.page(cursor, polled, options, signal);
  }

  /** A field was removed or hidden since the object was described: looked at again, once. */
  private async described<Result>(signal: AbortSignal, read: (fields: AccountFields) => Promise<Result>): Promise<Result> {
    try {
      return await read(await accountFields(this.descriptions, signal));
    } catch (error) {
      if (!Failure.is(error) || error.code !== 'INVALID_FIELD') throw error;
      this.descriptions.forget();
      return read(await accountFields(this.descriptions, signal));
    }
  }
}

const wonDeals = 'SELECT AccountId FROM Opportunity WHERE IsWon = true AND IsDeleted = false';

function selectionsOf(rule: AccountRule): Polled['selections'] {
  if (rule === 'all') return [savedWith()];
  if (typeof rule === 'object') return [savedWith(ownCondition(rule.condition))];
  // to win a deal changes nothing on the account
  const wonBetween = (window: { from: string; to: string }) => `Id IN (${[wonDeals, ...stampedWithin(window)].join(' AND ')})`;
  return [savedWith(`Id IN (${wonDeals})`), { byStamp: false, condition: wonBetween }];
}
