import type { Severity } from '../../engine/retry-policy.ts';
import type { Run, RunFilter } from '../../engine/store/runs.ts';
import { type FailureClass, failureClasses } from '../../model/failure-details.ts';
import { type Fields, oneOf, text, wholeNumber } from './schema.ts';

/** Of dead letters, those that a person looks for. */
export interface DeadLetterCriteria {
  class?: FailureClass;
  code?: string;
  system?: string;
  severity?: Severity;
  since?: number;
  until?: number;
}

const at = (description: string) => wholeNumber(`${description}, epoch ms`, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const deadLetterCriteria: Fields = {
  class: oneOf(failureClasses, 'of the failure'),
  code: text('failure code'),
  system: text('that has said it'),
  severity: oneOf(['low', 'normal', 'high', 'critical'] satisfies readonly Severity[], 'of the run'),
  since: at('a dead letter since then or later'),
  until: at('and before then'),
};

/** As the store looks for them: it may find some more, whose failure says the same elsewhere. */
export function criteriaOfStore({ class: failureClass, code, system, severity, since, until }: DeadLetterCriteria): Partial<RunFilter> {
  const said = Object.entries({ class: failureClass, code, system }).filter(
    // a failure that is lost counts as `internal`, with a code that it does not say
    ([name, value]) => value !== undefined && !(name === 'class' && value === 'internal') && !(name === 'code' && value === unknownCode),
  );
  return {
    ...(said.length === 0 ? {} : { failureSays: said.map(([name, value]) => `"${name}":${JSON.stringify(value)}`) }),
    ...(severity === undefined ? {} : { severity }),
    ...(since === undefined ? {} : { changedFrom: since }),
    ...(until === undefined ? {} : { changedBefore: until }),
  };
}

const unknownCode = 'UNKNOWN';

/** Whether a run is one of them; `undefined` = all are. */
export function criterion({
  class: failureClass,
  code,
  system,
  severity,
  since,
  until,
}: DeadLetterCriteria): ((run: Run) => boolean) | undefined {
  const tests: ((run: Run) => boolean)[] = [];
  if (failureClass !== undefined) tests.push(({ failure }) => (failure?.class ?? 'internal') === failureClass);
  if (code !== undefined) tests.push(({ failure }) => (failure?.code ?? unknownCode) === code);
  if (system !== undefined) tests.push(({ failure }) => failure?.system === system);
  if (severity !== undefined) tests.push((run) => run.severity === severity);
  if (since !== undefined) tests.push(({ updatedAt }) => updatedAt >= since);
  if (until !== undefined) tests.push(({ updatedAt }) => updatedAt < until);
  return tests.length === 0 ? undefined : (run) => tests.every((test) => test(run));
}
