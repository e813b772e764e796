import type { Told } from './failure-sentence.ts';
import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';

/** Which amendment a state belongs to. */
export interface AmendmentMark {
  number: number;
  /** calendar date */
  effective: string;
}

/** A line of a project's comments or description: which amendment was carried over last. */
export const amendmentLine = ({ number, effective }: AmendmentMark) => `Amendment ${number}, effective ${effective}`;

const line = /^Amendment (\d{1,6}), effective \d{4}-\d{2}-\d{2}$/;

export const isAmendmentLine = (text: string): boolean => line.test(text.trim());

/** The highest number that a text is marked with. */
export function amendmentIn(text: string | undefined): number | undefined {
  const numbers = (text ?? '').split('\n').flatMap((one) => {
    const [, number] = line.exec(one.trim()) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

/** A newer amendment was carried over already: what an older one says is over. */
export function mustNotBeOlder(
  { number }: AmendmentMark,
  text: string | undefined,
  of: { system: string; systemName: string; record: Told },
): void {
  const there = amendmentIn(text);
  if (there === undefined || there <= number) return;
  throw new Failure({
    class: 'conflict.stale',
    ...inWords('AMENDMENT_OVERTAKEN', { number, there, record: of.record, systemName: of.systemName }),
    system: of.system,
    record: of.record,
    field: 'number',
    value: String(there),
    outcome: 'not-made',
  });
}
