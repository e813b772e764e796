import { outsideNumber } from '../model/outside-number.ts';

/**
 * A number as a node's form has it. A flow may have been written by hand, so the form's own check is not relied upon: what is
 * no number or too small is `fallback`, what is too large is the most there can be.
 */
export function numberInForm(
  config: Record<string, unknown>,
  field: string,
  { fallback, least, most, whole = false }: { fallback: number; least: number; most: number; whole?: boolean },
): number {
  return outsideNumber(config[field], { least, most, whole }) ?? fallback;
}
