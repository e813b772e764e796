import { inexactNumber } from '../../model/exact-json.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import { aboutRuns } from './about-runs.ts';
import type { Done } from './admin-api.generated.ts';
import { reason, reasonIn } from './reason.ts';
import { ApiProblem, type Call, type Route, route } from './route.ts';
import { json, limit, listOf, named, object, oneOf, says, text } from './schema.ts';

const outcomes = says(inWords('API.outcome'));

export const effectRoutes: Route[] = [
  route('GET /effects', {
    permission: 'ps-connect.read',
    summary: 'Effects in doubt: writes of which it is not known whether they were made.',
    query: object({}, { limit: limit(100, 500) }),
    answer: listOf(named('Effect')),
    handle: async ({ pack, parameters }) =>
      aboutRuns(pack, await pack.engine.store.effectsInDoubt(parameters.limit), (effect) => effect.run),
  }),
  route('POST /effects/:key/settle', {
    permission: 'ps-connect.edit',
    summary: 'Says what became of a write in doubt, after somebody has looked it up in the system; the run goes on.',
    parameters: { key: text('of the effect') },
    body: object(
      {
        outcome: oneOf(
          ['made', 'not-made'],
          'made (it is there: never sent again) or not-made (it is not there: sent when the run goes on)',
          {
            'x-says': { required: outcomes, type: outcomes, enum: outcomes },
          },
        ),
      },
      {
        result: json('of a write that was made: what the flow needs of it, as the step would have answered, such as {"id": "4711"}'),
        reason: { ...reason, description: 'how it is known, for the journal' },
      },
    ),
    answer: named('Done'),
    problems: { 409: 'Nobody doubts this write any more, or its run is under way' },
    handle: settle,
  }),
];

async function settle({ pack, parameters, body, actor }: Call<'POST /effects/:key/settle'>): Promise<Done> {
  const { outcome, result } = body;
  const { engine } = pack;
  const number = result === undefined ? undefined : inexactNumber(JSON.stringify(result));
  if (number !== undefined) {
    const why = inWords('EVENT_DATA.digits', { field: 'result', number: number.slice(0, 40) });
    throw new ApiProblem(400, inWords('API.unchanged', { why: wordsOf(why) }));
  }
  const settled = await engine.store.settleEffect(
    parameters.key,
    { made: outcome === 'made', ...(result === undefined ? {} : { result }), actor, ...reasonIn(body) },
    engine.clock.now(),
  );
  if (!settled) throw new ApiProblem(409, inWords('API.not-in-doubt'));
  engine.wake();
  engine.emit('changed');
  return { ok: true };
}
