import type { LeftOut } from '../../model/left-out.ts';
import type { Json } from '../answers.ts';

/** What a write's record was made without, by what its result keeps. */
export function leftOutIn(result: Json | undefined): LeftOut[] {
  const list = typeof result === 'object' && result !== null && !Array.isArray(result) ? result['leftOut'] : undefined;
  return Array.isArray(list) ? list.filter(isLeftOut) : [];
}

function isLeftOut(value: unknown): value is LeftOut {
  return typeof value === 'object' && value !== null && typeof (value as LeftOut).field === 'string';
}
