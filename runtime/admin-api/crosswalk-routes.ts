import type { Clock } from '../../engine/clock.ts';
import type { CrosswalkChanged as Changes, CrosswalkRow } from '../../engine/store/crosswalk.ts';
import { isCalendarDate } from '../../model/calendar-date.ts';
import { type CrosswalkEntry, entryIssues } from '../../model/crosswalk-entry.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { type FailureText, inWords, wordsOf } from '../../model/failure-words.ts';
import { redact, redactText } from '../../model/redact.ts';
import { mostUnmapped, releaseMapped, unmappedSeen } from '../mapped-runs.ts';
import type { Pack } from '../pack.ts';
import { aboutRuns } from './about-runs.ts';
import type { CrosswalkChanged } from './admin-api.generated.ts';
import { changesIn, crosswalkCsv, type CsvChange, type CsvTrouble, isEntryId } from './crosswalk-csv.ts';
import { inLine, problemWords } from './crosswalk-problems.ts';
import { neededReason } from './reason.ts';
import { ApiProblem, type Call, type Route, route } from './route.ts';
import { flag, limit, listOf, named, object, says, text, wholeNumber } from './schema.ts';

/** of one request, and of one file */
const mostChanges = 5_000;
/** as long as an answer waits for the runs that go on */
const longestMs = 5_000;
/** of a refusal: a trial tells all */
const mostTold = 20;

const reason = neededReason('why, for the history and the journal', says(inWords('API.crosswalk-reason')));
const ofTable = text('name of the map; absent = all');
const dryRun = flag('tells what would come of it, and changes nothing');
const entry = object(
  { table: text(), from: text('system, * = whichever'), value: text(), to: text('system, * = whichever'), target: text() },
  { validFrom: text('first day, YYYY-MM-DD; absent = always has'), validTo: text('last day, YYYY-MM-DD; absent = until further notice') },
);
const problems = {
  409: 'An entry was changed meanwhile, there is one for the same words on the same day, or for words that a person takes for the same; nothing was changed',
};

export const crosswalkRoutes: Route[] = [
  route('GET /crosswalk', {
    permission: 'ps-connect.read',
    summary: 'The maps of the crosswalk, with how many entries each has.',
    answer: listOf(object({ table: text(), rows: wholeNumber() })),
    handle: ({ pack }) => pack.engine.store.crosswalkTables(),
  }),
  route('GET /crosswalk/rows', {
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary: 'Entries as they stand, by map, value, systems and first day.',
    query: object(
      {},
      {
        table: ofTable,
        from: text('system, as it is written'),
        to: text('system, as it is written'),
        search: text('part of value or target'),
        on: text('those that hold on this day, YYYY-MM-DD'),
        after: text('id of the last entry of the page before'),
        limit: limit(100, 500),
      },
    ),
    answer: listOf(named('CrosswalkRow')),
    problems: { 404: 'There is no such entry' },
    async handle({ pack, caller, parameters: { on, after, limit: most, ...filter } }) {
      if (on !== undefined && !isCalendarDate(on)) throw new ApiProblem(400, inWords('CROSSWALK_UNFIT.day', { field: 'on' }));
      if (after !== undefined) await historyOf(pack, after);
      // who sees no persons finds none by a part of an address either
      const finds = filter.search && !caller.may.includes('ps-connect.edit') ? hidesNothing : () => true;
      const found: CrosswalkRow[] = [];
      for (let from = after; ;) {
        const page = await pack.engine.store.crosswalkRows({
          ...filter,
          ...(on === undefined ? {} : { on }),
          ...(from === undefined ? {} : { after: from }),
          limit: most,
        });
        found.push(...page.filter(finds));
        if (page.length < most || found.length >= most) return found.slice(0, most);
        from = page.at(-1)?.id;
      }
    },
  }),
  route('GET /crosswalk/rows/:id/history', {
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary: 'All states of an entry, the first one first: who changed it, when and why. One that was taken out has them, too.',
    parameters: { id: text('id of the entry') },
    answer: listOf(named('CrosswalkRow')),
    problems: { 404: 'There is no such entry' },
    handle: ({ pack, parameters: { id } }) => historyOf(pack, id),
  }),
  route('GET /crosswalk/unmapped', {
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary: 'What dead letters found no entry for, once for all of them, what most wait for first.',
    query: object({}, { limit: limit(100, mostUnmapped) }),
    answer: listOf(named('Unmapped')),
    async handle({ pack, parameters }) {
      const found = await unmappedSeen(pack.engine, parameters.limit);
      return aboutRuns(
        pack,
        found.map((one) => ({ ...one })),
        ({ run }) => run,
      );
    },
  }),
  route('POST /crosswalk/changes', {
    permission: 'ps-connect.map',
    summary: 'Adds, changes, ends and takes out entries: all or none. Runs that waited for what is there now go on.',
    body: object(
      {
        changes: listOf(
          object({}, { id: text(), version: wholeNumber('the one that was seen'), entry }),
          '`entry` adds one, with `id` and `version` it changes that one; these alone take it out',
          {
            minItems: 1,
            maxItems: mostChanges,
            'x-says': { maxItems: says(inWords('API.crosswalk-most', { most: { count: mostChanges } })) },
          },
        ),
        reason,
      },
      { dryRun },
    ),
    answer: named('CrosswalkChanged'),
    problems,
    handle(call) {
      const changes = call.body.changes.map((change, index): CsvChange => ({ line: index + 1, change: change }));
      const whole = changes.filter(
        ({ change: { id, version, entry: written } }) =>
          (id === undefined) === (version === undefined) && (id !== undefined || written !== undefined) && isEntryId(id ?? ''),
      );
      const troubles = changes
        .filter((change) => !whole.includes(change))
        .map(({ line }): CsvTrouble => ({ line, said: inWords('CSV_UNREADABLE.version') }));
      return make(call, { changes: whole, troubles });
    },
  }),
  route('GET /crosswalk/csv', {
    permission: 'ps-connect.read',
    persons: 'masked-in-parts', // for who may not edit
    summary:
      'A map as CSV (RFC 4180), or all of them; the map `ownership` alone has the columns object, field, owner, to: what a spreadsheet would take for a formula begins with an apostrophe, which is taken away when it is read.',
    query: object({}, { table: ofTable }),
    answer: object({ csv: text() }),
    async handle({ pack, parameters: { table }, caller, signal }) {
      const mask = (all: CrosswalkRow[]) => (caller.may.includes('ps-connect.edit') ? all : (redact(all) as CrosswalkRow[]));
      const rows: CrosswalkRow[] = [];
      for (let after: string | undefined; ;) {
        signal.throwIfAborted();
        const filter = { ...(table === undefined ? {} : { table }), ...(after === undefined ? {} : { after }) };
        const page = await pack.engine.store.crosswalkRows({ ...filter, limit: 500 });
        rows.push(...mask(page));
        if (page.length < 500) return { csv: crosswalkCsv(rows, table) };
        after = page.at(-1)?.id;
      }
    },
  }),
  route('POST /crosswalk/csv', {
    permission: 'ps-connect.map',
    summary: 'Takes a file as it was given out, with changed and added lines: all or nothing. What is not in it stays as it is.',
    body: object(
      {
        csv: text(
          'columns table, from, value, to, target, validFrom, validTo; of owners object, field, owner, to, validFrom, validTo; id and version of entries that are there',
        ),
        reason,
      },
      { dryRun },
    ),
    answer: named('CrosswalkChanged'),
    problems,
    handle(call) {
      const read = changesIn(call.body.csv);
      if (read.changes.length > mostChanges) throw new ApiProblem(400, inWords('API.crosswalk-most', { most: { count: mostChanges } }));
      return make(call, read);
    },
  }),
];

const hidesNothing = ({ value, target }: CrosswalkRow) => [value, target].every((one) => redactText(one) === one);

async function historyOf({ engine }: Pack, id: string): Promise<CrosswalkRow[]> {
  const states = await engine.store.crosswalkHistory(id);
  if (states.length === 0) throw new ApiProblem(404, inWords('API.no-crosswalk-row'));
  return states;
}

type Making = Pick<Call<'POST /crosswalk/changes' | 'POST /crosswalk/csv'>, 'pack' | 'actor' | 'body'>;

async function make(
  { pack, actor, body }: Making,
  { changes: given, troubles }: { changes: CsvChange[]; troubles: CsvTrouble[] },
): Promise<CrosswalkChanged> {
  const { engine } = pack;
  const unfit = [...troubles, ...given.flatMap(({ line, change }) => issuesOf(line, change.entry))];
  // the store sees only what it could keep
  const changes = given.filter(({ line }) => !unfit.some((one) => one.line === line));
  const isTrial = body.dryRun === true || unfit.length > 0;
  const changed = await engine.store.changeCrosswalk(
    changes.map(({ change }) => change),
    { actor, reason: body.reason, dryRun: isTrial },
    engine.clock.now(),
  );
  const lineOf = (change: number) => changes[change]?.line ?? 0;
  const kept = changed.problems.map((problem): CsvTrouble => ({ line: lineOf(problem.change), said: problemWords(problem) }));
  const told = [...unfit, ...kept].toSorted((one, other) => one.line - other.line);
  if (body.dryRun !== true && told.length > 0)
    throw new ApiProblem(unfit.length > 0 ? 400 : 409, refusal(told, given.length + troubles.length > 1 || 'csv' in body));
  if (body.dryRun === true) return answer(changed, told, lineOf);
  engine.emit('changed');
  // what is changed stays so, whatever comes of this: who waits is looked for again. Of very many runs nobody waits for the last
  const released = await withinTime(engine.clock, releaseMapped(engine)).catch(() => undefined);
  return { ...answer(changed, told, lineOf), ...(released === undefined ? {} : { released }) };
}

/** Undefined where it takes too long to wait for. */
function withinTime<T>(clock: Clock, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(longestMs, () => resolve(undefined));
    work.finally(cancel).then(resolve, reject);
  });
}

const answer = (
  { states, added, changed, removed, same }: Changes,
  told: readonly CsvTrouble[],
  lineOf: (change: number) => number,
): CrosswalkChanged => ({
  changes: told.length > 0 ? [] : states.map(({ change, ...state }) => ({ line: lineOf(change), ...state })),
  ...(told.length > 0 ? { added: 0, changed: 0, removed: 0, same: 0 } : { added, changed, removed, same }),
  problems: told.map(({ line, said: { message, remedy = '', words } }) => ({ line, message, remedy, ...(words ? { words } : {}) })),
});

const issuesOf = (line: number, written: CrosswalkEntry | undefined): CsvTrouble[] =>
  written ? entryIssues(written).map((said) => ({ line, said })) : [];

/** Of a single change nobody asks in which line it stood. */
function refusal(told: readonly CsvTrouble[], named: boolean): FailureText {
  const parts = told.slice(0, mostTold).map(({ line, said }) => wordsOf(named ? inLine(line, said) : said));
  const more = told.length - parts.length;
  const lines: Param = { join: 'LIST_SENTENCES', parts };
  return more > 0 ? inWords('API.crosswalk-refused.more', { lines, more: { count: more } }) : inWords('API.crosswalk-refused', { lines });
}
