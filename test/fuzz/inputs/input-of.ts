import { adminInput } from './admin-inputs.ts';
import { answerInput } from './answer-inputs.ts';
import type { Input } from './input.ts';
import { inputRandom, type Random, weighted } from './input-random.ts';
import { messageInput } from './message-inputs.ts';
import { settingInput } from './setting-inputs.ts';
import { webhookInput } from './webhook-inputs.ts';

/** The n-th input of a seed: the same each time, whichever others are played. */
export function inputOf(seed: number, n: number): Input {
  const random = inputRandom(seed, n);
  return weighted<(random: Random, n: number) => Input>(random, [
    [400, webhookInput],
    [330, adminInput],
    [180, messageInput],
    [87, answerInput],
    [3, settingInput],
  ])(random, n);
}
