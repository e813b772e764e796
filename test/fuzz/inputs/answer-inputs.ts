import type { AnswerInput } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { hostileAnswer } from './hostile-answer.ts';

const all = ['salesforce', 'netsuite', 'kantata'] as const;
/** Which systems an operation asks. */
const systemsOf = {
  deal: all,
  time: ['netsuite'],
  test: all,
  reconcile: ['netsuite', 'kantata'],
  poll: ['salesforce', 'kantata'],
} as const;

/** The moments at which one of the systems' answers is not what was documented. */
export function answerInput(random: Random, n: number): AnswerInput {
  const operation = weighted(random, [
    [55, 'deal'],
    [12, 'time'],
    [28, 'test'],
    [4, 'reconcile'],
    [6, 'poll'],
  ] as const);
  const system = random.pick(systemsOf[operation]);
  const [family, answer] = hostileAnswer(random, n, operation === 'poll');
  const after = operation === 'deal' ? random.between(0, 6) : random.between(0, 2);
  return {
    kind: 'answer',
    family: `answer: ${family}`,
    operation,
    system,
    after,
    times: random.pick([1, 1, 1, 2, 2, 9]),
    answer,
  };
}
