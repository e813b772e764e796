import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWhole, outsideNumber } from '../../model/outside-number.ts';
import { writeHistory } from '../history/write-history.ts';

/** A year of a firm of some hundred people; half a minute. */
const usualRuns = 100_000;
const mostRuns = 1_000_000;

/** `--history`, `--history 1000000` or `--history=1000000`; undefined = none is wanted. */
export function historyRuns(given: readonly string[]): number | undefined {
  const place = given.findIndex((one) => /^--history(=|$)/.test(one));
  if (place < 0) return undefined;
  if (given.includes('--once')) throw new Error('--once plays a day and a month, --history plays nothing: give one of them.');
  const next = given[place + 1];
  const text = given[place]!.split('=')[1] ?? (next === undefined || next.startsWith('--') ? undefined : next);
  const runs = text === undefined ? usualRuns : outsideNumber(text.replaceAll(/[,_]/g, ''), { least: 0, most: mostRuns + 1 });
  if (isWhole(runs, 100, mostRuns)) return runs;
  throw new Error(`--history is "${text}": give a whole number of runs from 100 to ${mostRuns.toLocaleString('en-US')}.`);
}

/** Into the store that Node-RED will open, as its settings name it. */
export async function makeHistory({
  userDir,
  runs,
  onProgress,
}: {
  userDir: string;
  runs: number;
  onProgress(text: string): void;
}): Promise<void> {
  const store = process.env['PSCONNECT_STORE'] || join(userDir, 'ps-connect', 'store.sqlite');
  const schema = process.env['PSCONNECT_SCHEMA'];
  // what is wrong there Node-RED says; as many days as where nothing is set
  const retentionDays = outsideNumber(process.env['PSCONNECT_RETENTIONDAYS'] ?? 90, { least: 1, most: 36_525 }) ?? 90;
  if (!/^postgres(ql)?:/.test(store)) mkdirSync(dirname(store), { recursive: true, mode: 0o700 });
  onProgress(`A history of ${runs.toLocaleString('en-US')} runs is made …`);
  const began = performance.now();
  let told = began;
  const totals = await writeHistory(
    { store, ...(schema ? { schema } : {}) },
    { seed: 1, runs, until: Date.now(), retentionDays },
    (made) => {
      if (performance.now() - told < 5_000) return;
      told = performance.now();
      onProgress(`  ${made.toLocaleString('en-US')} runs`);
    },
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  onProgress(
    `${totals.done} done, ${totals.dead} dead letters, ${totals.cancelled} cancelled, ${totals.waiting} wait for an answer; made in ${seconds} s.`,
  );
}
