import { limits } from '../limits.ts';
import { Apart, moment, spend, spendText, watchClock } from './allowance.ts';
import { type Builtin, builtin } from './calls.ts';
import { Frame } from './frame.ts';
import { higherOrder } from './higher-order.ts';
import { contains, matchAll, replace, split } from './matcher.ts';
import { nativeFunction } from './native-functions.ts';
import { append, equal, isObject, isSequence, keysOf, lookup, measure, sequence, textOf, truth, type Value } from './values.ts';

type Run = Builtin['run'];

/** What a call of jsonata's own function costs; charged before it is made. */
type Cost = (values: Value[]) => void;

const free: Cost = () => undefined;
const byLength: Cost = (values) => {
  for (const value of values) {
    if (typeof value === 'string') spendText(value.length * 16);
    else if (Array.isArray(value)) spend(value.length);
  }
};
const byFields: Cost = ([value]) => {
  for (const one of Array.isArray(value) ? (value as Value[]) : [value]) spend(1 + keysOf(one).length);
};
/** Where how long it takes depends on the value, and is over soon. */
const byClock: Cost = () => {
  spend(4);
  watchClock();
};
/** Pictures of numbers and dates: what reads them takes more than linear time, and one may ask for a width of a hundred million. */
const picture: Cost = (values) => {
  spend(20);
  watchClock();
  for (const value of values) if (typeof value === 'string' && (value.length > 100 || /[,-]\s*\d{4}/.test(value))) throw new Apart();
};

const native: Record<string, Cost> = {
  ...{ sum: byLength, count: free, max: byLength, min: byLength, average: byLength },
  ...{ substringBefore: byLength, substringAfter: byLength, lowercase: byLength, uppercase: byLength, trim: byLength, length: byLength },
  ...{ number: byLength, floor: free, ceil: free, round: byClock, abs: free, sqrt: free, power: free, formatBase: byClock },
  ...{ exists: free, type: free, error: free, assert: free, reverse: byLength, zip: byLength },
  ...{ base64encode: byLength, base64decode: byLength, encodeUrlComponent: byLength, encodeUrl: byLength },
  ...{ decodeUrlComponent: byLength, decodeUrl: byLength, keys: byFields, merge: byFields },
  ...{ formatNumber: picture, formatInteger: picture, parseInteger: picture, fromMillis: picture },
  substring: ([text]) => spendText(typeof text === 'string' ? text.length * 64 : 0),
  pad: ([text, width, sign]) => {
    const size = Math.abs(width as number);
    if (size > limits.directText) throw new Apart();
    // several signs are repeated as often as one would be, and cut letter by letter
    if (typeof sign === 'string' && sign.length > 1) spendText(size * sign.length * 64);
    spendText(size + (typeof text === 'string' ? text.length * 16 : 0));
    spend(size / 16);
  },
  spread: ([list]) => {
    if (Array.isArray(list) && list.length > 200) throw new Apart();
    byFields([list]);
  },
  join: ([list, separator]) => {
    let length = 0;
    const between = typeof separator === 'string' ? separator.length : 0;
    for (const text of Array.isArray(list) ? (list as Value[]) : []) length += between + (typeof text === 'string' ? text.length : 0);
    spendText(length);
    byLength([list]);
  },
  toMillis: ([text, format]) => {
    picture([format]);
    if (typeof text === 'string' && text.length > 30) throw new Apart();
    if (typeof format === 'string' && format.split('[').length > 8) throw new Apart();
  },
};

const own: Record<string, Run> = {
  ...Object.fromEntries(
    Object.entries(higherOrder).map(([name, run]): [string, Run] => [name, (values, _input, frame) => run(values, frame)]),
  ),
  string: ([value, pretty]) => (pretty === true ? indented(value) : textOf(value)),
  boolean: ([value]) => truth(value),
  not: ([value]) => (value === undefined ? undefined : !truth(value)),
  lookup: ([value, key]) => (typeof key === 'string' ? lookup(value, key) : beyond()),
  append: ([one, other]) => append(one, other),
  distinct: ([list]) => distinct(list),
  contains: ([text, token]) => contains(text, token),
  match: ([text, regex, limit]) => matchAll(text, regex, limit),
  split: ([text, separator, limit]) => split(text, separator, limit),
  replace: ([text, pattern, by, limit], _input, frame) => replace(text, pattern, by, limit, frame),
  clone: ([value]) => (value === undefined ? undefined : (JSON.parse(textOf(value) as string) as Value)),
};

function indented(value: Value): Value {
  measure(value);
  return nativeFunction('string').implementation.call(focus, value, true);
}

function beyond(): never {
  throw new Apart();
}

/** Each value once; plain ones by a look-up, the others by comparing them. */
function distinct(list: Value): Value {
  if (!Array.isArray(list) || list.length <= 1) return list;
  spend(list.length);
  const result: Value[] = isSequence(list) ? sequence() : [];
  const seen = new Set<Value>();
  const objects: Value[] = [];
  for (const item of list as Value[]) {
    if (!isObject(item)) {
      if (typeof item === 'string') spend(item.length / 1_024);
      if (seen.has(item) && item === item) continue; // eslint-disable-line no-self-compare -- NaN is never the same
      seen.add(item);
    } else {
      if (objects.some((other) => equal(item, other))) continue;
      objects.push(item);
    }
    result.push(item);
  }
  return result;
}

/** What jsonata's functions are called on. */
const focus = {
  createSequence: (...items: Value[]) => sequence(...items),
  environment: {
    get timestamp() {
      return new Date(moment());
    },
  },
};

/** The functions that can be worked out at once; the others ($eval, $random, $shuffle) are left to jsonata. */
export function standardFrame(): Frame {
  const frame = new Frame();
  bindClock(frame);
  for (const [name, cost] of Object.entries(native)) {
    const { implementation, signature } = nativeFunction(name);
    frame.bind(
      name,
      builtin(implementation.length, signature, (values) => {
        cost(values);
        return implementation.apply(focus, values);
      }),
    );
  }
  for (const [name, run] of Object.entries(own)) {
    const { implementation, signature } = nativeFunction(name);
    frame.bind(name, builtin(implementation.length, signature, run));
  }
  for (const name of ['eval', 'random', 'shuffle']) frame.bind(name, builtin(0, undefined, beyond));
  return frame;
}

const fromMillis = nativeFunction('fromMillis');

/** `$now` and `$millis`: the same moment in all of one evaluation. */
function bindClock(frame: Frame): void {
  const now: Run = (values) => {
    if (values.some((value) => typeof value !== 'string')) throw new Apart();
    picture(values);
    return fromMillis.implementation.call(focus, moment(), ...values);
  };
  frame.bind('now', builtin(2, undefined, now));
  frame.bind('millis', builtin(0, undefined, moment));
}
