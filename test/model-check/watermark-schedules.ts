import fc from 'fast-check';
import type { KantataApi, Params } from '../../connectors/kantata/wire.ts';
import { pollApprovedTime } from '../../connectors/kantata/approved-time-poll.ts';
import type { CodeDirectory } from '../../connectors/kantata/records/code-directory.ts';
import { parseEnvelope } from '../../connectors/kantata/wire/envelope.ts';
import type { Descriptions } from '../../connectors/salesforce-platform/query/describe.ts';
import { OpportunityPoll } from '../../connectors/salesforce/opportunity-poll.ts';
import type { SalesforceRest } from '../../connectors/salesforce-platform/wire.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { PollPage } from '../../model/operations.ts';
import { nameOf, ScriptedRecords, type Version } from './scripted-records.ts';

/** What happens while we poll: others save records, time passes, we read a page. */
export type Act = { save: number; lag: number; gone: boolean } | { wait: number } | { page: number };

export interface Schedule {
  /** true = hours may pass between two pages of one sweep (an outage); false = a sweep is read to its end before more than a second passes */
  outages: boolean;
  pageSize: number;
  acts: Act[];
}

/** A system under a poller: reads one page, and tells which versions were in it. */
export interface Polled {
  records: ScriptedRecords;
  /** seconds by which the clock in the answer may be wrong */
  page(cursor: Json | undefined, pageSize: number, skewSeconds: number): Promise<PollPage & { read: string[] }>;
}

const signal = new AbortController().signal;
const start = '2026-11-23T00:00:00Z';

/** Commits up to `mostLag` seconds after the stamp; up to four records, so that they meet often, or bulk changes in one second. */
export function schedules(mostLag: number, mostRecords: number, outages: boolean): fc.Arbitrary<Schedule> {
  const save = fc.record({
    save: fc.nat({ max: mostRecords - 1 }),
    lag: fc.oneof(fc.constant(0), fc.nat({ max: mostLag })),
    gone: fc.nat({ max: 5 }).map((n) => n === 0),
  });
  const wait = fc.record({ wait: fc.oneof(fc.constantFrom(0, 1), fc.nat({ max: 400 })) });
  const page = fc.record({ page: fc.integer({ min: -3, max: 3 }) });
  const acts = fc.array(fc.oneof({ weight: 5, arbitrary: save }, { weight: 2, arbitrary: wait }, { weight: 3, arbitrary: page }), {
    minLength: 5,
    maxLength: 60,
  });
  return fc.record({ outages: fc.constant(outages), pageSize: fc.integer({ min: 2, max: 5 }), acts });
}

/**
 * Plays a schedule. Whatever was in the list from well before a sweep (a poll read to its end) until after it must have
 * been read by then; and once all is quiet for longer than the overlap nothing is read again.
 */
export async function missedBy(polled: Polled, schedule: Schedule, quietSeconds: number): Promise<string | undefined> {
  const { records } = polled;
  const seen = new Set<string>();
  let cursor: Json | undefined;
  let sweep: { since: number; there: Version[]; pages: number } | undefined;
  const page = async (skew: number): Promise<{ events: number; done: boolean; missed?: string }> => {
    // clocks and stamps differ by some seconds: what was saved in the last ones may wait for the next sweep
    sweep ??= {
      since: records.now,
      there: records.list().filter(({ visibleAt, stamp }) => Math.max(visibleAt, stamp) < records.now - 8_000),
      pages: 0,
    };
    const { events, cursor: next, more, read } = await polled.page(cursor, schedule.pageSize, skew);
    for (const name of read) seen.add(name);
    cursor = JSON.parse(JSON.stringify(next)) as Json;
    sweep.pages++;
    if (sweep.pages > 4 * (200 + records.list().length))
      return { events: events.length, done: false, missed: 'the poll does not come to an end' };
    if (more) return { events: events.length, done: false };
    const now = new Set(records.list().map(nameOf));
    const missed = sweep.there.find((version) => now.has(nameOf(version)) && !seen.has(nameOf(version)));
    sweep = undefined;
    return {
      events: events.length,
      done: true,
      ...(missed ? { missed: `${nameOf(missed)} of ${new Date(missed.stamp).toISOString()} was not read` } : {}),
    };
  };
  for (const act of schedule.acts) {
    if ('save' in act) records.save(act.save, act.lag, act.gone);
    else if ('wait' in act) {
      for (let pages = 0; sweep && !schedule.outages && act.wait > 1 && pages < 1_000; pages++) {
        const { missed } = await page(0);
        if (missed) return missed;
      }
      records.wait(act.wait);
    } else {
      const { missed } = await page(act.page);
      if (missed) return missed;
    }
  }
  for (let pages = 0; sweep && !schedule.outages && pages < 1_000; pages++) {
    const { missed } = await page(0);
    if (missed) return missed;
  }
  let last = 0;
  for (let round = 0; round < 4; round++) {
    records.wait(quietSeconds);
    last = 0;
    for (let done = false; !done;) {
      const answer = await page(0);
      if (answer.missed) return answer.missed;
      last += answer.events;
      done = answer.done;
    }
  }
  const missed = records.list().find((version) => !seen.has(nameOf(version)));
  if (missed) return `${nameOf(missed)} was never read`;
  return last > mostReadAgain(records) ? `${last} events are read again and again although nothing changes` : undefined;
}

/** A floor that includes its own instant reads the entries of that one instant again; nothing older. */
function mostReadAgain(records: ScriptedRecords): number {
  const newest = records.list().at(-1)?.stamp;
  return records.list().filter(({ stamp }) => stamp === newest).length * 2;
}

/** Salesforce as the poller of opportunities sees it: SOQL windows by `SystemModstamp`, the clock in a header. */
export function polledSalesforce(overlapMinutes: number): Polled {
  const records = new ScriptedRecords();
  let skew = 0;
  let read: string[] = [];
  const answer = (soql: string) => {
    const part = (pattern: RegExp) => pattern.exec(soql)?.slice(1) ?? [];
    const [from = ''] = part(/SystemModstamp >= (\S+)/);
    const [to = ''] = part(/SystemModstamp < (\S+?)\)?(?: |$)/);
    const [after, lastId = ''] = part(/SystemModstamp = (\S+) AND Id > '(\w+)'/);
    const [limit = '2000'] = part(/LIMIT (\d+)/);
    const found = records.list().filter((version) => {
      const { stamp } = version;
      if (stamp < Date.parse(from) || stamp >= Date.parse(to)) return false;
      return !after || stamp > Date.parse(after) || (stamp === Date.parse(after) && idOf(version) > lastId);
    });
    if (soql.startsWith('SELECT COUNT()')) return { totalSize: found.length, done: true, records: [] };
    const page = found.slice(0, Number(limit));
    read.push(...page.map(nameOf));
    return { totalSize: page.length, done: true, records: page.map(opportunityOf) };
  };
  const rest = {
    apiVersion: '66.0',
    get: async (_path: string, params: { q: string }) => ({ body: answer(params.q) }),
    signedIn: async () => ({ orgId: '00D000000000001AAA' }),
  };
  const described = {
    name: 'Opportunity',
    fields: ['Id', 'SystemModstamp', 'LastStageChangeDate'].map((name) => ({ name, type: 'string' })),
    children: [],
  };
  const descriptions = { of: async () => described, forget: () => undefined };
  const clock = async () => new Date(Math.floor((records.now + skew * 1_000) / 1_000) * 1_000);
  const poll = new OpportunityPoll(rest as unknown as SalesforceRest, descriptions as unknown as Descriptions, clock);
  return {
    records,
    async page(cursor, pageSize, skewSeconds) {
      skew = skewSeconds;
      read = [];
      return { ...(await poll.page(cursor, { rule: 'won', since: start, pageSize, overlapMinutes }, signal)), read };
    },
  };
}

const idOf = ({ record }: Version) => `006${String(record).padStart(12, '0')}AAA`;
const opportunityOf = (version: Version) => {
  const stamp = new Date(version.stamp).toISOString().replace('Z', '+0000');
  return { Id: idOf(version), SystemModstamp: stamp, LastStageChangeDate: stamp };
};

/** Kantata as the poller of approved time sees it: `updated_after` leaves out its own instant, pages go by offset. */
export function polledKantata(): Polled {
  const records = new ScriptedRecords();
  let skew = 0;
  let read: string[] = [];
  const moving = new Set<string>();
  const api = {
    settings: { currency: 'EUR' },
    serverNow: () => new Date(Math.floor((records.now + skew * 1_000) / 1_000) * 1_000),
    page: async (_collection: string, params: Params) => {
      const after = params['updated_after'] === undefined ? Number.NEGATIVE_INFINITY : Date.parse(String(params['updated_after']));
      const found = records.list().filter(({ stamp }) => stamp > after);
      const offset = Number(params['offset']);
      const page = found.slice(offset, offset + Number(params['limit']));
      read.push(...page.map(nameOf));
      const results = page.map(({ record }) => ({ key: 'time_entries', id: String(record) }));
      const rows = Object.fromEntries(page.map((version) => [String(version.record), entryOf(version)]));
      return parseEnvelope({ count: found.length, results, time_entries: rows }, 'time_entries');
    },
  };
  const codes = { learn: async () => undefined, projectCode: () => undefined, taskCode: () => undefined };
  return {
    records,
    async page(cursor, pageSize, skewSeconds) {
      skew = skewSeconds;
      read = [];
      try {
        const parts = [api as unknown as KantataApi, codes as unknown as CodeDirectory] as const;
        const page = await pollApprovedTime(...parts, { stored: cursor, moving }, { since: start, pageSize }, signal);
        return { ...page, read };
      } catch (error) {
        // nothing is stored; the source asks again from the same place
        if (Failure.is(error) && error.code === 'LIST_INCOMPLETE') return { cursor: cursor as Json, more: false, events: [], read: [] };
        throw error;
      }
    },
  };
}

const entryOf = ({ record, number, stamp }: Version) => ({
  id: String(record),
  updated_at: new Date(stamp).toISOString().replace('.000Z', '+00:00'),
  date_performed: '2026-11-20',
  time_in_minutes: number,
  billable: true,
});
