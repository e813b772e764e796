import type { ContractName } from './contract.ts';
import { isObject } from './json.ts';
import { schemas } from './schemas.ts';

/**
 * Which contract a record is meant to keep, told by the names of its fields: nobody says so of what is only about to be checked. Undefined = none, or
 * it could be one as well as another. A record that breaks its contract is told, too: some names may be missing, one or two may be others.
 */
export function contractToldByNames(record: unknown): ContractName | undefined {
  if (!isObject(record)) return undefined;
  const names = Object.keys(record);
  const fits = (Object.keys(schemas) as ContractName[])
    .map((contract) => ({ contract, points: pointsOf(names, schemas[contract]) }))
    .filter(({ points }) => points >= fewest)
    .sort((one, other) => other.points - one.points);
  const [best, second] = fits;
  return best && best.points > (second?.points ?? 0) ? best.contract : undefined;
}

/** Fewer names say nothing: any record has an id, a name and a code. */
const fewest = 5;

/** What speaks for it less what speaks against it; what speaks against it most is a name that it does not have. */
function pointsOf(names: readonly string[], schema: { properties: object; required: readonly string[] }): number {
  const known = names.filter((name) => Object.hasOwn(schema.properties, name)).length;
  const missing = schema.required.filter((name) => !names.includes(name)).length;
  return known - missing - 2 * (names.length - known);
}
