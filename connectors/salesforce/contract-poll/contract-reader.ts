import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ContractPollOptions } from '../../../model/operations.ts';
import type { Descriptions } from '../../salesforce-platform/query/describe.ts';
import { readRecords } from '../../salesforce-platform/query/query.ts';
import { soqlText } from '../../salesforce-platform/query/soql.ts';
import type { SalesforceRest } from '../../salesforce-platform/wire.ts';
import { textIn } from '../../salesforce-platform/wire/answer-shape.ts';
import { longId } from '../../salesforce-platform/wire/record-id.ts';
import { OpportunityReader } from '../opportunity-poll/opportunity-reader.ts';

/** Compound and binary values cannot be selected together with others. */
const unwanted = new Set(['address', 'location', 'base64', 'complexvalue', 'anyType']);
/** Ids in one condition: a query is 100,000 characters at most, and this keeps it far below. */
const idsAtOnce = 100;

/** Reads contracts with all fields that the user can see, and the opportunities that hold what was agreed, as `Deals`. */
export class ContractReader {
  private readonly rest: SalesforceRest;
  private readonly descriptions: Descriptions;
  private readonly deals: OpportunityReader;

  constructor(rest: SalesforceRest, descriptions: Descriptions) {
    this.rest = rest;
    this.descriptions = descriptions;
    this.deals = new OpportunityReader(rest, descriptions);
  }

  async read(tail: string, options: ContractPollOptions, signal: AbortSignal): Promise<JsonObject[]> {
    for (let first = true; ; first = false) {
      try {
        const contracts = await readRecords(this.rest, `${await this.select(options, signal)} ${tail}`, signal);
        return await this.withDeals(contracts, options, signal);
      } catch (error) {
        // a field was removed or hidden since the object was described: look again, once
        if (!first || !Failure.is(error) || !['INVALID_FIELD', 'INVALID_TYPE'].includes(error.code)) throw error;
        this.descriptions.forget();
      }
    }
  }

  private async select({ object, numberField, deal }: ContractPollOptions, signal: AbortSignal): Promise<string> {
    const { fields, name } = await this.descriptions.of(object, signal);
    const [of, field] = deal.split('.') as [string, string];
    for (const wanted of [numberField, ...(sameName(of, 'Opportunity') ? [] : [field])]) {
      if (!fields.some((one) => sameName(one.name, wanted))) throw unknownField(object, wanted);
    }
    return `SELECT ${fields
      .filter(({ type }) => !unwanted.has(type))
      .map((one) => one.name)
      .join(', ')} FROM ${name}`;
  }

  /** `deal`: the field that ties both, of the opportunity (`Opportunity.ContractId`) or of the contract (`Contract.Deal__c`). */
  private async withDeals(contracts: JsonObject[], { deal }: ContractPollOptions, signal: AbortSignal): Promise<JsonObject[]> {
    const [of, field] = deal.split('.') as [string, string];
    const ofDeal = sameName(of, 'Opportunity');
    const named = (record: JsonObject) => textIn(record[ofDeal ? 'Id' : field]);
    const ids = [...new Set(contracts.flatMap((record) => named(record) ?? []))];
    const deals: JsonObject[] = [];
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      const list = ids
        .slice(at, at + idsAtOnce)
        .map(soqlText)
        .join(', ');
      deals.push(
        ...(await this.deals.read(
          `WHERE ${ofDeal ? field : 'Id'} IN (${list}) ORDER BY Id`,
          ofDeal ? { extraFields: [field] } : {},
          signal,
        )),
      );
    }
    return contracts.map((record) => {
      const wanted = named(record);
      const own = (one: JsonObject) => textIn(one[ofDeal ? field : 'Id']);
      return { ...record, Deals: deals.filter((one) => wanted !== undefined && longId(own(one) ?? '') === longId(wanted)) };
    });
  }
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function unknownField(object: string, name: string): Failure {
  return new Failure({
    class: 'contract.drift',
    ...inWords('INVALID_FIELD.of-contract', { object, name }),
    system: 'salesforce',
    record: object,
    field: name,
  });
}
