import { Findings, type Finding } from './findings.ts';
import { inputOf, takesLong } from './inputs/input-of.ts';
import { mostFrozenMs } from './freezes.ts';
import { Stage } from './stage.ts';
import { Testbed } from './testbed.ts';

export interface FuzzOptions {
  /** inputs of the seed, from this one on */
  from?: number;
  /** up to this one */
  requests: number;
  seed: number;
  store: 'sqlite' | 'postgres';
  /** play this input alone */
  only?: number;
  /** end it after so long, whatever has been played */
  seconds: number;
  onProgress(line: string): void;
}

export interface FuzzReport {
  seed: number;
  store: string;
  /** inputs that were played */
  requests: number;
  /** inputs of a family that had stopped the process before */
  passedOver: number;
  /** the process ended, hung, or did not start again */
  crashes: number;
  /** failures, answers and runs that say nothing */
  unclassified: number;
  /** the longest time for which one input held the event loop, without what the machine took */
  frozenMs: number;
  /** the same of all that came together */
  heldMs: number;
  /** secrets, and persons shown to readers */
  leaks: number;
  /** somebody was let in who should not have been */
  admitted: number;
  /** the largest the process grew */
  memoryMb: number;
  kinds: Record<string, number>;
  /** how often inputs came where something can be found */
  reached: Record<string, number>;
  /** where none came, if enough were played to come everywhere */
  missing: string[];
  seconds: number;
  ok: boolean;
  findings: Finding[];
}

/** The process may grow so large. */
export const mostMemoryMb = 1_024;

/** Fewer need not come everywhere. */
const enoughToReachAll = 1_500;
const chunk = 20_000;
/** So many are played at once: those that are over with their answer, and those that take long, which need not wait for each other. */
const quickAtOnce = 24;
const longAtOnce = 18;
const lanes = 14;
/** after so many deaths the rest would tell nothing new */
const mostDeaths = 25;

/** Plays the inputs of a seed against a running product, and says what it did not stand. */
export async function playFuzz({ from: first = 0, requests, seed, store, only, seconds, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const began = performance.now();
  const spent = () => (performance.now() - began) / 1_000;
  const findings = new Findings();
  const testbed = await Testbed.start({ store, lanes, hungMs: 6_000 }, findings);
  const kinds: Record<string, number> = {};
  const stage = new Stage({ testbed, findings, seed, onProgress });
  let played = 0;
  let told = 0;
  try {
    const numbers = only === undefined ? { from: first, to: requests } : { from: only, to: only + 1 };
    for (let from = numbers.from; from < numbers.to && spent() < seconds && stage.deaths < mostDeaths; from += chunk) {
      const to = Math.min(numbers.to, from + chunk);
      await stage.open();
      const worker = async (left: Iterable<number>) => {
        for (const n of left) {
          const input = inputOf(seed, n);
          if (!(await stage.play(n, input))) continue;
          played++;
          kinds[input.kind] = (kinds[input.kind] ?? 0) + 1;
        }
      };
      const isOver = () => spent() >= seconds || stage.deaths >= mostDeaths;
      const workers = (count: number, long: boolean) => {
        const left = numbersOf({ seed, from, to, long, isOver });
        return Array.from({ length: only === undefined ? count : 1 }, () => worker(left));
      };
      await Promise.all([...workers(quickAtOnce, false), ...workers(longAtOnce, true)]);
      await stage.close();
      for (const { kind, what, numbers: of } of findings.all().slice(told)) onProgress(`${kind}: ${what} ← ${of.join(' ')}`);
      told = findings.all().length;
      onProgress(
        `${to} of ${numbers.to}: ${played} played in ${Math.round(spent())} s, ${findings.all().length} kinds of findings, ${stage.deaths} deaths`,
      );
    }
    await stage.freezes.confirm(Math.max(60, Math.min(600, seconds - spent())));
  } finally {
    await stage.end();
    await testbed.end();
  }
  if (stage.memoryMb > mostMemoryMb)
    findings.add('memory', `the process grew to ${Math.round(stage.memoryMb / 100) * 100} MB`, stage.largest);
  const missing = played < enoughToReachAll ? [] : stage.reached.missing;
  if (missing.length > 0) onProgress(`No input came so far: ${missing.join(', ')}.`);
  const report = {
    ...{ seed, store, requests: played, passedOver: stage.passedOver },
    crashes: findings.count('crash', 'hung'),
    unclassified: findings.count('unclassified'),
    frozenMs: Math.round(stage.freezes.frozenMs),
    heldMs: Math.round(stage.freezes.heldMs),
    leaks: findings.count('leak'),
    admitted: findings.count('admitted'),
    memoryMb: Math.round(stage.memoryMb),
    kinds,
    reached: stage.reached.counts,
    missing,
    seconds: Math.round(spent()),
    findings: findings.all(),
  };
  const enough = only !== undefined || (played >= requests - first && missing.length === 0);
  const zero = report.crashes + report.unclassified + report.leaks + report.admitted + stage.passedOver === 0;
  return { ...report, ok: enough && zero && report.frozenMs <= mostFrozenMs && report.memoryMb <= mostMemoryMb };
}

/** Numbers of the inputs of one sort, for several workers to take from. */
function* numbersOf(of: { seed: number; from: number; to: number; long: boolean; isOver(): boolean }): Generator<number, void> {
  for (let n = of.from; n < of.to && !of.isOver(); n++) if (takesLong(of.seed, n) === of.long) yield n;
}
