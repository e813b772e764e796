import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts by nested key, as i18next reads them. */
export interface Catalogue {
  [key: string]: string | Catalogue;
}

/** Texts that all nodes have: categories, fields that many share, statuses. Merged into the catalogue of each node. */
export const everyNode = 'every-node';

export function languages(root: string): string[] {
  return readdirSync(join(root, 'locales'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function readCatalogue(root: string, language: string, name: string): Catalogue {
  const file = join(root, 'locales', language, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Node-RED looks texts up in the catalogue of the node's own set only, so each gets the shared ones too; its own win. */
export function nodeCatalogue(root: string, language: string, type: string): Catalogue {
  return merge(readCatalogue(root, language, everyNode), readCatalogue(root, language, type));
}

function merge(base: Catalogue, over: Catalogue): Catalogue {
  const merged: Catalogue = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = typeof value === 'object' && typeof below === 'object' ? merge(below, value) : value;
  }
  return merged;
}

/** The text under a dotted key; throws when there is none, because Node-RED would silently show the key. */
export function textOf(catalogue: Catalogue, key: string): string {
  const value = key
    .split('.')
    .reduce<string | Catalogue | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), catalogue);
  if (typeof value !== 'string' || value === '') throw new Error(`the catalogue has no text "${key}"`);
  return value;
}

/** All keys with a text, dotted. */
export function keysOf(catalogue: Catalogue, prefix = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}
