import { adminInput } from './admin-inputs.ts';
import { answerInput } from './answer-inputs.ts';
import { apiInput } from './api-inputs.ts';
import type { Input } from './input.ts';
import { inputRandom, type Random, weighted } from './input-random.ts';
import { messageInput } from './message-inputs.ts';
import { settingInput } from './setting-inputs.ts';
import { webhookInput } from './webhook-inputs.ts';

type Maker = (random: Random, n: number) => Input;

const makers: readonly (readonly [number, Maker])[] = [
  [350, webhookInput],
  [50, apiInput],
  [330, adminInput],
  [180, messageInput],
  [87, answerInput],
  [3, settingInput],
];

/** The n-th input of a seed: the same each time, whichever others are played. */
export function inputOf(seed: number, n: number): Input {
  const random = inputRandom(seed, n);
  return weighted(random, makers)(random, n);
}

/** Whether the n-th input is over only when something has happened that it has set going. */
export function takesLong(seed: number, n: number): boolean {
  const maker = weighted(inputRandom(seed, n), makers);
  return maker === answerInput || maker === settingInput;
}
