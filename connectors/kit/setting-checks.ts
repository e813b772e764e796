import { Failure } from '../../model/failure.ts';
import { isWhole } from '../../model/outside-number.ts';

export interface WrongSetting {
  /** default: `CONFIG_INVALID` */
  code?: string;
  /** never of a secret */
  value?: string | undefined;
  message: string;
  remedy: string;
}

/** A field of a connection that is missing or wrong. */
export function wrongSetting(system: string, field: string, { code = 'CONFIG_INVALID', value, message, remedy }: WrongSetting): Failure {
  return new Failure({ class: 'contract.invalid', code, message, system, field, ...(value === undefined ? {} : { value }), remedy });
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
    ...(code ? { code } : {}),
    value: String(value),
    message: `${field} must be a whole number from ${least} to ${most}.`,
    remedy: `Correct ${field} in the connection.`,
  });
}
