import { systems } from '../../connectors/systems.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import type { ConformanceData } from '../../sandbox/conformance.ts';
import type { SystemDefinition } from '../../sandbox/simulator.ts';
import { systemFacts } from '../../scripts/docs/system-facts.ts';
import type { TriedSystem } from './stage.ts';

/** The listed systems, each with what its folder in the sandbox brings: being listed is to be held to the suite. */
export function listedSystems(of: readonly SystemDeclaration[] = systems): Promise<TriedSystem[]> {
  return Promise.all(
    of.map(async (system) => {
      const folder = new URL(`../../sandbox/${system.name}/`, import.meta.url);
      const simulators = (await import(new URL('definition.ts', folder).href)) as Record<string, SystemDefinition<unknown>>;
      const { conformance } = (await import(new URL('conformance.ts', folder).href)) as { conformance: ConformanceData };
      return {
        system,
        facts: await systemFacts(system),
        simulator: Object.values(simulators).find(({ name }) => name === system.name)!,
        data: conformance,
      };
    }),
  );
}

/** Where the samples and what is declared part: an operation without a sample, or one too many. */
export function unfitSamples({ system, data }: TriedSystem): string[] {
  const sampled = Object.entries(data.operations).filter(([, samples]) => samples.length > 0);
  return [
    ...system.does.filter((id) => !sampled.some(([one]) => one === id)).map((id) => `${system.title} does ${id} and has no sample of it.`),
    ...sampled.flatMap(([id]) =>
      system.does.some((one) => one === id) ? [] : [`${system.title} has a sample of ${id} and does not do it.`],
    ),
  ];
}
