const sample = JSON.stringify(Array.from({ length: 400 }, (_none, n) => ({ id: `TE-${n}`, minutes: n, person: { name: 'Ada Berg' } })));

/** What `yardstick` takes, in milliseconds, on the machine on which the bounds of the tests were measured, with nobody else at work. */
const usualYardstick = 1.5;

/** How long a piece of work that is always the same takes now. */
function yardstick(): number {
  return spent(() => {
    for (let n = 0; n < 5; n++) JSON.stringify(JSON.parse(sample));
  });
}

function spent(work: () => void): number {
  const began = process.threadCpuUsage();
  work();
  return process.threadCpuUsage(began).user / 1_000;
}

/** How many times as long as on an idle machine something takes now, at least once. */
export function slowness(): number {
  return Math.max(1, Math.min(...Array.from({ length: 5 }, yardstick)) / usualYardstick);
}

/**
 * What a piece of work costs, in milliseconds, for a test that holds it to a bound wherever it runs: CPU time of this thread alone; of the
 * quickest of three tries (the first compiles, and the collector may come in between), or of the first that is below `enough`; and less of
 * it where another piece of work takes longer than on an idle machine, since who shares the core and its caches makes both slower.
 */
export async function cpuMs(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least >= enough; tries++) {
    const before = yardstick();
    const began = process.threadCpuUsage();
    await work();
    const took = process.threadCpuUsage(began).user / 1_000;
    const slower = Math.max(1, Math.min(before, yardstick()) / usualYardstick);
    least = Math.min(least, took / slower);
  }
  return least;
}
