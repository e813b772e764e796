/**
 * `npm run fuzz -- [--requests 100000] [--from 0] [--seed 1] [--store sqlite|postgres] [--minutes 40]`: hostile webhooks, admin requests,
 * messages, answers of systems and settings against a running product.
 *
 * `npm run fuzz -- --seed 1 --only 4711`: plays that input of the seed alone, as a finding names it.
 *
 * Prints each finding with its smallest input, and JSON last; exits 0 only if nothing ended or hung the process, held it for more than
 * 200 ms, went without a class, gave a secret or a person away, or let somebody in.
 */
import { parseArgs } from 'node:util';
import { playFuzz } from '../test/fuzz/play.ts';
import { inputOf } from '../test/fuzz/inputs/input-of.ts';
import { shownInput } from '../test/fuzz/findings.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    store: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string', default: '40' },
    only: { type: 'string' },
  },
});
const number = (name: 'requests' | 'from' | 'seed' | 'minutes' | 'only', least: number): number => {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} is a number from ${least}, not “${values[name]}”.`);
};
const { store } = values;
if (store !== 'sqlite' && store !== 'postgres') throw new Error(`--store is sqlite or postgres, not “${store}”.`);

const seed = number('seed', 0);
const minutes = number('minutes', 0.1);
const only = values.only === undefined ? undefined : number('only', 0);
if (only !== undefined) console.log(shownInput(inputOf(seed, only)));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));

// whatever hangs, this ends
setTimeout(
  () => {
    console.error('The fuzzer itself did not end in time.');
    process.exit(2);
  },
  (minutes + 16) * 60_000,
).unref();

const { findings, ...report } = await playFuzz({
  ...{
    requests: number('requests', 1),
    from: number('from', 0),
    seed,
    store,
    seconds: minutes * 60,
    onProgress: (line) => console.log(line),
  },
  ...(only === undefined ? {} : { only }),
});
for (const { kind, what, times, numbers, family, input } of findings) {
  console.log(`\n${kind} ×${times}: ${what}\n  --seed ${seed} --only ${numbers.join(' ')}  (${family})\n  ${input}`);
}
console.log(JSON.stringify(report));
process.exit(report.ok ? 0 : 1);
