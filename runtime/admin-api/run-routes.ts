import { soughtBy, soughtLines } from '../../engine/sought.ts';
import type { Run, RunFilter, RunStatus } from '../../engine/store/runs.ts';
import { pauses } from '../../engine/turns.ts';
import { type FailureText, inWords, wordsOf } from '../../model/failure-words.ts';
import { type CorrectionForm, correctionForm } from '../../model/correction-form.ts';
import type { Json } from '../../model/json.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { concerning, redact } from '../../model/redact.ts';
import { runFactsIn } from '../../model/run-facts.ts';
import type { Pack } from '../pack.ts';
import { eventOf, listedData } from './about-runs.ts';
import type { Done, RunDetails, RunRow } from './admin-api.generated.ts';
import type { Caller } from './caller.ts';
import { reason, reasonIn } from './reason.ts';
import { runAbout } from './run-about.ts';
import { criteriaOf, criteriaOfStore, criterion, type Listed, type RunCriteria } from './run-criteria.ts';
import { beganAsMessage, unfitForRun } from './replayed-data.ts';
import { withLinks } from './record-links.ts';
import { ApiProblem, type Call, mustBeAllowed, type Route, route } from './route.ts';
import { type Fields, json, limit, listOf, named, object, place, says, text } from './schema.ts';
import { runStatuses } from './schemas/run-schemas.ts';
import { isWithoutEntry } from './without-entry.ts';

const ofRun: Fields = { id: text('run id') };
const page: Fields = {
  before: place('seq of the last run of the page before'),
  limit: limit(50, 500),
};
/** Failed attempts, and lines of the journal, that are shown with one run: one that waits for weeks has thousands. */
const mostOfPast = 500;
const anyOfThem = runStatuses.join('|');
const statuses = runStatuses.join(', ');
const personsSaid = 'Personal data is masked; who has `ps-connect.edit` is told the person whom each is about.';

export const statusesAsked = text(`one or more of ${statuses}, with commas`, {
  pattern: `^(${anyOfThem})(,(${anyOfThem}))*$`,
  'x-says': { pattern: says(inWords('API.status', { statuses })) },
});
export const statusesIn = (asked: string): RunStatus[] => asked.split(',') as RunStatus[];

export const runRoutes: Route[] = [
  route('GET /runs', {
    permission: 'ps-connect.read',
    persons: 'told-to-editors-in-parts',
    summary: `Runs, newest first, without their events. ${personsSaid}`,
    query: object(
      {},
      {
        status: statusesAsked,
        entry: text('node id'),
        ...page,
        ...criteriaOf('runs'),
      },
    ),
    answer: listOf(named('RunRow')),
    handle: ({ parameters: { status, ...asked }, ...call }) =>
      shown(call, 'runs', { ...asked, ...(status ? { status: statusesIn(status) } : {}) }),
  }),
  route('GET /runs/:id', {
    permission: 'ps-connect.read',
    summary: 'One run with its effects, failed attempts and journal; personal data is masked.',
    parameters: ofRun,
    answer: named('RunDetails'),
    problems: { 404: 'There is no such run' },
    handle: ({ pack, parameters }) => details(pack, parameters.id),
  }),
  route('POST /runs/:id/cancel', {
    permission: 'ps-connect.replay',
    summary: 'Ends an open run for good: one that waits, is to be delivered or is under way. What it has written stays.',
    parameters: ofRun,
    body: object({}, { reason }),
    answer: named('Done'),
    problems: { 409: 'The run has ended already' },
    handle: async ({ pack, parameters, body, actor }) =>
      changed(await pack.engine.cancel(parameters.id, { actor, ...reasonIn(body) }), pack, inWords('API.run-ended')),
  }),
  route('POST /runs/:id/wake', {
    permission: 'ps-connect.replay',
    summary: 'Delivers a run that waits at once: it is tried again, or looks again whether its moment has come.',
    parameters: ofRun,
    body: object({}, { reason }),
    answer: named('Done'),
    problems: { 409: 'The run does not wait' },
    handle: wake,
  }),
  route('GET /dead-letters', {
    permission: 'ps-connect.read',
    persons: 'told-to-editors-in-parts',
    summary: `Runs that need a person, newest first. ${personsSaid}`,
    query: object({}, { ...page, ...criteriaOf('dead-letters') }),
    answer: listOf(named('RunRow')),
    handle: ({ parameters, ...call }) => shown(call, 'dead-letters', parameters),
  }),
  route('GET /dead-letters/:id', {
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary:
      'One dead letter, whole: event, failure, remedy, effects so far, attempts, journal, and for who has `ps-connect.edit` a form to correct it by; for others personal data is masked.',
    parameters: ofRun,
    answer: named('RunDetails'),
    problems: { 404: 'There is no such run' },
    handle: async ({ pack, parameters, caller }) => {
      const whole = await details(pack, parameters.id);
      return whole.run.status === 'dead' && caller.may.includes('ps-connect.edit') ? { ...whole, form: formOf(whole.run as Run) } : whole;
    },
  }),
  route('POST /dead-letters/:id/replay', {
    permission: 'ps-connect.replay',
    summary: 'Delivers a dead letter again; effects already made stay made.',
    parameters: ofRun,
    body: object({}, { data: json('the event data as edited (needs `ps-connect.edit` too); absent = as it was'), reason }),
    answer: named('Done'),
    problems: { 409: 'This run is not a dead letter, or its writes are being undone' },
    handle: async (call) => {
      const { pack, parameters, body, actor } = call;
      if ('data' in body) mustBeAllowed(call, 'ps-connect.edit');
      const edited = 'data' in body ? { data: body.data as Json } : {};
      const run = 'data' in edited ? await pack.engine.store.run(parameters.id) : undefined;
      const unfit = run?.status === 'dead' ? unfitForRun(run, edited.data!) : undefined;
      if (unfit) throw new ApiProblem(400, inWords('API.unchanged', { why: wordsOf(unfit) }));
      const act = { actor, ...reasonIn(body), ...edited };
      return changed(await pack.engine.store.replay(parameters.id, act, pack.clock.now()), pack, inWords('API.not-dead-or-undone'));
    },
  }),
  route('POST /dead-letters/:id/discard', {
    permission: 'ps-connect.replay',
    summary: 'Ends a dead letter as cancelled.',
    parameters: ofRun,
    body: object({}, { reason }),
    answer: named('Done'),
    problems: { 409: 'This run is not a dead letter' },
    handle: async ({ pack, parameters, body, actor }) =>
      changed(
        await pack.engine.store.discard(parameters.id, { actor, ...reasonIn(body) }, pack.clock.now()),
        pack,
        inWords('API.not-dead'),
      ),
  }),
  route('POST /dead-letters/:id/compensate', {
    permission: 'ps-connect.replay',
    summary: 'Takes back what a dead letter has written, the newest first, and ends it; what cannot be undone is a dead letter again.',
    parameters: ofRun,
    body: object({}, { reason }),
    answer: named('Done'),
    problems: { 409: 'This run is not a dead letter' },
    handle: async ({ pack, parameters: { id }, body, actor }) => {
      if ((await pack.engine.store.run(id))?.status !== 'dead') throw new ApiProblem(409, inWords('API.not-dead'));
      const act = { actor, ...reasonIn(body) };
      return changed(await pack.engine.store.compensate(id, act, pack.engine.clock.now()), pack, inWords('API.not-dead'));
    },
  }),
];

async function wake({ pack, parameters: { id }, body, actor }: Call<'POST /runs/:id/wake'>): Promise<Done> {
  const { engine } = pack;
  const now = engine.clock.now();
  if ((await engine.store.run(id))?.status !== 'waiting' || !(await engine.store.rouse(id, now)))
    throw new ApiProblem(409, inWords('API.run-not-waiting'));
  await engine.store.note({ actor, action: 'run.woken', subject: id, detail: { reason: reasonIn(body).reason ?? null } }, now);
  return changed(true, pack, inWords('API.run-not-waiting'));
}

export type Asked = RunCriteria & Pick<RunFilter, 'entry' | 'flow' | 'engagement' | 'search' | 'before' | 'limit'>;

/** Of what a list is asked for, what the store looks for. */
export const asked = (listed: Listed, { entry, flow, engagement, search, before, limit: most, ...criteria }: Asked): RunFilter => ({
  ...(entry === undefined ? {} : { entry }),
  ...(flow === undefined ? {} : { flow }),
  ...(engagement === undefined ? {} : { engagement }),
  ...(search === undefined ? {} : { search }),
  ...(before === undefined ? {} : { before }),
  ...criteriaOfStore(listed, criteria),
  limit: most,
});

/** A list as the caller may see it. Whom a run is about is told apart from all that is masked. */
async function shown(call: ListCall, listed: Listed, parameters: Asked): Promise<RunRow[]> {
  const found = await find(call, asked(listed, parameters), criterion(listed, parameters));
  const pause = pauses(1);
  const rows: RunRow[] = [];
  for (const { row, run } of found) {
    const masked = redact(knownSecrets.withoutIn(row)) as RunRow;
    const [person] = seesPersons(call.caller) ? runFactsIn(run.event.data).persons : [];
    rows.push(person === undefined ? masked : { ...masked, about: { ...masked.about, person } });
    const turn = pause();
    if (turn) await turn;
  }
  return rows;
}

/** so many are looked through at a time where few of them may be wanted */
const lookedThrough = 500;

type ListCall = Pick<Call, 'pack' | 'caller' | 'signal'>;

/** @param wanted those of them alone */
export async function list(call: ListCall, filter: RunFilter, wanted?: (run: Run) => boolean): Promise<RunRow[]> {
  return (await find(call, filter, wanted)).map(({ row }) => row);
}

async function find(
  { pack, caller, signal }: ListCall,
  filter: RunFilter,
  wanted?: (run: Run) => boolean,
): Promise<{ run: Run; row: RunRow }[]> {
  const { store } = pack.engine;
  const found: { run: Run; row: RunRow }[] = [];
  const most = wanted ? Math.max(filter.limit, lookedThrough) : filter.limit;
  const persons = filter.search && seesPersons(caller) ? { searchPersons: true } : {};
  for (let { before } = filter; found.length < filter.limit;) {
    signal.throwIfAborted(); // nobody waits for the rest
    const from = before === undefined ? {} : { before };
    const page = await store.runs({ ...filter, ...from, ...persons, limit: most, dataUpTo: wanted ? 0 : listedData });
    const runs = wanted ? await withData(pack, page.filter(wanted)) : page;
    found.push(...runs.map((run) => ({ run, row: rowOf(pack, run) })).filter(({ row }) => mayBeFoundBy(caller, filter.search, row)));
    before = page.at(-1)?.seq;
    if (page.length < most) break;
  }
  return found.slice(0, filter.limit);
}

async function withData(pack: Pack, runs: Run[]): Promise<Run[]> {
  if (runs.length === 0) return [];
  return pack.engine.store.runs({ ids: runs.map(({ id }) => id), limit: runs.length, dataUpTo: listedData });
}

function rowOf(pack: Pack, run: Run): RunRow {
  const { event, dataLeftOut: _large, ...rest } = run;
  const { data: _data, ...head } = event;
  const about = runAbout(run, pack.RED.nodes.getNode(run.entry));
  const shown = { ...rest, event: head, about, at: pack.engine.active.get(run.id)?.at() ?? [], ...withoutEntry(pack, run) };
  // only a sentence, or a client who is one, can name a person whom the data names
  return run.failure || run.waitingFor || about.client || head.subject.includes(' ') ? concerning(shown, eventOf(run)) : shown;
}

const withoutEntry = (pack: Pack, run: Run) => (isWithoutEntry(pack, run) ? { withoutEntry: true } : {});

export const seesPersons = ({ may }: Pick<Caller, 'may'>): boolean => may.includes('ps-connect.edit');

/**
 * Whoever does not see persons finds a run by what is shown of it, or by the whole of its business id or key: else the letters that are
 * masked could be guessed one after the other.
 */
function mayBeFoundBy(caller: Caller, search: string | undefined, row: RunRow): boolean {
  if (!search || seesPersons(caller)) return true;
  const wanted = search.toLowerCase();
  return [row.id, row.event.subject, row.event.key].some((whole) => whole.toLowerCase() === wanted) || isShownIn(row, search);
}

function isShownIn(row: RunRow, search: string): boolean {
  const { event, about } = redact(row) as RunRow;
  const told = soughtLines(event.subject, event.key, about);
  return soughtBy(search).some((text) => told.includes(text));
}

/** Whether everybody who may see runs finds one by this: then it says nothing that they may not see. */
export async function isFoundByAll({ pack, signal }: Pick<ListCall, 'pack' | 'signal'>, search: string): Promise<boolean> {
  signal.throwIfAborted();
  const runs = await pack.engine.store.runs({ search, limit: lookedThrough, dataUpTo: listedData });
  return runs.some((run) => isShownIn(rowOf(pack, run), search));
}

async function details(pack: Pack, id: string): Promise<RunDetails> {
  const { store } = pack.engine;
  const run = await store.run(id);
  if (!run) throw new ApiProblem(404, inWords('API.no-run'));
  const [effects, attempts, journal] = await Promise.all([
    store.effects(id),
    store.failedAttempts(id, mostOfPast + 1),
    store.journal({ subject: id, limit: mostOfPast + 1, newest: true }),
  ]);
  const older = {
    ...(attempts.length > mostOfPast ? { olderAttempts: true } : {}),
    ...(journal.length > mostOfPast ? { olderJournal: true } : {}),
  };
  const about = runAbout(run, pack.RED.nodes.getNode(run.entry));
  const at = pack.engine.active.get(id)?.at() ?? [];
  // what has no end comes last: of very much the rest is left out where it is masked
  const { event, ...rest } = run;
  const { data, ...head } = event;
  const past = { ...older, journal: journal.slice(-mostOfPast), attempts: attempts.slice(-mostOfPast) };
  return { about, at, ...withoutEntry(pack, run), ...past, effects: withLinks(pack, effects), run: { ...rest, event: { ...head, data } } };
}

function formOf(run: Run): CorrectionForm {
  const { field, issues = [] } = run.failure ?? {};
  const named = [field, ...issues.map((issue) => issue.field)].filter((one) => one !== undefined);
  return correctionForm(run.event.data, beganAsMessage(run) ? ['payload'] : [], named);
}

function changed(done: boolean, pack: Pack, otherwise: FailureText): Done {
  if (!done) throw new ApiProblem(409, otherwise);
  pack.engine.wake();
  pack.engine.emit('changed');
  return { ok: true };
}
