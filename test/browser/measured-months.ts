import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { dayOf, type Measurement } from '../../engine/store/measurements.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
/** the last day is yesterday, so that no test depends on the hour of the day */
export const daysMeasured = 80;

/** Always the same numbers, between nothing and one. */
function numbers(): () => number {
  let state = 42;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A store in which a firm has measured for months: each figure has another trouble to be shown well. */
export async function measuredMonths(file: string, now: number): Promise<void> {
  const next = numbers();
  /** many are short, few are long */
  const skewed = (usual: number) => Math.round(usual * Math.exp(2.2 * (next() + next() + next() - 1.5)));
  const at = (ago: number) => Math.floor(now / day) * day - ago * day + 9 * hour;
  const isWorkday = (ago: number) => ![0, 6].includes(new Date(at(ago)).getUTCDay());
  const add: Measurement[] = [];
  const measure = (figure: string, ago: number, value: number, group: Partial<Measurement> = {}) =>
    add.push({ flow: 'tab', entity: '', region: '', practice: '', ...group, figure, at: at(ago), value });
  const entities = ['DE01', 'UK02', 'US03', 'Gesellschaft für Unternehmensberatung und Projektsteuerung mbH', 'FR04', 'JP05', 'BR06', ''];
  for (let ago = daysMeasured; ago >= 1; ago--) {
    const n = daysMeasured - ago;
    // weekends, and a fortnight in which nothing ran
    if (isWorkday(ago) && (ago < 20 || ago > 34)) {
      entities.forEach((entity, place) => measure('project_setup_cycle_time', ago, skewed((12 + 6 * place + n / 4) * hour), { entity }));
    }
    measure('invoice_posting_latency', ago, skewed(4 * second));
    if (isWorkday(ago)) measure('utilization', ago, 6_400 + Math.round(1_400 * next()), { region: ['EMEA', 'Americas'][ago % 2]! });
    measure('reconciliation_exception_rate', ago, next() < 0.8 ? 0 : Math.round(300 * next()));
    for (let open = 0; open < 6; open++) measure('synchronisation_backlog', ago, Math.round(40 * next()));
    // one that was forgotten for a year, among minutes
    measure('billing_latency', ago, ago === 12 ? 365 * day : skewed(20 * minute));
    for (let run = 0; run < 5; run++) measure('ended_runs', ago, 1);
    if (next() < 0.3) measure('manual_touches', ago, 1);
  }
  measure('time_posting_latency', 3, 5 * hour);
  const store = new SqliteStore(file);
  await store.open(now);
  await store.addMeasurements(add);
  await store.addMeasurements([{ flow: 'tab', entity: '', region: '', practice: '', figure: 'time_to_staff', at: at(2), value: 3 * day }]);
  await store.close();
  // measured by the version before, which kept no distribution
  const database = new DatabaseSync(file);
  const old = database.prepare(
    `INSERT INTO figures (day, figure, flow, entity, region, practice, count, sum, least, most) VALUES (?, 'time_to_staff', 'tab', '', '', '', 4, ?, ?, ?)`,
  );
  for (let ago = 30; ago > 3; ago -= 3) old.run(dayOf(at(ago)), 16 * day, 2 * day, 6 * day);
  database.close();
}
