import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systems } from '../../connectors/systems.ts';
import type { NodeFacts, SystemFacts } from '../../declarations/operation-facts.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';

/** What is said of a listed system. It lies beside the connector and is none of it: nothing that runs reads it. */
export async function systemFacts({ name }: Pick<SystemDeclaration, 'name'>): Promise<SystemFacts> {
  const { facts } = (await import(new URL(`../../connectors/${name}/facts.ts`, import.meta.url).href)) as { facts: SystemFacts };
  return facts;
}

/** A system by its title, with what is said of it. */
export interface ToldSystem {
  title: string;
  facts: SystemFacts;
}

export function listedFacts(of: readonly SystemDeclaration[] = systems): Promise<ToldSystem[]> {
  return Promise.all(of.map(async (system) => ({ title: system.title, facts: await systemFacts(system) })));
}

/** What is said of the palette nodes that write without a system. */
export function nodeFacts(root: string): Promise<NodeFacts[]> {
  const files = globSync('nodes/*/*/facts.ts', { cwd: root }).sort();
  return Promise.all(files.map(async (file) => ((await import(pathToFileURL(join(root, file)).href)) as { facts: NodeFacts }).facts));
}
