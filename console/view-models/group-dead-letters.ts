import { type FailureLanguage, type Said, sentence } from '../../model/failure-sentence.ts';
import type { RunRow } from '../answers.ts';

/** Dead letters with one cause: what one act of a person may put right together. */
export interface DeadLetterGroup {
  code: string;
  class: string;
  runs: RunRow[];
  /** said once when all of them say it */
  message?: string;
  remedy?: string;
}

/** Groups by class and code, and says what they say in a language, the largest group first; within a group as they were given. */
export function groupDeadLetters(runs: readonly RunRow[], language: FailureLanguage): DeadLetterGroup[] {
  const groups = new Map<string, DeadLetterGroup>();
  for (const run of runs) {
    const code = run.failure?.code ?? 'UNKNOWN';
    const failureClass = run.failure?.class ?? 'internal';
    const key = `${failureClass} ${code}`;
    const group = groups.get(key) ?? { code, class: failureClass, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => {
      const said = group.runs.map(({ failure }) => failure && sentence(failure, language));
      return { ...group, ...shared(said, 'message'), ...shared(said, 'remedy') };
    })
    .sort((left, right) => right.runs.length - left.runs.length || left.code.localeCompare(right.code));
}

function shared(said: readonly (Said | undefined)[], name: 'message' | 'remedy'): Partial<DeadLetterGroup> {
  const [first, ...others] = said.map((one) => one?.[name]);
  return first !== undefined && others.every((text) => text === first) ? { [name]: first } : {};
}
