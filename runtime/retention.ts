import type { Clock } from '../engine/clock.ts';
import type { Store } from '../engine/store.ts';
import { Failure } from '../model/failure.ts';
import { logLine } from './log-line.ts';

/** Keeps personal data no longer than so many days; looks once an hour, from now on. */
export async function keepRetention(
  ports: { store: Pick<Store, 'forget'>; clock: Clock; log: { warn(text: string): void } },
  days: number,
): Promise<void> {
  const { store, clock, log } = ports;
  try {
    while ((await store.forget(clock.now() - days * 86_400_000, 500)) === 500);
  } catch (error) {
    logLine(log, 'warn', `[ps-connect] old runs could not be cleared: ${Failure.from(error).message}`);
  }
  clock.after(3_600_000, () => void keepRetention(ports, days));
}
