import { obstacleIn } from '../../model/storable.ts';
import { ApiProblem } from './route.ts';

/**
 * The fields of a request's body: all of it may be stored, cloned and searched after this. A field that the route does not know is refused: whoever
 * writes `run` for `runs` means one dead letter, and would have replayed all.
 */
export function checkedBody(body: unknown, known: readonly string[]): Record<string, unknown> {
  const fields = (body ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (name === '__proto__') throw new ApiProblem(400, 'The body has a field named __proto__. Name the field otherwise.');
    const obstacle = obstacleIn(fields[name], shown(name));
    if (obstacle) throw new ApiProblem(400, `${obstacle.field} ${obstacle.is}. ${obstacle.remedy} Nothing was changed.`);
  }
  const other = Object.keys(fields).find((name) => !known.includes(name));
  if (other === undefined) return fields;
  const takes = known.length > 0 ? known.join(', ') : 'none';
  throw new ApiProblem(
    400,
    `The body has ${shown(other)}, which this request does not know. Fields that it takes: ${takes}. Nothing was changed.`,
  );
}

const shown = (name: string): string => (/^\w{1,60}$/.test(name) ? name : 'a field');
