import type { RunId } from '../../engine/store/runs.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { outsideNumber } from '../../model/outside-number.ts';
import { obstacleIn } from '../../model/storable.ts';
import { compileExpression } from '../expressions/expression.ts';
import type { Pack } from '../pack.ts';
import { ApiProblem, type Call, mustBeAllowed, type Route, reasonIn } from './route.ts';

export const replayRoutes: Route[] = [
  {
    method: 'post',
    path: '/replays',
    permission: 'ps-connect.replay',
    summary: 'Delivers many dead letters again, in order of arrival.',
    body: {
      runs: 'ids; absent = every dead letter that matches',
      search: 'part of the business id',
      code: 'failure code',
      perMinute: 'deliver no more than so many a minute; absent = all at once',
      correction:
        'needs `ps-connect.edit` too: JSONata that makes of each event’s data the corrected data, such as $ ~> |resource|{"email": "new@firm.example"}|',
      reason: 'why, for the journal',
    },
    handle: replayMany,
  },
];

/** Ids of one request; without a list all that match are taken. */
const mostRuns = 10_000;
/** So many replays are asked for at once. */
const sharing = 100;

interface NotCorrected {
  run: string;
  subject: string;
  message: string;
}

async function replayMany(call: Call): Promise<unknown> {
  const { pack, body, actor, signal } = call;
  const { engine } = pack;
  if (body['correction']) mustBeAllowed(call, 'ps-connect.edit');
  for (const name of ['search', 'code'] as const) {
    // left out of account it would replay all
    if (body[name] !== undefined && typeof body[name] !== 'string') throw new ApiProblem(400, `${name} is text.`);
  }
  const ids = idsIn(body);
  const correct = correctionIn(body, signal);
  const pace = paceIn(body);
  const wanted = ids ? await inOrder(pack, ids) : await matching(pack, body);
  const from = engine.clock.now();
  const notCorrected: NotCorrected[] = [];
  let replayed = 0;
  const replay = async (id: RunId): Promise<void> => {
    const edited = correct ? await corrected(pack, id, correct) : {};
    if ('message' in edited) {
      notCorrected.push(edited);
      return;
    }
    const at = pace > 0 ? { at: Math.round(from + (replayed * 60_000) / pace) } : {};
    if (await engine.store.replay(id, { actor, ...reasonIn(body), ...edited, ...at }, engine.clock.now())) replayed++;
  };
  // several share a commit, in their order; one that is corrected or has its place in a pace waits for the one before
  const together = correct || pace > 0 ? 1 : sharing;
  for (let begin = 0; begin < wanted.length; begin += together) {
    signal.throwIfAborted(); // nobody waits for the rest
    await Promise.all(wanted.slice(begin, begin + together).map(replay));
  }
  engine.wake();
  engine.emit('changed');
  return { replayed, notDead: wanted.length - replayed - notCorrected.length, notCorrected };
}

/** The runs that are named; undefined where none are. */
function idsIn({ runs }: Record<string, unknown>): string[] | undefined {
  if (runs === undefined) return undefined;
  if (!Array.isArray(runs) || !runs.every((id) => typeof id === 'string')) throw new ApiProblem(400, 'runs is a list of ids.');
  if (runs.length > mostRuns) throw new ApiProblem(400, `runs are ${mostRuns} ids at most.`);
  return runs;
}

/** Runs a minute; 0 = all at once. One that is too slow would put a run off for ever. */
function paceIn(body: Record<string, unknown>): number {
  const given = body['perMinute'];
  if (given === undefined || given === null || given === '') return 0;
  const pace = outsideNumber(given, { least: 0, most: 100_000 });
  if (pace === undefined || (pace > 0 && pace < 0.01))
    throw new ApiProblem(400, 'perMinute is a number from 0.01 to 100,000, or 0 for all at once.');
  return pace;
}

type Correction = (data: Json) => Promise<Json | undefined>;

function correctionIn(body: Record<string, unknown>, signal: AbortSignal): Correction | undefined {
  const text = body['correction'];
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string') throw new ApiProblem(400, 'correction is a JSONata expression.');
  try {
    const expression = compileExpression(text, { field: 'correction' });
    return (data) => expression.evaluate(data, signal);
  } catch (error) {
    if (Failure.is(error)) throw new ApiProblem(400, `${error.message} ${error.remedy ?? ''}`);
    throw new ApiProblem(400, `correction is not valid JSONata: ${(error as Error).message}`);
  }
}

/** The corrected data of one dead letter, or why there is none: it stays a dead letter then. */
async function corrected(pack: Pack, id: string, correct: Correction): Promise<{ data?: Json } | NotCorrected> {
  const run = await pack.engine.store.run(id);
  if (run?.status !== 'dead') return {};
  const said = (message: string): NotCorrected => ({ run: id, subject: run.event.subject, message });
  try {
    const data = await correct(run.event.data);
    if (data === undefined) return said('The correction gives nothing for this event.');
    const obstacle = obstacleIn(data, 'data');
    return obstacle ? said(`The correction gives what cannot be stored: ${obstacle.field} ${obstacle.is}.`) : { data };
  } catch (error) {
    return said((error as Error).message);
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
async function matching(pack: Pack, body: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  for (let before: number | undefined; ;) {
    const page = await pack.engine.store.runs({
      status: ['dead'],
      ...(typeof body['search'] === 'string' ? { search: body['search'] } : {}),
      ...(before === undefined ? {} : { before }),
      limit: 500,
      dataUpTo: 0,
    });
    found.push(...page.filter((run) => typeof body['code'] !== 'string' || run.failure?.code === body['code']).map((run) => run.id));
    if (page.length < 500) return found.reverse();
    before = page.at(-1)?.seq;
  }
}
