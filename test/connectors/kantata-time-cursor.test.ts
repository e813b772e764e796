import 'should';
import fc from 'fast-check';
import { advance, overlapMs, parseCursor, questionOf, type ChangeCursor } from '../../connectors/kantata/records/change-cursor.ts';
import { pollApprovedTime } from '../../connectors/kantata/approved-time-poll.ts';
import type { CodeDirectory } from '../../connectors/kantata/records/code-directory.ts';
import type { KantataApi, Params } from '../../connectors/kantata/wire.ts';
import { parseEnvelope } from '../../connectors/kantata/wire/envelope.ts';
import type { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';

interface Entry {
  id: number;
  updatedAt: string;
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();

/** A list as Kantata answers it: exclusive `updated_after`, ordered by instant and then by id. */
function ask(entries: Entry[], question: ReturnType<typeof questionOf>): { entries: { id: string; updatedAt: string }[]; count: number } {
  const found = entries
    .filter((entry) => question.updated_after === undefined || entry.updatedAt > question.updated_after)
    .toSorted((left, right) => (left.updatedAt === right.updatedAt ? left.id - right.id : left.updatedAt < right.updatedAt ? -1 : 1));
  const page = found.slice(question.offset, question.offset + question.limit);
  return { entries: page.map((entry) => ({ id: String(entry.id), updatedAt: entry.updatedAt })), count: found.length };
}

/** Reads to the end; `between` happens after each page. The cursor passes through JSON, as it does in the store. */
function sweep(
  entries: Entry[],
  stored: Json | undefined,
  pageSize: number,
  now: Date,
  seen: Set<string>,
  between?: (page: number) => void,
) {
  let cursor = stored;
  for (let page = 1; ; page++) {
    if (page > 10_000) throw new Error('the poll does not come to an end');
    const parsed: ChangeCursor = parseCursor(cursor, undefined);
    const answer = ask(entries, questionOf(parsed, pageSize));
    for (const entry of answer.entries) seen.add(`${entry.id}@${entry.updatedAt}`);
    const next = advance(parsed, answer, now);
    cursor = JSON.parse(JSON.stringify(next.cursor)) as Json;
    if (!next.more && !next.moved) return { cursor, pages: page };
    between?.(page);
  }
}

describe('Kantata: the watermark of approved time', () => {
  it('reads 100,000 entries approved in one instant steadily, page by page', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => ({ id: index + 1, updatedAt: at(0) }));
    const seen = new Set<string>();
    let cursor: Json | undefined;
    let pages = 0;
    // sorting 100,000 entries for each page would measure the test, so the list is cut here by hand
    for (let more = true; more; pages++) {
      const parsed = parseCursor(cursor, undefined);
      const { offset, limit } = questionOf(parsed, 200);
      const page = entries.slice(offset, offset + limit).map((entry) => ({ id: String(entry.id), updatedAt: entry.updatedAt }));
      for (const entry of page) seen.add(entry.id);
      const next = advance(parsed, { entries: page, count: entries.length }, new Date(at(600)));
      cursor = JSON.parse(JSON.stringify(next.cursor)) as Json;
      more = next.more;
    }
    seen.size.should.equal(100_000);
    pages.should.be.belowOrEqual(503);
  });

  it('misses nothing when entries change while the list is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 2, max: 7 }),
        fc.array(fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 })), { maxLength: 6 }), { maxLength: 3 }),
        (seconds, pageSize, changes) => {
          const entries = seconds.map((second, index) => ({ id: index + 1, updatedAt: at(second) }));
          const seen = new Set<string>();
          let clock = 20;
          const queue = [...changes];
          const { cursor } = sweep(entries, undefined, pageSize, new Date(at(600)), seen, () => {
            for (const [which, later] of queue.shift() ?? []) {
              const entry = entries[which % entries.length];
              clock += later;
              if (entry) entry.updatedAt = at(clock);
            }
          });
          sweep(entries, cursor, pageSize, new Date(at(600)), seen);
          return entries.every((entry) => seen.has(`${entry.id}@${entry.updatedAt}`));
        },
      ),
      {
        numRuns: 500,
        // the anchor itself changed and came to the same place again
        examples: [
          [
            [5, 5, 4, 4],
            2,
            [
              [
                [3, 0],
                [2, 1],
                [0, 0],
              ],
            ],
          ],
        ],
      },
    );
  });

  it('reads again from the overlap, so that an approval that was committed late is found', () => {
    const now = new Date(at(300));
    const entries = [{ id: 1, updatedAt: at(299) }];
    const seen = new Set<string>();
    const { cursor } = sweep(entries, undefined, 50, now, seen);
    entries.push({ id: 2, updatedAt: at(250) });
    sweep(entries, cursor, 50, new Date(at(360)), seen);
    seen.has(`2@${at(250)}`).should.be.true();
  });

  it('never takes the watermark beyond the clock of Kantata', () => {
    const now = new Date(at(300));
    const { cursor } = sweep([{ id: 1, updatedAt: at(300 + 86_400) }], undefined, 50, now, new Set());
    (cursor as { floor: string }).floor.should.equal(new Date(now.getTime() - overlapMs).toISOString());
  });

  it('asks for nothing older than the start the analyst has set', () => {
    const question = questionOf(parseCursor(undefined, '2026-11-01'), 50);
    String(question.updated_after).should.equal('2026-10-31T23:59:59.999Z');
    const { cursor } = sweep(
      [],
      { offset: 0, restarts: 0, floor: '2026-11-01T00:00:00.000Z' },
      50,
      new Date('2026-11-01T00:00:10Z'),
      new Set(),
    );
    (cursor as { floor: string }).floor.should.equal('2026-11-01T00:00:00.000Z');
    const fresh = [{ id: 1, updatedAt: '2026-11-01T00:00:05.000Z' }];
    const after = sweep(
      fresh,
      { offset: 0, restarts: 0, floor: '2026-11-01T00:00:00.000Z' },
      50,
      new Date('2026-11-01T00:00:10Z'),
      new Set(),
    );
    (after.cursor as { floor: string }).floor.should.equal('2026-11-01T00:00:00.000Z');
  });

  it('reads a bulk approval again when entries left it meanwhile', () => {
    const entries = Array.from({ length: 9 }, (_, index) => ({ id: index + 1, updatedAt: at(0) }));
    const seen = new Set<string>();
    sweep(entries, undefined, 4, new Date(at(600)), seen, (page) => {
      if (page === 1) for (const entry of entries.slice(0, 3)) entry.updatedAt = at(5);
    });
    seen.size.should.equal(12);
  });

  it('never goes past ties that move at each reading: they are read until they stand still', () => {
    const entries = Array.from({ length: 40 }, (_, index) => ({ id: index + 1, updatedAt: at(0) }));
    const seen = new Set<string>();
    let moves = 0;
    const { cursor } = sweep(entries, undefined, 4, new Date(at(600)), seen, () => {
      const read = entries.find((entry) => entry.updatedAt === at(0) && seen.has(`${entry.id}@${at(0)}`));
      if (read && moves < 30) read.updatedAt = at(5 + moves++);
    });
    sweep(entries, cursor, 4, new Date(at(600)), seen);
    moves.should.equal(30);
    entries.filter((entry) => !seen.has(`${entry.id}@${entry.updatedAt}`)).should.deepEqual([]);
  });

  it('says that a list moves at each reading, stores no place in it, and begins it anew at the next look', async () => {
    const entries = Array.from({ length: 40 }, (_, index) => ({ id: index + 1, updatedAt: at(0) }));
    let moves = 0;
    const page = async (_collection: string, params: Params) => {
      const { updated_after, offset, limit } = params as { updated_after?: string; offset: number; limit: number };
      const answer = ask(entries, { ...(updated_after ? { updated_after } : {}), order: '', offset, limit });
      if (offset > 0 && moves < 12) entries[moves]!.updatedAt = at(5 + moves++);
      const row = ({ id, updatedAt }: { id: string; updatedAt: string }) => ({
        id,
        updated_at: updatedAt,
        date_performed: '2026-11-20',
        time_in_minutes: 60,
      });
      const results = answer.entries.map(({ id }) => ({ key: 'time_entries', id }));
      const rows = Object.fromEntries(answer.entries.map((entry) => [entry.id, row(entry)]));
      return parseEnvelope({ count: answer.count, results, time_entries: rows }, 'time_entries');
    };
    const api = { settings: { currency: 'EUR' }, serverNow: () => new Date(at(600)), page } as unknown as KantataApi;
    const codes = { learn: async () => undefined, projectCode: () => undefined, taskCode: () => undefined } as unknown as CodeDirectory;
    const moving = new Set<string>();
    const seen = new Set<string>();
    let stored: Json | undefined;
    let refused = 0;
    for (let more = true; more;) {
      try {
        const got = await pollApprovedTime(api, codes, { stored, moving }, { since: at(0), pageSize: 4 }, new AbortController().signal);
        for (const { key, time } of got.events) seen.add(`${key} ${time}`);
        [stored, more] = [got.cursor, got.more];
      } catch (error) {
        (error as Failure).code.should.equal('LIST_INCOMPLETE');
        (error as Failure).class.should.equal('transient.unavailable');
        refused++;
      }
    }
    refused.should.be.aboveOrEqual(1);
    moves.should.equal(12);
    seen.size.should.equal(52);
  });
});
