import { Failure } from '../../model/failure.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';
import { isWhole } from '../../model/outside-number.ts';

export interface WrongSetting {
  /** default: `CONFIG_INVALID` */
  code?: string;
  /** never of a secret */
  value?: string | undefined;
  message: string;
  remedy: string;
  words?: Words;
}

/** A field of a connection that is missing or wrong. */
export function wrongSetting(
  system: string,
  field: string,
  { code = 'CONFIG_INVALID', value, message, remedy, words }: WrongSetting,
): Failure {
  return new Failure({ class: 'contract.invalid', code, message, remedy, words, system, field, ...(value === undefined ? {} : { value }) });
}

/** A whole number within its bounds, or what holds when none is given. */
export function wholeSetting(
  system: string,
  { code, least = 1, most, standard }: { code?: string; least?: number; most: number; standard: number },
  field: string,
  value: number | undefined,
): number {
  const number = value ?? standard;
  if (isWhole(number, least, most)) return number;
  throw wrongSetting(system, field, {
    ...inWords('SETTING_NOT_WHOLE', { field, least, most }),
    code,
    value: String(value),
  });
}
