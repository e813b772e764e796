import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { AccountPollOptions, AccountRule, PollPage } from '../../model/operations.ts';
import { ChangedRecords, type ChangePage, type ChangeSelection } from '../salesforce-platform/poll/changed-records.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import { soqlInstant } from '../salesforce-platform/query/soql.ts';
import { OrgIdentity } from '../salesforce-platform/session/org-identity.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { accountEvent } from './account-poll/account-event.ts';
import { type AccountFields, accountFields } from './account-poll/account-fields.ts';

/** Reads the accounts that changed, were deleted or were merged into another. */
export class AccountPoll {
  private readonly descriptions: Descriptions;
  private readonly identity: OrgIdentity;
  private readonly changed: ChangedRecords;

  constructor(rest: SalesforceRest, descriptions: Descriptions, serverTime: (signal: AbortSignal) => Promise<Date>) {
    this.descriptions = descriptions;
    this.identity = new OrgIdentity(rest);
    this.changed = new ChangedRecords(rest, 'Account', serverTime);
  }

  async page(cursor: Json | undefined, options: AccountPollOptions, signal: AbortSignal): Promise<PollPage> {
    const selections = selectionsOf(options.rule);
    const { fields, page } = await this.described(signal, async (fields) => ({
      fields,
      page: await this.read(cursor, fields, selections, options, signal),
    }));
    const { orgId } = await this.identity.known(signal);
    const { records, cursor: next, more } = page;
    return { events: records.map((record) => accountEvent(record, fields.content, orgId)), cursor: next, more };
  }

  private read(
    cursor: Json | undefined,
    fields: AccountFields,
    selections: ChangeSelection[],
    options: AccountPollOptions,
    signal: AbortSignal,
  ): Promise<ChangePage> {
    const { since, overlapMinutes, pageSize, deleted = false } = options;
    return this.changed.page(cursor, { fields: fields.names, selections }, { since, overlapMinutes, pageSize, deleted }, signal);
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

function selectionsOf(rule: AccountRule): ChangeSelection[] {
  if (rule === 'all') return [{ byStamp: true, conditions: () => [] }];
  if (rule === 'with-won') {
    return [
      { byStamp: true, conditions: () => [`Id IN (${wonDeals})`] },
      // to win a deal changes nothing on the account
      {
        byStamp: false,
        conditions: ({ from, to }) => [
          `Id IN (${wonDeals} AND SystemModstamp >= ${soqlInstant(new Date(from))} AND SystemModstamp < ${soqlInstant(new Date(to))})`,
        ],
      },
    ];
  }
  const condition = rule.condition.trim();
  if (condition === '' || /^(select|where)\b/i.test(condition)) {
    throw new Failure({ class: 'contract.invalid', ...inWords('RULE_INVALID.condition'), system: 'salesforce', field: 'condition' });
  }
  return [{ byStamp: true, conditions: () => [`(${condition})`] }];
}
