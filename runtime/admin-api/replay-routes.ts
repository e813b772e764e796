import type { RunId } from '../../engine/store/runs.ts';
import { Failure } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { outsideNumber } from '../../model/outside-number.ts';
import { compileExpression } from '../expressions/expression.ts';
import type { Pack } from '../pack.ts';
import type { Replayed } from './admin-api.generated.ts';
import { criteriaOf, criterion } from './run-criteria.ts';
import { asked, seesPersons } from './run-routes.ts';
import { reason, reasonIn } from './reason.ts';
import { unfitForRun } from './replayed-data.ts';
import { ApiProblem, type Call, mustBeAllowed, type Route, route } from './route.ts';
import { listOf, named, object, says, type Sentence, text } from './schema.ts';

/** Ids of one request; without a list all that match are taken. */
const mostRuns = 10_000;
/** So many replays are asked for at once. */
const sharing = 100;
const pace = inWords('API.pace');

export const replayRoutes: Route[] = [
  route('POST /replays', {
    permission: 'ps-connect.replay',
    summary: 'Delivers many dead letters again, in order of arrival.',
    body: object(
      {},
      {
        runs: listOf(text(), 'ids; absent = every dead letter that matches', {
          maxItems: mostRuns,
          'x-says': { type: says(inWords('API.runs')), maxItems: says(inWords('API.runs-most', { most: mostRuns })) },
        }),
        ...criteriaOf('dead-letters'),
        perMinute: {
          type: ['number', 'string', 'null'],
          description: 'deliver no more than so many a minute; absent = all at once',
          'x-says': { type: says(pace) },
        },
        correction: text(
          'needs `ps-connect.edit` too: JSONata that makes of each event’s data the corrected data, such as $ ~> |resource|{"email": "new@firm.example"}|',
          { 'x-says': { type: says(inWords('API.correction')) } },
        ),
        reason,
      },
    ),
    answer: named('Replayed'),
    handle: replayMany,
  }),
];

type Many = Call<'POST /replays'>;
type NotCorrected = Replayed['notCorrected'][number];

async function replayMany(call: Many): Promise<Replayed> {
  const { pack, body, actor, signal } = call;
  const { engine } = pack;
  if (body.correction) mustBeAllowed(call, 'ps-connect.edit');
  const correct = correctionIn(body, signal);
  const aMinute = paceIn(body);
  const wanted = body.runs ? await inOrder(pack, body.runs) : await matching(call);
  const from = engine.clock.now();
  const notCorrected: NotCorrected[] = [];
  let replayed = 0;
  const replay = async (id: RunId): Promise<void> => {
    const edited = correct ? await corrected(pack, id, correct) : {};
    if ('message' in edited) {
      notCorrected.push(edited);
      return;
    }
    const at = aMinute > 0 ? { at: Math.round(from + (replayed * 60_000) / aMinute) } : {};
    if (await engine.store.replay(id, { actor, ...reasonIn(body), ...edited, ...at }, engine.clock.now())) replayed++;
  };
  // several share a commit, in their order; one that is corrected or has its place in a pace waits for the one before
  const together = correct || aMinute > 0 ? 1 : sharing;
  for (let begin = 0; begin < wanted.length; begin += together) {
    signal.throwIfAborted(); // nobody waits for the rest
    await Promise.all(wanted.slice(begin, begin + together).map(replay));
  }
  engine.wake();
  engine.emit('changed');
  return { replayed, notDead: wanted.length - replayed - notCorrected.length, notCorrected };
}

/** Runs a minute; 0 = all at once. One that is too slow would put a run off for ever. */
function paceIn({ perMinute }: Many['body']): number {
  if (perMinute === undefined || perMinute === null || perMinute === '') return 0;
  const aMinute = outsideNumber(perMinute, { least: 0, most: 100_000 });
  if (aMinute === undefined || (aMinute > 0 && aMinute < 0.01)) throw new ApiProblem(400, pace);
  return aMinute;
}

type Correction = (data: Json) => Promise<Json | undefined>;

function correctionIn({ correction }: Many['body'], signal: AbortSignal): Correction | undefined {
  if (!correction) return undefined;
  try {
    const expression = compileExpression(correction, { field: 'correction' });
    return (data) => expression.evaluate(data, signal);
  } catch (error) {
    if (Failure.is(error)) throw new ApiProblem(400, error);
    throw new ApiProblem(400, inWords('API.correction-unreadable', { said: (error as Error).message }));
  }
}

/** The corrected data of one dead letter, or why there is none: it stays a dead letter then. */
async function corrected(pack: Pack, id: string, correct: Correction): Promise<{ data?: Json } | NotCorrected> {
  const run = await pack.engine.store.run(id);
  if (run?.status !== 'dead') return {};
  const said = ({ message, words }: Sentence): NotCorrected => ({
    run: id,
    subject: run.event.subject,
    message,
    ...(words ? { words } : {}),
  });
  try {
    const data = await correct(run.event.data);
    if (data === undefined) return said(inWords('API.correction-nothing'));
    const unfit = unfitForRun(run, data);
    return unfit ? said(inWords('API.correction-unfit', { unfit: wordsOf(unfit) })) : { data };
  } catch (error) {
    return said(Failure.is(error) ? error : { message: (error as Error).message });
  }
}

/**
 * In order of arrival, so that a pace does not turn the order of a key round. Each once, however often it was named: one that fails again meanwhile is not
 * replayed again.
 */
async function inOrder(pack: Pack, given: string[]): Promise<string[]> {
  const ids = [...new Set(given)];
  const runs = await pack.engine.store.runs({ ids, limit: ids.length, dataUpTo: 0 });
  const place = new Map(runs.map((run) => [run.id, run.seq]));
  return ids.toSorted((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
}

/** Ids of all matching dead letters, oldest first. */
async function matching({ pack, body, signal, caller }: Many): Promise<string[]> {
  const found: string[] = [];
  const wanted = criterion('dead-letters', body) ?? (() => true);
  const persons = body.search && seesPersons(caller) ? { searchPersons: true } : {};
  for (let before: number | undefined; ;) {
    signal.throwIfAborted();
    const from = before === undefined ? {} : { before };
    const page = await pack.engine.store.runs({ ...asked('dead-letters', { ...body, ...from, limit: 500 }), ...persons, dataUpTo: 0 });
    found.push(...page.filter(wanted).map((run) => run.id));
    if (page.length < 500) return found.reverse();
    before = page.at(-1)?.seq;
  }
}
