const sample = JSON.stringify(Array.from({ length: 400 }, (_none, n) => ({ id: `TE-${n}`, minutes: n, person: { name: 'Ada Berg' } })));

/** What `yardstick` takes, in milliseconds, on the machine on which the bounds of the tests were measured, with nobody else at work. */
const usualYardstick = 4;

const spent = (began?: NodeJS.CpuUsage): number => {
  // parting it in two is a guess of the system, the sum is not
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1_000;
};

/** How long a piece of work that is always the same takes now. */
function yardstick(): number {
  const began = process.threadCpuUsage();
  for (let n = 0; n < 20; n++) JSON.stringify(JSON.parse(sample));
  return spent(began);
}

/** How many times as long as on an idle machine something takes now, at least once: who shares a core and its caches makes both slower. */
export function slowness(): number {
  const looks = Array.from({ length: 7 }, yardstick).sort((one, other) => one - other);
  return Math.max(1, looks[3]! / usualYardstick);
}

/**
 * What a piece of work costs, in milliseconds, for a test that holds it to a bound wherever it runs: CPU time of this thread alone; of the
 * first of three tries that is below `enough`, since the first compiles and the collector may come in between; else of the quickest, as it
 * would be on an idle machine.
 */
export async function cpuMs(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least >= enough; tries++) {
    const began = process.threadCpuUsage();
    await work();
    const took = spent(began);
    least = Math.min(least, took < enough ? took : took / slowness());
  }
  return least;
}
