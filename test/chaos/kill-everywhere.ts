import { createdTwice } from '../../scripts/start/read-books.ts';
import { until } from '../until.ts';
import { CrashHarness } from './crash-harness.ts';
import type { FlowNode } from './mortal-node-red.ts';

/** One kind of business event whose processing is killed at every moment that could matter. */
export interface KillCase {
  flows: FlowNode[];
  /** what all events need: people, roles, accounts */
  prepare(harness: CrashHarness): void;
  /** lets the `n`-th event happen in the systems */
  happen(harness: CrashHarness, n: number): void;
  /** true when the systems hold all that the `n`-th event must lead to */
  arrived(harness: CrashHarness, n: number): boolean;
  /** what differs from the expected books once everything has ended; empty = nothing */
  differences(harness: CrashHarness, count: number): string[];
}

export interface KillReport {
  /** moments at which the process was killed */
  points: number;
  byKind: Record<string, number>;
  differences: string[];
  writtenTwice: string[];
  runs: Record<string, number>;
  inDoubt: number;
  journalWhole: boolean;
}

/**
 * Kills Node-RED at the first moment after an event has happened, starts it again, lets it finish; then at the second
 * moment for the next event; and so on until an event is finished before its moment comes. `step` > 1 leaves moments out.
 */
export async function killEverywhere(test: KillCase, step = 1): Promise<KillReport> {
  const harness = await CrashHarness.create(test.flows);
  const byKind: Record<string, number> = {};
  try {
    test.prepare(harness);
    await harness.start();
    test.happen(harness, 1); // the first one undisturbed: tokens and descriptions are fetched
    await until(
      () => test.arrived(harness, 1),
      () => `the undisturbed event did not arrive:\n${harness.nodeRed.log.join('')}`,
    );
    await quiet(harness);
    let events = 1;
    let points = 0;
    for (let point = 1; ; point += step) {
      events++;
      await harness.nodeRed.arm(point);
      test.happen(harness, events);
      await until(
        async () => !harness.nodeRed.alive || (test.arrived(harness, events) && (await isQuiet(harness))),
        () => `event ${events} (kill at ${point}) hangs:\n${harness.nodeRed.log.slice(-20).join('')}`,
      );
      const died = !harness.nodeRed.alive;
      if (died) {
        points++;
        const kind = harness.nodeRed.diedAt ?? 'unknown';
        byKind[kind] = (byKind[kind] ?? 0) + 1;
        // every third time the start that follows is killed too, somewhere in the middle of picking up the pieces
        await recover(harness, test, events, points % 3 === 0 ? 3 + ((point * 7) % 45) : 0, kind);
      } else {
        await harness.nodeRed.arm(0); // the pollers go on: no kill any more
        if (!harness.nodeRed.alive) await harness.start();
        break;
      }
    }
    const journals = [harness.sandbox.salesforce, harness.sandbox.netsuite, harness.sandbox.kantata].map(
      (simulator) => simulator.journal.entries,
    );
    const overview = await harness.nodeRed.overview();
    const inDoubt = await harness.nodeRed.get<unknown[]>('/effects');
    const verification = await harness.nodeRed.get<{ whole: boolean }>('/journal/verification');
    return {
      points,
      byKind,
      differences: test.differences(harness, events),
      writtenTwice: journals.flatMap(createdTwice),
      runs: overview?.runs ?? {},
      inDoubt: inDoubt.length,
      journalWhole: verification.whole,
    };
  } finally {
    await harness.end();
  }
}

/** Starts Node-RED until it stays up and the event has arrived with every run ended. */
async function recover(harness: CrashHarness, test: KillCase, event: number, killAt: number, kind: string): Promise<void> {
  await harness.start(killAt);
  await until(
    async () => !harness.nodeRed.alive || (test.arrived(harness, event) && (await isQuiet(harness))),
    () => `event ${event} was lost by a kill ${kind}:\n${harness.nodeRed.log.slice(-20).join('')}`,
  );
  if (!harness.nodeRed.alive) await recover(harness, test, event, 0, kind);
}

async function isQuiet(harness: CrashHarness): Promise<boolean> {
  const runs = (await harness.nodeRed.overview())?.runs;
  return !!runs && runs['ready'] === 0 && runs['running'] === 0 && runs['waiting'] === 0;
}

async function quiet(harness: CrashHarness): Promise<void> {
  await until(
    () => isQuiet(harness),
    () => `runs do not end:\n${harness.nodeRed.log.slice(-20).join('')}`,
  );
}
