import { typedConfig } from '../../../declarations/typed-config.ts';
import type { FoundUtilization } from '../../../model/operations.ts';
import { percentsOf, sumOf } from '../../../model/utilization.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import { utilizationFigures } from '../../../runtime/kpis/utilization-figures.ts';
import { wantedBy } from '../../../runtime/people-wanted.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { listedPeople } = typedConfig(declaration, base.config);
  const read = wantedBy(base);
  return async (message, { isCalled, signal }) => {
    const psa = base.operation('utilization.find');
    const wanted = await read(message);
    const found = new Map<string, FoundUtilization>();
    for await (const one of psa.run(wanted, signal)) found.set(one.key, one);
    const all = [...found.values()];
    const unknown = all.flatMap(({ key, unknown: why }) => (why ? [{ id: key, ...why }] : []));
    const people = all.flatMap(({ utilization }) => utilization ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const counted = sumOf(people);
    const total = { people: people.length, ...counted, ...percentsOf(counted) };
    const asked = { counted: people.length, unknown: unknown.length };
    const { pack, flow } = base;
    const figures = utilizationFigures(counted, asked, { flow, region: wanted.region ?? '', at: pack.clock.now() });
    // whatever a caller asks for, of some role in some week, is no figure of the firm's
    if (!isCalled) await pack.engine.store.addMeasurements(figures);
    const shown = people.filter((_, place) => place < listedPeople);
    return withResult(message, 'utilization.find', {
      ...wanted,
      // of people of whom nothing can be said nothing is in the total
      complete: unknown.length === 0,
      total,
      people: shown,
      further: people.length - shown.length,
      unknown,
    });
  };
});
