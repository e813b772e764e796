/**
 * `npm run chaos -- [--kills 100] [--store sqlite|postgres] [--instances 1|3] [--seed 1] [--rate 10]`: everything goes wrong that
 * the seed picks while business events happen; then the books are compared with what they must hold.
 *
 * `npm run chaos -- --enumerate [--step 1] [--every-byte]`: instead kills the process at each single moment of an event, one
 * after the other: before and after every write of the store, before, in the middle of and after everything that is sent to a
 * system (with `--every-byte` at each byte), and after everything that comes back.
 *
 * Prints JSON last; exits 0 only if nothing is lost, twice, left over or in doubt.
 */
import { parseArgs } from 'node:util';
import { playChaos } from '../test/chaos/play.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    store: { type: 'string', default: 'sqlite' },
    instances: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '10' },
    enumerate: { type: 'boolean', default: false },
    step: { type: 'string', default: '1' },
    'every-byte': { type: 'boolean', default: false },
  },
});
const number = (name: 'kills' | 'instances' | 'seed' | 'rate' | 'step', least: number): number => {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} is a number from ${least}, not “${values[name]}”.`);
};
const { store } = values;
if (store !== 'sqlite' && store !== 'postgres') throw new Error(`--store is sqlite or postgres, not “${store}”.`);

if (values.enumerate) {
  if (values['every-byte']) process.env['EVERY_BYTE'] = '1';
  const { enumerate } = await import('../test/chaos/enumerate.ts');
  const report = await enumerate({ store, step: number('step', 1), onProgress: (line) => console.log(line) });
  console.log(JSON.stringify(report));
  process.exit(report.ok ? 0 : 1);
}

const report = await playChaos({
  store,
  ...{ kills: number('kills', 1), instances: number('instances', 1), seed: number('seed', 0), rate: number('rate', 0.1) },
  onProgress: (line) => console.log(line),
});
console.log(JSON.stringify(report));
process.exit(report.ok ? 0 : 1);
