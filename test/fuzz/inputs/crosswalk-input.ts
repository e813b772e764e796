import { ask, find } from './admin-request.ts';
import { hostileNumbers, hostileTexts, hostileValue } from './hostile-values.ts';
import type { HttpInput } from './input.ts';
import type { Random } from './input-random.ts';

const sound = {
  table: 'tax-code',
  from: 'crm',
  value: 'standard',
  to: 'erp',
  target: 'VAT-20',
  validFrom: '2026-01-01',
  validTo: '2026-06-30',
};

/** Changes of maps and files of them, each nearly as it should be. */
export function crosswalkInput(random: Random): HttpInput {
  const text = () => random.pick([...hostileTexts, '=1+1', "'=", '*', 'ﷺ'.repeat(400), '2026-02-30', '9999-12-31', ' x', '•••']);
  const entry: Record<string, unknown> = { ...sound, value: random.pick(['standard', `v${random.between(1, 30)}`]) };
  if (random.chance(60)) entry[random.pick(Object.keys(sound))] = random.chance(85) ? text() : hostileValue(random);
  const identity = random.pick(['admin', 'admin', 'ps-connect.map', 'reader']);
  const more = {
    reason: random.chance(85) ? 'fuzz' : hostileValue(random),
    ...(random.chance(40) ? { dryRun: random.chance(80) || hostileValue(random) } : {}),
  };
  if (random.chance(50)) {
    const seen = random.chance(30) ? { id: text(), version: random.pick(hostileNumbers) } : {};
    const changes = random.chance(90) ? [{ ...seen, ...(random.chance(90) ? { entry } : {}) }, { entry }] : hostileValue(random);
    return ask(find('/crosswalk/changes'), { family: 'changes', identity, value: { changes, ...more } });
  }
  const mark = random.pick([',', ';', '\t']);
  const quoted = (one: unknown) => (random.chance(70) ? `"${String(one).replaceAll('"', '""')}"` : String(one));
  const head = [...(random.chance(30) ? ['id', 'version'] : []), ...Object.keys(sound), ...(random.chance(5) ? ['__proto__'] : [])];
  const line = () => head.map((name) => quoted(entry[name] ?? '')).join(mark);
  const rows = random.chance(95) ? Array.from({ length: random.between(0, 4) }, line) : Array.from({ length: 6_000 }, line);
  const csv = [head.join(mark), ...rows].join(random.pick(['\n', '\r\n', '\r']));
  const cut = random.chance(15) ? csv.slice(0, random.between(0, csv.length)) : csv;
  return ask(find('/crosswalk/csv'), { family: 'file', identity, value: { csv: random.chance(90) ? cut : hostileValue(random), ...more } });
}
