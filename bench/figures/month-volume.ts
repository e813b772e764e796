import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { atLeast, atMost, type Figure, type Target } from '../harness/figure.ts';
import type { MonthInErp } from '../harness/month-erp-process.ts';
import { monthFlow, monthNodes } from '../harness/month-flow.ts';
import { entities, monthExpenses, type MonthRow, monthTime } from '../harness/month-rows.ts';
import { TotalsOfMonth } from '../harness/month-totals.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { buildPalette } from '../harness/palette.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

const mostRssMb = 300;
/** As docs/operations.md says for where memory is scarce: on a large machine Node.js lets 200 MB of what is over lie about, whatever runs in it. */
const smallHeap = ['--max-semi-space-size=8', '--initial-old-space-size=32', '--heap-growing-percent=20'];
/** The same for what is outside of the heap: glibc keeps what each thread has freed for that thread, and more of it the larger it was. */
const smallRest = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' };
const least = 0.95;
const megabyte = 1024 * 1024;
/** One write in so many is answered 429 with Retry-After: once in the short form, 25 times in the full one. */
const closedEvery = (rows: number) => Math.min(10_000, Math.floor(rows / 1.5));

const script = (name: string) => fileURLToPath(new URL(`../harness/${name}-process.ts`, import.meta.url));
type Access = { url: string } & Record<string, string>;

async function system(name: string, args: number[]): Promise<{ child: ChildProcess; access: Access }> {
  const child = fork(script(name), args.map(String), { execArgv: ['--max-old-space-size=6144'] });
  const [access] = (await once(child, 'message')) as [Access];
  return { child, access };
}

export const monthVolume: Figure = {
  name: 'month-volume',
  about: 'a month of approved time and expenses from the PSA to an ERP that takes five calls at once',
  async run({ monthEntries, monthExpenses: expenses, erpLatencyMs, nodeArguments }) {
    const palette = await buildPalette(undefined, monthNodes);
    const erp = await system('month-erp', [erpLatencyMs, closedEvery(monthEntries + expenses)]);
    const psa = await system('month-psa', [monthEntries, expenses]);
    const access = { netsuite: erp.access, kantata: psa.access } as unknown as Parameters<typeof connectionEnvironment>[0];
    const nodeRed = await MeasuredNodeRed.start({
      flows: monthFlow(),
      palettes: [palette.plain, palette.pack],
      nodeArguments: [...smallHeap, ...nodeArguments],
      environment: { ...connectionEnvironment(access), ...smallRest, PSCONNECT_MAXBACKLOG: '' },
    });
    try {
      const began = performance.now();
      const { rssMb, cpuMs } = await untilAllEnded(nodeRed, monthEntries + expenses);
      const seconds = (performance.now() - began) / 1_000;
      erp.child.send('tell');
      const [inErp] = (await once(erp.child, 'message')) as [MonthInErp];
      const { slots } = inErp;
      const ofLimit = slots.busySeconds / (5 * slots.openSeconds);
      const { differences, wordless, bad, good } = judged(
        inErp,
        [...monthTime(monthEntries), ...monthExpenses(expenses)],
        await deadLetters(nodeRed),
      );
      for (const line of differences.slice(0, 20)) console.error(`month-volume: ${line}`);
      const none = (text: string, value: number): Target => ({ text, value, met: value === 0 });
      return [
        {
          name: 'month-volume',
          what: `slots of the ERP that were busy while ${monthEntries.toLocaleString('en')} time entries and ${expenses.toLocaleString('en')} expenses were posted`,
          unit: 'of the limit',
          ours: spreadOf([rounded(ofLimit)]),
          targets: [
            atLeast(`≥ ${least} of what five calls at once allow`, ofLimit, least),
            none('no call before Retry-After is over', slots.early),
            none('no difference: each good row made once, to the cent per entity and currency; no bad one', differences.length),
            none('no dead letter without words', wordless),
            atMost(`RSS of Node-RED ≤ ${mostRssMb} MB`, rounded(Math.max(...rssMb)), mostRssMb),
          ],
          details: {
            ...{ erpLatencyMs, good, bad, seconds: rounded(seconds), rowsPerSecond: rounded(good / slots.openSeconds) },
            ...{
              calls: slots.requests,
              writes: slots.writes,
              mostAtOnce: slots.mostAtOnce,
              closings: slots.closings,
              latestAfterMs: rounded(slots.latestAfterMs),
            },
            ...{ rssMedianMb: rounded(spreadOf(rssMb).median), cpuMsEachRow: rounded(cpuMs / (good + bad)) },
          },
          notes: [
            'PSA and ERP are simulators in processes of their own; the ERP takes the stated time for each call',
            'time in which the ERP had said Retry-After counts for neither side of the ratio',
          ],
        },
      ];
    } finally {
      await nodeRed.stop();
      for (const { child } of [erp, psa]) child.disconnect();
      rmSync(palette.folder, { recursive: true, force: true });
    }
  },
};

interface Overview {
  runs: Record<string, number> | null;
}

/** Memory of Node-RED each second until every row has a run that has ended. */
async function untilAllEnded(nodeRed: MeasuredNodeRed, rows: number): Promise<{ rssMb: number[]; cpuMs: number }> {
  const rssMb: number[] = [];
  let movedAt = performance.now();
  let last = 0;
  for (let turn = 0; ; turn++) {
    await wait(1_000);
    const sample = await nodeRed.sample();
    rssMb.push(sample.rss / megabyte);
    const { runs } = await nodeRed.ask<Overview>('/ps-connect/api/v1/overview');
    const ended = (runs?.['done'] ?? 0) + (runs?.['dead'] ?? 0);
    if (ended === rows) return { rssMb, cpuMs: sample.cpuMs };
    if (ended !== last) movedAt = performance.now();
    last = ended;
    if (turn % 30 === 29) console.error(`month-volume: ${ended} of ${rows} rows ended, ${Math.round(sample.rss / megabyte)} MB`);
    if (performance.now() - movedAt > 120_000) throw new Error(`nothing has ended for two minutes: ${JSON.stringify(runs)}`);
  }
}

interface DeadRun {
  seq: number;
  event: { subject: string };
  failure?: { code: string; message: string; remedy?: string };
}

async function deadLetters(nodeRed: MeasuredNodeRed): Promise<DeadRun[]> {
  const found: DeadRun[] = [];
  for (let before = ''; ;) {
    const page = await nodeRed.ask<DeadRun[]>(`/ps-connect/api/v1/runs?status=dead&limit=500${before && `&before=${before}`}`);
    found.push(...page);
    const last = page.at(-1);
    if (page.length < 500 || !last) return found;
    before = String(last.seq);
  }
}

/** What the ERP must hold, against what it holds. */
function judged(
  inErp: MonthInErp,
  rows: MonthRow[],
  dead: DeadRun[],
): { differences: string[]; wordless: number; bad: number; good: number } {
  const differences: string[] = [];
  const made = new Set(inErp.made);
  const totals = new TotalsOfMonth();
  const codes = new Map(dead.map(({ event, failure }) => [/(\d+)$/.exec(event.subject)?.[1], failure?.code]));
  const bad = rows.filter(({ refusedWith }) => refusedWith !== undefined);
  for (const { id, kind, refusedWith, person, currency, minutes, minor } of rows) {
    if (refusedWith === undefined) {
      totals.add(kind, entities[person.entity]!.code, currency, { minutes, minor });
      if (!made.delete(id)) differences.push(`${kind} ${id} is not in the ERP`);
      if (codes.has(id)) differences.push(`${kind} ${id} is a dead letter: ${codes.get(id)}`);
    } else if (codes.get(id) !== refusedWith) {
      differences.push(`${kind} ${id} should be dead with ${refusedWith}, not ${codes.get(id)}`);
    }
  }
  for (const id of made) differences.push(`${id} should not be in the ERP`);
  if (inErp.madeTwice > 0) differences.push(`${inErp.madeTwice} were made twice`);
  if (inErp.changed > 0) differences.push(`${inErp.changed} were changed or deleted`);
  const wanted = totals.all;
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(inErp.totals)])) {
    if (wanted[key] !== inErp.totals[key]) differences.push(`${key}: ${inErp.totals[key]} in the ERP, not ${wanted[key]}`);
  }
  const wordless = dead.filter(({ failure }) => !failure?.message || !failure.remedy).length;
  return { differences, wordless, bad: bad.length, good: rows.length - bad.length };
}
