import { limits } from '../limits.ts';

/** It cannot be worked out here: it takes too much, or something that only JSONata itself does. It is worked out in a process of its own. */
export class Apart extends Error {}

const longestMs = 40;
let left = 0;
let until = 0;
let began = 0;

/** Begins one expression; they are worked out one after the other, each without a pause. */
export function beginAllowance(): void {
  left = limits.steps;
  until = 0;
  began = Date.now();
}

/** When the expression was begun, epoch ms. */
export const moment = (): number => began;

export function spend(steps: number): void {
  left -= steps;
  if (!(left >= 0)) throw new Apart(); // also where a step cost nobody knows how much: NaN
}

export const spent = (): number => limits.steps - left;

/** What is made is charged for by its length, before it is made. */
export function spendText(length: number): void {
  if (length > limits.directText) throw new Apart();
  spend(1 + length / 64);
}

/** For steps whose cost is not known before: the clock decides. */
export function watchClock(): void {
  const now = performance.now();
  if (until === 0) until = now + longestMs;
  else if (now > until) throw new Apart();
}
