import { shorten } from '../../../model/contract.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { incomplete } from '../../salesforce-platform/wire/answer-shape.ts';
import { askedFor } from '../../salesforce-platform/wire/asked-for.ts';
import type { Descriptions } from '../../salesforce-platform/query/describe.ts';
import { opportunitySelection, type Selection, type SelectionOptions } from './opportunity-selection.ts';
import { readRecords } from '../../salesforce-platform/query/query.ts';
import type { SalesforceRest } from '../../salesforce-platform/wire.ts';
import { removeKeys, type SelectedObject, selectOf, together } from './selected-fields.ts';
import { ShareCount } from './share-count.ts';
import { soqlText } from '../../salesforce-platform/query/soql.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const longestSoql = 100_000;
/** An object has 900 fields at most, so a share is then about a dozen of each. */
const mostShares = 64;
/** How the org, a gateway on the way to it or we ourselves say that a query asks for too much at once. */
const tooMuch = new Set(['QUERY_TOO_COMPLICATED', 'OPERATION_TOO_LARGE', 'HTTP_413', 'HTTP_414', 'HTTP_431', 'ANSWER_TOO_LARGE']);

/**
 * Reads opportunities with all that a mapping may want of them. What is too much for one query is asked for in shares of the fields, which are put
 * together by record; each share has to show the same version of it.
 */
export class OpportunityReader {
  private readonly rest: SalesforceRest;
  private readonly descriptions: Descriptions;
  /** in how many shares a selection has to be asked for */
  private readonly shares = new Map<string, ShareCount>();

  constructor(rest: SalesforceRest, descriptions: Descriptions) {
    this.rest = rest;
    this.descriptions = descriptions;
  }

  /** `tail`: `WHERE … ORDER BY … LIMIT …` */
  async read(tail: string, options: SelectionOptions, signal: AbortSignal): Promise<JsonObject[]> {
    for (let first = true; ; first = false) {
      try {
        const selection = await opportunitySelection(this.descriptions, options, signal);
        return withLists(await this.readSelection(selection, tail, signal), selection);
      } catch (error) {
        // a field was removed or hidden since the object was described: look again, once
        if (!first || !Failure.is(error) || !['INVALID_FIELD', 'INVALID_TYPE'].includes(error.code)) throw error;
        this.descriptions.forget();
      }
    }
  }

  private async readSelection(selection: Selection, tail: string, signal: AbortSignal): Promise<JsonObject[]> {
    const shares = this.sharesOf(selection, tail);
    for (;;) {
      const of = shares.count;
      try {
        const records = await this.readShares(selection, of, tail, signal);
        shares.wentWell();
        return records;
      } catch (error) {
        const slow = Failure.is(error) && error.code === 'QUERY_TIMEOUT';
        if (!Failure.is(error) || !(slow || tooMuch.has(error.code))) throw error;
        // another read may have raised it meanwhile
        if (shares.count <= of && !shares.wasTooMuch()) throw slow ? error : stillTooMuch(error, selection);
        // it took minutes: with more shares at the next try
        if (slow) throw error;
      }
    }
  }

  private sharesOf({ soql }: Selection, tail: string): ShareCount {
    const known = this.shares.get(soql);
    if (known) return known;
    if (this.shares.size > 100) this.shares.clear();
    const made = new ShareCount({ least: Math.ceil((soql.length + tail.length) / longestSoql), most: mostShares });
    this.shares.set(soql, made);
    return made;
  }

  private async readShares({ soql, objects }: Selection, of: number, tail: string, signal: AbortSignal): Promise<JsonObject[]> {
    if (of === 1) return readRecords(this.rest, `${soql} ${tail}`, signal);
    for (let tries = 0; tries < 4; tries++) {
      const records = await this.oneVersion(objects, of, tail, signal);
      if (records) return records;
    }
    throw incomplete(askedFor.query, phrase('ANSWER_INCOMPLETE.changed-between'));
  }

  /** undefined: a record was changed between two shares */
  private async oneVersion(objects: SelectedObject[], of: number, tail: string, signal: AbortSignal): Promise<JsonObject[] | undefined> {
    const first = await readRecords(this.rest, `${selectOf(objects, { index: 0, of })} ${tail}`, signal);
    let records: (Json | undefined)[] = first;
    if (first.length === 0) return first;
    const among = `WHERE Id IN (${first.map((record) => soqlText(String(record['Id']))).join(', ')})`;
    for (let index = 1; index < of; index++) {
      const share = await readRecords(this.rest, `${selectOf(objects, { index, of })} ${among}`, signal);
      const byId = new Map(share.map((record) => [String(record['Id']), record]));
      records = first.map(({ Id }, at) => together(records[at] ?? null, byId.get(String(Id)) ?? null));
      if (records.includes(undefined)) return undefined;
    }
    for (const object of objects) for (const record of records) removeKeys(record, object);
    return records as JsonObject[];
  }
}

/** An empty sub-query is null on the wire; readers of the event get a list. One that is not there at all was not answered. */
function withLists(records: JsonObject[], { children }: Selection): JsonObject[] {
  return records.map((record) => {
    const missing = children.find((name) => record[name] === undefined);
    if (missing) throw incomplete(askedFor.query, phrase('ANSWER_INCOMPLETE.deal-without', { deal: String(record['Id']), missing }));
    return { ...record, ...Object.fromEntries(children.map((name) => [name, record[name] ?? []])) };
  });
}

function stillTooMuch(error: Failure, { objects }: Selection): Failure {
  const counts = objects.map(({ sobject, fields }) => `${sobject} ${fields.length}`).join(', ');
  const formulas = objects.flatMap(({ sobject, fields }) =>
    fields.filter((field) => field.calculated).map(({ name }) => `${sobject}.${name}`),
  );
  const before = wordsOf(error);
  const said =
    formulas.length > 0
      ? inWords('AS_SAID.salesforce-formulas', { before, formulas: shorten(formulas.slice(0, 20).join(', ')) })
      : inWords('AS_SAID.salesforce-fields', { before });
  return error.with({ ...said, code: error.code, value: `fields read: ${counts}` });
}
