import type { Json } from '../../model/json.ts';
import { ApiProblem, type Call, type Route, reasonIn } from './route.ts';

export const effectRoutes: Route[] = [
  {
    method: 'post',
    path: '/effects/:key/settle',
    permission: 'ps-connect.edit',
    summary: 'Says what became of a write in doubt, after somebody has looked it up in the system; the run goes on.',
    body: {
      outcome: 'made (it is there: never sent again) or not-made (it is not there: sent when the run goes on)',
      result: 'of a write that was made: what the flow needs of it, as the step would have answered, such as {"id": "4711"}',
      reason: 'how it is known, for the journal',
    },
    handle: settle,
  },
];

async function settle({ pack, parameters, body, actor }: Call): Promise<unknown> {
  const { outcome, result } = body;
  if (outcome !== 'made' && outcome !== 'not-made') throw new ApiProblem(400, 'outcome is "made" or "not-made".');
  const { engine } = pack;
  const settled = await engine.store.settleEffect(
    parameters['key'] ?? '',
    { made: outcome === 'made', ...(result === undefined ? {} : { result: result as Json }), actor, ...reasonIn(body) },
    engine.clock.now(),
  );
  if (!settled) throw new ApiProblem(409, 'Nobody doubts this write any more, or its run is under way just now.');
  engine.wake();
  engine.emit('changed');
  return { ok: true };
}
