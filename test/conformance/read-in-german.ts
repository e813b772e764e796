import { failures as german } from '../../locales/de/failures.generated.ts';
import { failures as english } from '../../locales/en-US/failures.generated.ts';

/** What is told of a play to who reads it: failures, what writes and records are called, what was left out. */
export interface Told {
  /** the failures, writes and results, as they are stored */
  told: unknown;
  /** what was said by others: answers of the system, and what it was asked with */
  heard: readonly string[];
}

const wordsIn = (text: string): string[] => text.replace(/__\w+?__/g, ' ').match(/(?<![\p{L}\p{N}])\p{L}{2,}(?![\p{L}\p{N}])/gu) ?? [];
type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;
const textsOf = (catalogue: Catalogue, key: string) => Object.values(catalogue[key] ?? {}).join(' ');

/** Nouns apart: what a system calls its pages stands in German texts in English. */
const germanWords = new Set(
  Object.keys(german).flatMap((key) => wordsIn(textsOf(german, key)).filter((word) => word === word.toLowerCase())),
);
/** Words that are said otherwise in German. */
const englishWords = new Set(
  Object.keys(english).flatMap((key) => {
    const alike = new Set(wordsIn(textsOf(german, key).toLowerCase()));
    return wordsIn(textsOf(english, key).toLowerCase()).filter((word) => !alike.has(word) && !germanWords.has(word));
  }),
);

/**
 * Texts that a German analyst would read in English although they are ours: what stands in a gap or in the place of words, has an English word in
 * it, and was said by nobody else.
 */
export function englishLeft({ told, heard }: Told): string[] {
  const left = new Set<string>();
  for (const { at, text } of shownIn(told, new Set(keysIn(told)))) {
    const ours = text
      .split(/[():;,]/)
      .filter((part) => wordsIn(part).some((word) => !isCode(word) && englishWords.has(word.toLowerCase())));
    if (ours.some((part) => !isHeard(part.trim(), heard))) left.add(`${at}: ${text}`);
  }
  return [...left];
}

const isCode = (word: string) => word === word.toUpperCase();

function isHeard(text: string, heard: readonly string[]): boolean {
  const asJson = JSON.stringify(text).slice(1, -1);
  return heard.some((one) => one.includes(text) || one.includes(asJson));
}

interface Shown {
  at: string;
  text: string;
}

/** What is read of a text with words beside it is made of these; without words it is read itself. */
const saidBy: Record<string, string> = { message: 'words', remedy: 'words', record: 'recordWords', title: 'titleWords' };

/** Every text that is shown as it stands. The business keys of writes are names for machines and people in any language. */
function shownIn(value: unknown, keys: ReadonlySet<string>): Shown[] {
  if (Array.isArray(value)) return value.flatMap((part) => shownIn(part, keys));
  if (!value || typeof value !== 'object') return [];
  const given = value as Record<string, unknown>;
  return Object.entries(given).flatMap(([name, part]): Shown[] => {
    if (Object.values(saidBy).includes(name)) return gapsIn(part, name);
    if (typeof part === 'string') {
      const words = saidBy[name];
      // a difference and what was left out have their record in their sentence
      const isSaid =
        words === undefined || given[words] !== undefined || (name === 'record' && given['words'] !== undefined && !('class' in given));
      return isSaid || keys.has(part) ? [] : [{ at: name, text: part }];
    }
    return name === 'request' || name === 'undo' ? [] : shownIn(part, keys);
  });
}

/** What fills the gaps of words as it is. */
function gapsIn(words: unknown, at: string): Shown[] {
  if (typeof words === 'string') return [{ at, text: words }];
  if (Array.isArray(words)) return words.flatMap((part) => gapsIn(part, at));
  if (!words || typeof words !== 'object') return [];
  const { key, params, parts } = words as { key?: string; params?: [string, unknown][]; parts?: unknown[] };
  return [...(params ?? []).flatMap(([name, value]) => gapsIn(value, `${at} ${key} ${name}`)), ...(parts ? gapsIn(parts, at) : [])];
}

function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => (name === 'business' && typeof part === 'string' ? [part] : keysIn(part)));
}
