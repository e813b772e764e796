const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The nth record of its kind. */
export function salesforceId(prefix: string, number: number): string {
  return caseSafeId(`${prefix}Q00000${String(number).padStart(6, '0')}`);
}

/**
 * 15 characters → 18: three more say which of the first are capitals, for systems that mix up upper and lower case
 * (https://help.salesforce.com/s/articleView?id=000385585).
 */
export function caseSafeId(id: string): string {
  const suffix = [0, 5, 10].map((from) => {
    const capitals = [...id.slice(from, from + 5)].reduce((bits, letter, index) => bits + (/[A-Z]/.test(letter) ? 1 << index : 0), 0);
    return ALPHABET[capitals];
  });
  return id + suffix.join('');
}
