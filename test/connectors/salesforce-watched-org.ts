import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { Json } from '../../model/json.ts';
import type { OpportunityRule, SourceEvent } from '../../model/operations.ts';
import { type ScriptedAnswer, ScriptedOrg, type ScriptedRequest, settings } from './salesforce-scripted-org.ts';

export interface Row {
  Id: string;
  SystemModstamp: string;
  LastStageChangeDate?: string | null;
  [name: string]: unknown;
}

export const signal = new AbortController().signal;
export const id = (number: number) => `006${String(number).padStart(12, '0')}AAA`;
export const stamp = (time: string) => `2026-11-23T${time}.000+0000`;
export const row = (number: number, time: string, more: Record<string, unknown> = {}): Row => ({
  attributes: { type: 'Opportunity', url: '/x' },
  Id: id(number),
  Engagement_Code__c: `ENG-${number}`,
  SystemModstamp: stamp(time),
  LastStageChangeDate: stamp('08:00:00'),
  CreatedDate: stamp('07:00:00'),
  ...more,
});

const instant = (text: string) => Date.parse(text.replace('+0000', 'Z'));

/** Answers the poll's query from rows: its window, its tie-break and its limit, read out of the text. */
export function rowsFor(soql: string, rows: Row[]): Row[] {
  const part = (pattern: RegExp) => pattern.exec(soql)?.slice(1) ?? [];
  const [from = ''] = part(/SystemModstamp >= (\S+)/);
  const [to = ''] = part(/SystemModstamp < (\S+?)\)? /);
  const [after, lastId = ''] = part(/SystemModstamp = (\S+) AND Id > '(\w+)'/);
  const [limit = '2000'] = part(/LIMIT (\d+)/);
  return rows
    .filter((item) => instant(item.SystemModstamp) >= Date.parse(from) && instant(item.SystemModstamp) < Date.parse(to))
    .filter((item) => {
      if (!after) return true;
      const time = instant(item.SystemModstamp);
      return time > Date.parse(after) || (time === Date.parse(after) && item.Id > lastId);
    })
    .sort((left, right) => instant(left.SystemModstamp) - instant(right.SystemModstamp) || (left.Id < right.Id ? -1 : 1))
    .slice(0, Number(limit));
}

export const since = '2026-11-23T00:00:00Z';

/** An org that is watched for won deals: its rows, and what a test says beside them. */
export class WatchedOrg extends ScriptedOrg {
  rows: Row[] = [];
  special: ((request: ScriptedRequest) => ScriptedAnswer | undefined) | undefined;

  constructor() {
    super((request, org) => (org as WatchedOrg).special?.(request) ?? (org as WatchedOrg).rowsAsked(request));
  }

  private rowsAsked(request: ScriptedRequest): ScriptedAnswer | undefined {
    const soql = request.query.get('q');
    if (request.path !== '/services/data/v66.0/query' || !soql) return undefined;
    const found = rowsFor(`${soql} `, this.rows);
    if (soql.startsWith('SELECT COUNT()')) return { body: { totalSize: found.length, done: true, records: [] } };
    return { body: { totalSize: found.length, done: true, records: found } };
  }

  async readAll(options: { pageSize?: number; overlapMinutes?: number; cursor?: Json; rule?: OpportunityRule } = {}) {
    const connector = createSalesforce(settings(this));
    const events: SourceEvent[] = [];
    let cursor = options.cursor;
    let pages = 0;
    let passedOver = 0;
    for (let more = true; more && pages < 50; pages++) {
      const page = await connector.operations['opportunity.poll'](cursor, { rule: 'won', since, ...options }, signal);
      events.push(...page.events);
      passedOver += page.passedOver ?? 0;
      // as the store would keep it
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
      more = page.more;
    }
    return { events, cursor, pages, passedOver };
  }
}
