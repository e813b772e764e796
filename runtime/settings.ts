import { join } from 'node:path';
import { Failure } from '../model/failure.ts';

/** `psConnect: {…}` in settings.js; the environment wins. */
export interface Settings {
  /** a file (embedded store); default `<userDir>/ps-connect/store.sqlite` */
  store: string;
  /** runs delivered at once */
  concurrency: number;
  /** how long a redeploy or stop waits for operations under way, in ms; Node-RED itself waits 15 s */
  drainMs: number;
  /** days after which ended runs lose their event data and requests */
  retentionDays: number;
}

export function readSettings(
  configured: Record<string, unknown> | undefined,
  userDir: string | undefined,
  environment: NodeJS.ProcessEnv,
): Settings {
  const text = (name: string) => environment[`PSCONNECT_${name.toUpperCase()}`] ?? (configured?.[name] as string | undefined);
  const store = text('store') ?? join(userDir ?? process.cwd(), 'ps-connect', 'store.sqlite');
  if (/^[a-z]+:\/\//i.test(store)) {
    throw new Failure({
      class: 'contract.invalid',
      code: 'STORE_UNKNOWN',
      message: `This version has no store for ${store.split(':')[0]}.`,
      field: 'PSCONNECT_STORE',
      remedy: 'Give the path of a file.',
    });
  }
  return {
    store,
    concurrency: number(text('concurrency'), 64),
    drainMs: number(text('drainMs'), 10_000),
    retentionDays: number(text('retentionDays'), 90),
  };
}

function number(value: unknown, fallback: number): number {
  const parsed = Number(value);
  return value === undefined || !Number.isFinite(parsed) || parsed <= 0 ? fallback : parsed;
}
