import type { SystemDeclaration } from '../declarations/system.ts';
import { systems } from './systems.ts';

/** The default mappings of systems, by the name that flows know each by; each reads the payload as its root. */
export function mappingsOf(choice: readonly Pick<SystemDeclaration, 'mappings'>[]): Readonly<Record<string, string>> {
  const all = choice.flatMap(({ mappings = {} }) => Object.entries(mappings));
  const names = all.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) throw new Error(`Two systems have a mapping ${twice}.`);
  return Object.fromEntries(all);
}

export const defaultMappings = mappingsOf(systems);
