/**
 * External ids of NetSuite are letters, digits, hyphen and underscore. How the firm writes its keys there, set down as facts of the day: `/` is two
 * underscores, `:` three, `@` four; runs of other signs are hexadecimal UTF-8 after five and before one.
 */
const spelt: Record<string, string> = { _: '_', '/': '__', ':': '___', '@': '____' };

/** `ENG-0001/P1` → `ENG-0001__P1` */
export function erpId(key: string): string {
  return key.replace(/[^a-z0-9-]+/gi, (run) => spelt[run] ?? `_____${Buffer.from(run).toString('hex')}_`);
}

/** `ENG-0001__P1` → `ENG-0001/P1` */
export function keyOfErpId(id: string): string {
  return id.replace(/_{5}([0-9a-f]+)_|_+/g, (run, hex?: string) =>
    hex ? Buffer.from(hex, 'hex').toString() : (Object.keys(spelt).find((sign) => spelt[sign] === run) ?? run),
  );
}
