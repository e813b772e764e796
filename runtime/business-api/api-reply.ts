import type { FailureLanguage } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Answer } from '../webhook/answers.ts';
import { answerOf, type ApiProblem, problemAnswer } from './api-problem.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** A call is answered by what became of it, or by why it is refused. */
export type Reply = { problem: ApiProblem } | { answer: KeptAnswer };

export const notThere = (): ApiProblem => ({ status: 404, said: inWords('API_NOT_THERE') });

/** @param headers that every answer of the call has */
export function answerOfReply(reply: Reply, language: FailureLanguage, headers: Answer['headers']): Answer {
  if ('problem' in reply) return problemAnswer({ ...reply.problem, headers: { ...headers, ...reply.problem.headers } }, language);
  const { status, body } = reply.answer;
  return answerOf(status, 'application/json', body, headers);
}
