import { type EngagementState, stageOf, stages } from '../../engine/store/engagements.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Board, Engagement } from './admin-api.generated.ts';
import { type Call, type Route, route } from './route.ts';
import { list } from './run-routes.ts';
import { limit, named, object, oneOf, says, text } from './schema.ts';

/** runs that stand still, of a page of engagements */
const mostWaits = 500;

export const boardRoutes: Route[] = [
  route('GET /board', {
    permission: 'ps-connect.read',
    summary:
      'Engagements over all systems, told of last first: how far each has come, since when, what was agreed, and which of its runs wait or are dead letters.',
    query: object(
      {},
      {
        stage: oneOf(stages, 'those that have come so far, and no further'),
        search: text('part of code or client'),
        after: text('`next` of the page before', { pattern: '^\\d+ .+$', 'x-says': { pattern: says(inWords('API.after')) } }),
        limit: limit(50, 200),
      },
    ),
    answer: named('Board'),
    handle: board,
  }),
];

async function board({ parameters: { stage, search, after, limit: most }, ...call }: Call<'GET /board'>): Promise<Board> {
  const { store } = call.pack.engine;
  const found = await store.engagements({
    ...(stage === undefined ? {} : { stage }),
    ...(search?.trim() ? { search: search.trim() } : {}),
    ...(after === undefined ? {} : { after: placeIn(after) }),
    limit: most + 1,
  });
  const shown = found.slice(0, most);
  return {
    funnel: await store.funnel(),
    engagements: await withWaits(call, shown),
    next: found.length > most ? placeOf(shown.at(-1)!) : null,
  };
}

/** Engagements as they are shown: with the runs that wait or are dead letters, whose events say who in them is a person. */
export async function withWaits(call: Pick<Call, 'pack' | 'caller' | 'signal'>, all: readonly EngagementState[]): Promise<Engagement[]> {
  const codes = all.map(({ code }) => code);
  const waits = codes.length === 0 ? [] : await list(call, { about: codes, status: ['dead', 'waiting'], limit: mostWaits });
  return all.map((one) => ({
    ...one,
    stage: stageOf(one),
    since: one.reached[stageOf(one)] ?? one.updatedAt,
    waits: waits.filter(({ event }) => event.subject === one.code || event.key === one.code),
  }));
}

const placeOf = ({ updatedAt, code }: EngagementState) => `${updatedAt} ${code}`;

function placeIn(after: string): { updatedAt: number; code: string } {
  const [updatedAt] = after.split(' ', 1) as [string];
  return { updatedAt: Number(updatedAt), code: after.slice(updatedAt.length + 1) };
}
