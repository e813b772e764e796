import { typedConfig } from '../../../declarations/typed-config.ts';
import type { FoundAvailability } from '../../../model/operations.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import { wantedBy } from '../../../runtime/people-wanted.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { unit, leastHours, mostPeople } = typedConfig(declaration, base.config);
  const read = wantedBy(base);
  return async (message, { signal }) => {
    const psa = base.operation('availability.find');
    const wanted = { ...(await read(message)), unit };
    const found: FoundAvailability[] = [];
    for await (const one of psa.run(wanted, signal)) found.push(one);
    const unknown = found.flatMap(({ key, unknown: why }) => (why ? [{ id: key, ...why }] : []));
    const people = found
      .flatMap(({ availability }) => availability ?? [])
      .toSorted((a, b) => b.freeMinutes - a.freeMinutes || (a.id < b.id ? -1 : 1));
    const free = people.filter(({ freeMinutes }) => freeMinutes >= leastHours * 60 && freeMinutes > 0);
    const overbooked = people
      .filter(({ overbookedMinutes }) => overbookedMinutes > 0)
      .map(({ id, overbookedMinutes }) => ({ id, overbookedMinutes }));
    const shown = free.filter((_, place) => place < mostPeople);
    const availability = {
      ...wanted,
      people: shown,
      further: free.length - shown.length,
      overbooked,
      unknown,
    };
    return withResult(message, 'availability.find', availability);
  };
});
