import type { Random } from './input-random.ts';
import { RawJson } from './raw-json.ts';

/** JSON that costs more than it looks, smallest first. The name says what is hostile about it; one is picked by size. */
export const bombs: Readonly<Record<string, (random: Random) => RawJson>> = {
  'deep list': (random) => nested('[', ']', random.pick([60, 130, 1_000, 3_400, 5_000, 10_000, 50_000, 200_000])),
  'deep object': (random) => nested('{"a":', '}', random.pick([60, 130, 1_000, 3_400, 5_000, 20_000, 100_000])),
  'wide list': (random) => new RawJson(`[${'0,'.repeat(random.pick([1_000, 20_000, 200_000]))}0]`),
  'many names': (random) => {
    const count = random.pick([1_000, 20_000, 60_000]);
    return new RawJson(`{${Array.from({ length: count }, (_, index) => `"n${index}":1`).join(',')}}`);
  },
  'one long name': (random) => new RawJson(`{"${'n'.repeat(random.pick([1_025, 65_000, 500_000]))}":1}`),
  'long letters': (random) => new RawJson(`"${'a'.repeat(random.pick([5_000, 60_000, 300_000, 900_000]))}"`),
  'long almost address': (random) => new RawJson(`"${'a.'.repeat(random.pick([2_000, 30_000, 150_000]))}@"`),
  'many addresses': (random) => new RawJson(`"${'a@b.c '.repeat(random.pick([500, 10_000, 100_000]))}"`),
  'long blanks': (random) => new RawJson(`"x${' '.repeat(random.pick([5_000, 60_000, 300_000]))}x"`),
  'long digits': (random) => new RawJson(`${'9'.repeat(random.pick([400, 5_000, 200_000]))}`),
  'long decimal text': (random) => new RawJson(`"0.${'3'.repeat(random.pick([400, 5_000, 200_000]))}"`),
  'wide and deep': () => new RawJson(`${'['.repeat(40)}${'[{"a":[1,2,{"b":null}]}],'.repeat(3_000)}0${']'.repeat(40)}`),
};

function nested(open: string, close: string, depth: number): RawJson {
  return new RawJson(`${open.repeat(depth)}1${close.repeat(depth)}`);
}
