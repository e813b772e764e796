import type { Words } from './failure-sentence.ts';
import { phrase } from './failure-words.ts';
import type { Json } from './json.ts';

/** What the flow needs of a write's result. A person who settles a doubt by hand may leave it out, or call it otherwise. */
export interface NeededResult {
  /** for a person: `its id, as {"id": "4711"}` */
  what: Words;
  isIn(result: Json): boolean;
}

/** A text or number under one name, which is all that later steps read. */
export const needed = (name: string, what: Words): NeededResult => ({
  what: phrase('NEEDED', { what, name }),
  isIn: (result) => {
    const value = typeof result === 'object' && result !== null && !Array.isArray(result) ? result[name] : undefined;
    return (typeof value === 'string' && value !== '') || typeof value === 'number';
  },
});

export const neededId = needed('id', phrase('NEEDED.id'));
