import { obstacleIn } from '../../model/storable.ts';
import { ApiProblem } from './route.ts';

/** The fields of a request's body, whatever they are for: all of it may be stored, cloned and searched after this. */
export function checkedBody(body: unknown): Record<string, unknown> {
  const fields = (body ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const shown = /^\w{1,60}$/.test(name) ? name : 'a field';
    if (name === '__proto__') throw new ApiProblem(400, 'The body has a field named __proto__. Name the field otherwise.');
    const obstacle = obstacleIn(fields[name], shown);
    if (obstacle) throw new ApiProblem(400, `${obstacle.field} ${obstacle.is}. ${obstacle.remedy} Nothing was changed.`);
  }
  return fields;
}
