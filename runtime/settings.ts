import { join } from 'node:path';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { isObject } from '../model/json.ts';
import { kpiNames, type KpiName } from '../model/kpis.ts';
import { type Bounds, outsideNumber } from '../model/outside-number.ts';

/** `psConnect: {…}` in settings.js; the environment wins. */
export interface Settings {
  /** a file (embedded store), default `<userDir>/ps-connect/store.sqlite`; or `postgres://…` (shared by several instances): holds a password, never shown */
  store: string;
  /** schema of a shared store; default `psconnect` */
  schema?: string;
  /** the work of an instance that fell silent is taken over after so long, in ms */
  leaseMs: number;
  /** runs delivered at once */
  concurrency: number;
  /** how long a redeploy or stop waits for operations under way, in ms; Node-RED itself waits 15 s */
  drainMs: number;
  /** a source reads nothing while so many runs of it are open */
  maxBacklog: number;
  /** a file beside the store in which the end of the journal is kept too; default `<userDir>/ps-connect/journal-anchor.json` */
  anchor: string;
  /** days after which ended runs lose their event data and requests */
  retentionDays: number;
  /** names by which browsers reach this Node-RED, beside its addresses, `localhost` and the machine's name; with a port where it is not the usual one */
  hosts: string[];
  /** by which Prometheus reads `/ps-connect/metrics` without a sign-in */
  metricsToken?: string;
  /** what KPIs are to reach, by name, where it is not the usual (`model/kpis.ts`): an object, or `name=number` with commas */
  kpiTargets: Partial<Record<KpiName, number>>;
  /** what is set and cannot be used, and is left out */
  remarks: Failure[];
}

/** The settings; where they cannot be used, why, and those with which Node-RED starts although nothing runs. */
export function usableSettings(...given: Parameters<typeof readSettings>): { settings: Settings; trouble?: Failure } {
  try {
    return { settings: readSettings(...given) };
  } catch (error) {
    return {
      settings: { ...usual, store: '', anchor: '', concurrency: 1, hosts: [], kpiTargets: {}, remarks: [] },
      trouble: Failure.from(error),
    };
  }
}

const usual = { leaseMs: 15_000, concurrency: 64, drainMs: 10_000, maxBacklog: 10_000, retentionDays: 90 };

export function readSettings(
  configured: Record<string, unknown> | undefined,
  userDir: string | undefined,
  environment: NodeJS.ProcessEnv,
): Settings {
  const text = (name: string) => environment[`PSCONNECT_${name.toUpperCase()}`] ?? (configured?.[name] as string | undefined);
  const store = text('store') ?? join(userDir ?? process.cwd(), 'ps-connect', 'store.sqlite');
  if (/^[a-z]+:\/\//i.test(store) && !isSharedStore(store)) {
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('STORE_UNKNOWN', { kind: store.split(':')[0]! }),
      field: 'PSCONNECT_STORE',
    });
  }
  const schema = text('schema');
  // settings.js may hold a number
  const metricsToken = String(text('metricsToken') ?? '').trim();
  return {
    store,
    ...(schema === undefined ? {} : { schema }),
    ...(metricsToken === '' ? {} : { metricsToken }),
    anchor: text('anchor') ?? join(userDir ?? process.cwd(), 'ps-connect', 'journal-anchor.json'),
    leaseMs: number(text('leaseMs'), usual.leaseMs, { least: 100, most: 3_600_000 }),
    concurrency: number(text('concurrency'), usual.concurrency, { least: 1, most: 2_000, whole: true }),
    drainMs: number(text('drainMs'), usual.drainMs, { least: 1, most: 600_000 }),
    maxBacklog: number(text('maxBacklog'), usual.maxBacklog, { least: 1, most: 1_000_000, whole: true }),
    retentionDays: number(text('retentionDays'), usual.retentionDays, { least: 0.001, most: 36_500 }),
    hosts: names(text('hosts')),
    ...targets(text('kpiTargets')),
  };
}

function targets(given: unknown): Pick<Settings, 'kpiTargets' | 'remarks'> {
  const pairs: [string, unknown][] = isObject(given)
    ? Object.entries(given)
    : names(given).map((pair) => pair.split('=', 2) as [string, string]);
  const kpiTargets: Settings['kpiTargets'] = {};
  const remarks: Failure[] = [];
  for (const [written, value] of pairs) {
    const name = kpiNames.find((one) => one === written.trim());
    const target = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (name && typeof target === 'number' && Number.isFinite(target) && target >= 0) kpiTargets[name] = target;
    else {
      const shown = `${written}=${String(value)}`.slice(0, 80);
      remarks.push(new Failure({ class: 'contract.invalid', ...inWords('KPI_TARGET_WRONG', { shown }), field: 'kpiTargets' }));
    }
  }
  return { kpiTargets, remarks };
}

/** More than `most` is `most`; what is no number, or too small, is the fallback. */
const number = (value: unknown, fallback: number, bounds: Bounds) => outsideNumber(value, bounds) ?? fallback;

/** Whether a store's address names a database that several instances may share. */
export const isSharedStore = (store: string): boolean => /^postgres(ql)?:\/\//i.test(store);

/** A list, or one text with commas, as in the environment. */
function names(value: unknown): string[] {
  const listed = Array.isArray(value) ? value : String(value ?? '').split(',');
  return listed.map((name) => String(name).trim().toLowerCase()).filter((name) => name !== '');
}
