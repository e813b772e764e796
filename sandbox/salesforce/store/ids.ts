const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The n-th id of a key prefix: prefix, pod, reserved digit, nine base-62 digits, three check characters. */
export function makeId(prefix: string, sequence: number): string {
  let digits = '';
  for (let rest = sequence; rest > 0; rest = Math.floor(rest / 62)) digits = ALPHABET[rest % 62] + digits;
  return withCheck(`${prefix}5g0${digits.padStart(9, '0')}`);
}

/** 15 characters → the case-safe 18: each check character holds which of five letters are upper case. */
function withCheck(id15: string): string {
  let check = '';
  for (let chunk = 0; chunk < 3; chunk += 1) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const letter = id15[chunk * 5 + position] as string;
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << position;
    }
    check += CHECK[bits];
  }
  return id15 + check;
}

export const isId = (value: string): boolean => /^[A-Za-z0-9]{15}([A-Z0-5]{3})?$/.test(value);
export const toId18 = (value: string): string => withCheck(value.slice(0, 15));
export const toId15 = (value: string): string => value.slice(0, 15);
