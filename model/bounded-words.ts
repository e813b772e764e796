import { boundedText } from './bounded-text.ts';
import type { Param, Words } from './failure-sentence.ts';
import { withoutSecrets } from './known-secrets.ts';

const mostLetters = 1_000;
const mostParams = 30;
const mostParts = 50;
const deepest = 7;
/** Of all words of one failure, as JSON: without them it says what it says in English. */
export const mostLettersOfWords = 8_000;

/** The words of a failure as they may be stored: no text in them holds a secret or is longer than it may be. Undefined: they are no words, or too many. */
export function boundedWords(value: unknown): Words | undefined {
  const words = wordsFrom(value, 0);
  return words && JSON.stringify(words).length <= mostLettersOfWords ? words : undefined;
}

function wordsFrom(value: unknown, depth: number): Words | undefined {
  if (depth > deepest || typeof value !== 'object' || value === null) return undefined;
  const { key, params } = value as { key?: unknown; params?: unknown };
  if (!isKey(key)) return undefined;
  if (params === undefined) return { key };
  if (!Array.isArray(params) || params.length > mostParams) return undefined;
  const kept: [string, Param][] = [];
  for (const pair of params as unknown[]) {
    const [name, given] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const param = paramFrom(given, depth + 1);
    if (typeof name !== 'string' || !/^\w{1,60}$/.test(name) || param === undefined) return undefined;
    kept.push([name, param]);
  }
  return { key, params: kept };
}

function paramFrom(value: unknown, depth: number): Param | undefined {
  // secrets first: half of one that was cut would not be found
  if (typeof value === 'string') return boundedText(withoutSecrets(value), mostLetters);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (depth > deepest || typeof value !== 'object' || value === null) return undefined;
  const { count, join, parts } = value as { count?: unknown; join?: unknown; parts?: unknown };
  if (typeof count === 'number') return Number.isFinite(count) ? { count } : undefined;
  if (!Array.isArray(parts)) return wordsFrom(value, depth);
  if (!isKey(join) || parts.length > mostParts) return undefined;
  const kept = (parts as unknown[]).map((part) => paramFrom(part, depth + 1));
  return kept.includes(undefined) ? undefined : { join, parts: kept as Param[] };
}

/** The same words with other texts in their gaps. */
export function mapTexts(words: Words, change: (text: string) => string): Words {
  const changed = (param: Param): Param => {
    if (typeof param === 'string') return change(param);
    if (typeof param === 'number' || 'count' in param) return param;
    return 'parts' in param ? { ...param, parts: param.parts.map(changed) } : mapTexts(param, change);
  };
  const { key, params } = words;
  return params ? { key, params: params.map(([name, param]) => [name, changed(param)]) } : words;
}

const isKey = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,200}$/.test(value);
