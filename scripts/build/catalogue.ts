import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionDeclaration, formerConnectionDeclaration } from '../../connectors/connection-declaration.ts';
import { systems } from '../../connectors/systems.ts';
import { formerConnections } from '../../declarations/migrations/one-connection-node.ts';
import { paletteCategory } from '../../declarations/area.ts';
import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { offerFields } from '../../declarations/offer.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../declarations/shared-fields.ts';
import { shortKey } from '../../model/failure-sentence.ts';
import { pluginName } from './package-map.ts';

/** Where a page finds what a field is called: in the catalogue of its node, or in that of the pack. */
export const wordKey = (part: 'label' | 'hint', { name, saidOnce: once }: Pick<Field, 'name' | 'saidOnce'>, packageName: string): string =>
  `${once ? `${packageName}/${pluginName}:` : ''}${part}.${name}`;

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

/** The words of each system's connection stand in a file of its own; what all systems call the same stands with the words of every node. */
export const systemWords = (system: string): string => `systems/${system}`;

/** The words of failures stand in one file for each room of the code. */
export const failureRooms = (root: string, language: string): string[] =>
  readdirSync(join(root, 'locales', language, 'failures'))
    .map((file) => `failures/${file.replace(/\.json$/, '')}`)
    .sort();

/** What forms and console say, with what every node shows, and with what failures say; in English that is stored with each failure. */
export function pluginCatalogue(root: string, language: string, isEnglish: boolean): Catalogue {
  const own = { ...readCatalogue(root, language, pluginName), ...saidOnce(readCatalogue(root, language, everyNode)) };
  return isEnglish
    ? own
    : {
        ...own,
        failures: shortly(
          Object.assign({}, ...failureRooms(root, language).map((room) => readCatalogue(root, language, room))) as Catalogue,
        ),
      };
}

const manyHave: readonly Field[] = [nameField, connectionField([]), policyField, intervalField, sinceField, ...offerFields('')];

/** How nodes stand, and what fields are called that many of them have: in the catalogue of each node it would be there some hundred times. */
function saidOnce(shared: Catalogue): Catalogue {
  const names = manyHave.map(({ name }) => name);
  const wordsOf = (part: string) => Object.fromEntries(names.map((name) => [name, textOf(shared, `${part}.${name}`)]));
  return { status: shared['status']!, label: wordsOf('label'), hint: wordsOf('hint') };
}

function shortly(failures: Catalogue): Catalogue {
  const found = new Map<string, string>();
  for (const key of Object.keys(failures)) {
    const other = found.get(shortKey(key));
    if (other !== undefined) throw new Error(`the failures ${other} and ${key} have one short key: call one of them otherwise`);
    found.set(shortKey(key), key);
  }
  return Object.fromEntries([...found].map(([short, key]) => [short, failures[key]!]));
}

const connections = new Map<string, NodeDeclaration>(
  [connectionDeclaration(), ...Object.keys(formerConnections).map(formerConnectionDeclaration)].map((one) => [one.type, one]),
);

/** Node-RED looks texts up in the catalogue of the node's own set only, so each gets the shared ones too; its own win. */
export function nodeCatalogue(root: string, language: string, type: string): Catalogue {
  const shared = readCatalogue(root, language, everyNode);
  return merge(merge(shared, wordsOfSystems(root, language, type, shared)), readCatalogue(root, language, type));
}

/**
 * What of a catalogue its node can ask for: words of fields that it has, of the category that it is in, of what its form has beside. The words of every
 * node would be in each of them, in each language.
 */
export function wordsOfNode(catalogue: Catalogue, { fields, area, extra }: NodeDeclaration): Catalogue {
  const names = new Set(fields.filter(({ saidOnce: once }) => !once).map(({ name }) => name));
  const kept: Record<string, (name: string) => boolean> = {
    ...Object.fromEntries(['label', 'hint', 'option', 'warning'].map((part) => [part, (name: string) => names.has(name)])),
    extra: () => extra !== undefined,
    help: () => false, // written into the page
    status: () => false, // in the catalogue of the pack
  };
  const category = paletteCategory(area);
  return Object.fromEntries(
    Object.entries(catalogue).flatMap(([part, words]): [string, string | Catalogue][] => {
      if (part === 'palette') return [[part, { label: { [category]: textOf(catalogue, `palette.label.${category}`) } }]];
      const keeps = kept[part];
      if (!keeps || typeof words === 'string') return [[part, words]];
      const left = Object.entries(words).filter(([name]) => keeps(name));
      return left.length > 0 ? [[part, Object.fromEntries(left)]] : [];
    }),
  );
}

/** What the systems say in the form of a connection, and in that of a mapping. */
function wordsOfSystems(root: string, language: string, type: string, shared: Catalogue): Catalogue {
  const connection = connections.get(type);
  if (connection) return connectionWords(root, language, connection, shared);
  return type === 'canonical-map' ? mappingWords(root, language) : {};
}

/** What each system says of its fields, under the names that they have in the form. */
function connectionWords(root: string, language: string, { fields }: NodeDeclaration, shared: Catalogue): Catalogue {
  const words: Record<string, Catalogue> = { label: {}, hint: {}, option: {}, warning: {} };
  const titles: Catalogue = {};
  for (const { name, of } of fields) {
    if (!of) continue;
    const own = readCatalogue(root, language, systemWords(of.system));
    titles[of.system] = textOf(own, 'system');
    const known = merge(shared, own);
    for (const [part, texts] of Object.entries(words)) {
      const text = (known[part] as Catalogue | undefined)?.[of.field];
      if (text !== undefined) texts[name] = text;
    }
  }
  return { ...words, option: { ...words['option'], system: titles } };
}

/** What each system calls its default mappings. */
function mappingWords(root: string, language: string): Catalogue {
  const names = systems
    .filter(({ mappings }) => mappings)
    .map(({ name }) => readCatalogue(root, language, systemWords(name))['mapping'] as Catalogue | undefined);
  return { option: { preset: Object.assign({}, ...names) as Catalogue } };
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
  const value = found(catalogue, key);
  if (typeof value !== 'string' || value === '') throw new Error(`the catalogue has no text "${key}"`);
  return value;
}

/** As i18next finds it: the name of a part may have a dot itself (`ROLE_WITHOUT_RATE.region`). */
function found(at: string | Catalogue | undefined, key: string): string | Catalogue | undefined {
  if (typeof at !== 'object' || Object.hasOwn(at, key)) return typeof at === 'object' ? at[key] : undefined;
  for (let dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
    const below = found(at[key.slice(0, dot)], key.slice(dot + 1));
    if (below !== undefined) return below;
  }
  return undefined;
}

/** All keys with a text, dotted. */
export function keysOf(catalogue: Catalogue, prefix = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}
