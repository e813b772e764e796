import type { Failure } from '../../../model/failure.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { needsCause, periodProblem, type Shown } from '../errors/refusal-cause.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { type ResolvedLine, recordOf } from './time-references.ts';

interface Cause extends Shown {
  field: string;
  value: string;
}

/**
 * Says why a time entry was refused when NetSuite's code does not: `USER_ERROR` stands for a closed period, a closed project and much more, in the
 * language of the integration user. A cause is told only when NetSuite names the field that it belongs to and the data show it: an entry of a closed
 * month may be refused for a department that is missing.
 */
export class TimeRefusals {
  private readonly suiteQl: SuiteQl;
  private readonly signal: AbortSignal;
  private readonly periods = new Map<string, Promise<Shown | undefined>>();

  constructor(suiteQl: SuiteQl, signal: AbortSignal) {
    this.suiteQl = suiteQl;
    this.signal = signal;
  }

  async explain(failure: Failure, entry: TimeEntry, line: ResolvedLine): Promise<Failure> {
    const named = failure.with({ record: recordOf(entry) });
    if (!needsCause(failure)) return named;
    if (!failure.field) {
      // what the data show is told as that, not as the reason
      const known = this.projectCause(entry, line) ?? this.employeeCause(entry, line);
      return known ? besides(named, known) : named;
    }
    const cause = await this.causeIn(failure.field.toLowerCase(), entry, line);
    if (!cause) return named;
    const { asReason, field, value } = cause;
    return named.with({ class: 'business.rejected', ...asReason(failure), field, value });
  }

  private async causeIn(field: string, entry: TimeEntry, line: ResolvedLine): Promise<Cause | undefined> {
    switch (field) {
      case 'customer':
        return this.projectCause(entry, line);
      case 'employee':
        return this.employeeCause(entry, line);
      case 'trandate':
        return this.periodCause(entry);
      default:
        return undefined;
    }
  }

  private projectCause(entry: TimeEntry, { jobFacts }: ResolvedLine): Cause | undefined {
    const { code: project } = jobFacts;
    const about = { field: 'project.code', value: entry.project.code ?? project };
    if (jobFacts.inactive) {
      const shown = phrase('PROJECT_INACTIVE.shown', { project });
      return { ...about, shown, asReason: (refusal) => inWords('PROJECT_INACTIVE', { shown, said: wordsOf(refusal) }) };
    }
    if (jobFacts.closed) {
      const shown = phrase('PROJECT_CLOSED.shown', { project });
      return { ...about, shown, asReason: (refusal) => inWords('PROJECT_CLOSED', { shown, said: wordsOf(refusal) }) };
    }
    if (!jobFacts.takesTime) {
      const shown = phrase('PROJECT_TAKES_NO_TIME.shown', { project });
      return { ...about, shown, asReason: (refusal) => inWords('PROJECT_TAKES_NO_TIME', { shown, said: wordsOf(refusal) }) };
    }
    return undefined;
  }

  private employeeCause(entry: TimeEntry, { employeeFacts }: ResolvedLine): Cause | undefined {
    if (employeeFacts.active) return undefined;
    const who = entry.resource.email ?? entry.resource.id;
    const shown = phrase('EMPLOYEE_INACTIVE.shown', { who });
    return {
      shown,
      asReason: (refusal) => inWords('EMPLOYEE_INACTIVE', { shown, said: wordsOf(refusal) }),
      field: 'resource.email',
      value: who,
    };
  }

  private async periodCause(entry: TimeEntry): Promise<Cause | undefined> {
    let reading = this.periods.get(entry.workDate);
    if (!reading) {
      // what cannot be read is not the reason; the refusal itself is what counts
      reading = periodProblem(this.suiteQl, entry.workDate, this.signal).catch(() => undefined);
      this.periods.set(entry.workDate, reading);
    }
    const problem = await reading;
    return problem && { ...problem, field: 'workDate', value: entry.workDate };
  }
}

/** The refusal as it was told, with what is known of the record beside its remedy. */
function besides(refusal: Failure, { shown }: Cause): Failure {
  const { code } = refusal;
  return refusal.with({ ...inWords('AS_SAID.netsuite-besides', { before: wordsOf(refusal), shown }), code });
}
