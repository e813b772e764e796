import type { Param, Words } from './failure-sentence.ts';
import type { PhraseKey } from './failure-keys.ts';

/** A part of a sentence that has words of its own, to fill a gap. */
export function phrase(key: PhraseKey, params: Record<string, Param> = {}): Words {
  return wordsWith(key, params);
}

export function wordsWith(key: string, params: Record<string, Param>): Words {
  const given = Object.entries(params);
  return given.length > 0 ? { key, params: given } : { key };
}
