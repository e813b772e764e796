/** Oracle: "letters, numbers, underscore (_), and hyphen (-)"; a pipe separates several ids. https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156334828635.html */
const allowed = /^[A-Za-z0-9_-]+$/;

/** Signs that business keys have often, each with a spelling of its own; between letters and digits there are never two of these in a row. */
const spellings = new Map([
  ['_', '_'],
  ['/', '__'],
  [':', '___'],
  ['@', '____'],
]);
const signs = new Map([...spellings].map(([sign, spelling]) => [spelling, sign]));

/**
 * The external id of a business key, inside NetSuite's alphabet; different keys have different ids, and a key of letters, digits, hyphens and single
 * underscores is its own. `ENG-0001/P1/T1` → `ENG-0001__P1__T1`, `kantata:77` → `kantata___77`. A run of other signs is spelt in hexadecimal UTF-8
 * after five underscores: `A.B` → `A_____2e_B`.
 */
export function externalIdOf(key: string): string {
  return key.replace(/[^A-Za-z0-9-]+/g, (run) => spellings.get(run) ?? `_____${Buffer.from(run, 'utf8').toString('hex')}_`);
}

/** The business key of an external id. One outside the alphabet was given by an earlier version, which took the key as it was. */
export function keyOfExternalId(externalId: string): string {
  if (!allowed.test(externalId)) return externalId;
  const key = externalId.replace(/_____((?:[0-9a-f]{2})+)_|_+/gi, (spelling, hex: string | undefined) =>
    hex === undefined ? (signs.get(spelling) ?? spelling) : Buffer.from(hex, 'hex').toString('utf8'),
  );
  // what this connector never writes is somebody else's id
  return externalIdOf(key).toLowerCase() === externalId.toLowerCase() ? key : externalId;
}

/** The ids a record of this key may carry: today's, and the key itself, which earlier versions gave. */
export function externalIdsOf(key: string): string[] {
  return [...new Set([externalIdOf(key), key])];
}

/** Two ids that NetSuite takes for one: "the external ID attribute is case insensitive". https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_N3432681.html */
export function foldedExternalId(key: string): string {
  return externalIdOf(key).toLowerCase();
}
