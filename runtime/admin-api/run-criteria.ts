import type { Severity } from '../../engine/retry-policy.ts';
import type { Run, RunFilter, RunStatus } from '../../engine/store/runs.ts';
import { type FailureClass, failureClasses } from '../../model/failure-details.ts';
import { type Fields, oneOf, text, wholeNumber } from './schema.ts';

/** Of runs, or of dead letters among them, those that a person looks for. */
export interface RunCriteria {
  class?: FailureClass;
  code?: string;
  system?: string;
  severity?: Severity;
  since?: number;
  until?: number;
  /** of runs */
  status?: RunStatus[];
}

/** Dead letters are looked for by when they became some, runs by when they came in. */
export type Listed = 'runs' | 'dead-letters';

const at = (description: string) => wholeNumber(`${description}, epoch ms`, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What both are looked for by, beside their state. */
export const criteriaOf = (listed: Listed): Fields => ({
  flow: text('tab id'),
  search: text(
    'part of business id, key, client, amount or hours, the last two as a person writes them, or the whole id of the run; for who has `ps-connect.edit` part of the name or address of a person, too',
  ),
  engagement: text('its code, whole: business id, key or engagement of the run'),
  class: oneOf(failureClasses, 'of the failure'),
  code: text('failure code'),
  system: text('that has said it'),
  severity: oneOf(['low', 'normal', 'high', 'critical'] satisfies readonly Severity[], 'of the run'),
  since: at(listed === 'runs' ? 'came in then or later' : 'a dead letter since then or later'),
  until: at('and before then'),
});

const unknownCode = 'UNKNOWN';
/** what is done has no failure any more */
const mayHaveFailed: RunStatus[] = ['ready', 'running', 'waiting', 'dead', 'cancelled'];

/** As the store looks for them: it may find some more, whose failure says the same elsewhere. */
export function criteriaOfStore(
  listed: Listed,
  { status, class: failureClass, code, system, severity, since, until }: RunCriteria,
): Partial<RunFilter> {
  const failure = Object.fromEntries(
    // a failure that is lost has a code that it does not say
    Object.entries({ class: failureClass, code, system }).filter(
      ([name, value]) => value !== undefined && !(name === 'code' && value === unknownCode),
    ),
  );
  const hasFailed = [failureClass, code, system].some((one) => one !== undefined);
  const [from, before] = listed === 'runs' ? (['cameFrom', 'cameBefore'] as const) : (['changedFrom', 'changedBefore'] as const);
  const statuses =
    listed === 'dead-letters' ? ['dead' as const] : hasFailed ? mayHaveFailed.filter((one) => status?.includes(one) ?? true) : status;
  return {
    ...(hasFailed ? { failure } : {}),
    ...(statuses === undefined ? {} : { status: statuses }),
    ...(statuses?.length === 0 ? { ids: [] } : {}),
    ...(severity === undefined ? {} : { severity }),
    ...(since === undefined ? {} : { [from]: since }),
    ...(until === undefined ? {} : { [before]: until }),
  };
}

/** Whether a run is one of them; `undefined` = all that the store finds are. */
export function criterion(
  listed: Listed,
  { class: failureClass, code, system, severity, since, until }: RunCriteria,
): ((run: Run) => boolean) | undefined {
  const tests: ((run: Run) => boolean)[] = [];
  const lost = (run: Run, said: string) => (run.status === 'dead' ? said : undefined);
  if (failureClass !== undefined) tests.push((run) => (run.failure?.class ?? lost(run, 'internal')) === failureClass);
  if (code !== undefined) tests.push((run) => (run.failure?.code ?? lost(run, unknownCode)) === code);
  if (system !== undefined) tests.push(({ failure }) => failure?.system === system);
  if (listed === 'runs') return tests.length === 0 ? undefined : (run) => tests.every((test) => test(run)); // what has come in is not changed
  if (severity !== undefined) tests.push((run) => run.severity === severity);
  if (since !== undefined) tests.push(({ updatedAt }) => updatedAt >= since);
  if (until !== undefined) tests.push(({ updatedAt }) => updatedAt < until);
  return tests.length === 0 ? undefined : (run) => tests.every((test) => test(run));
}
