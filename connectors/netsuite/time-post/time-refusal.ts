import type { Failure } from '../../../model/failure.ts';
import { inWords, wordsOf } from '../../../model/failure-words.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { because, type Cause, employeeCause, PeriodCauses, projectCause } from '../errors/booking-causes.ts';
import { needsCause } from '../errors/refusal-cause.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { type ResolvedLine, recordOf } from './time-references.ts';

/**
 * Says why a time entry was refused when NetSuite's code does not: `USER_ERROR` stands for a closed period, a closed project and much more, in the
 * language of the integration user. A cause is told only when NetSuite names the field that it belongs to and the data show it: an entry of a closed
 * month may be refused for a department that is missing.
 */
export class TimeRefusals {
  private readonly periods: PeriodCauses;

  constructor(suiteQl: SuiteQl, signal: AbortSignal) {
    this.periods = new PeriodCauses(suiteQl, signal);
  }

  async explain(failure: Failure, entry: TimeEntry, line: ResolvedLine): Promise<Failure> {
    const named = failure.with({ record: recordOf(entry) });
    if (!needsCause(failure)) return named;
    if (!failure.field) {
      // what the data show is told as that, not as the reason
      const known = projectCause(entry, line.jobFacts, 'time') ?? employeeCause(entry, line.employeeFacts);
      return known ? besides(named, known) : named;
    }
    const cause = await this.causeIn(failure.field.toLowerCase(), entry, line);
    return cause ? because(failure, cause, named) : named;
  }

  /** Of time that is not to be changed any more, for which the day that it is booked on may be the reason. */
  async explainDay(failure: Failure, entry: TimeEntry, day: string): Promise<Failure> {
    const isOfDay = needsCause(failure) && failure.field?.toLowerCase() === 'trandate';
    const cause = isOfDay ? await this.periods.of('workDate', day) : undefined;
    const named = failure.with({ record: recordOf(entry) });
    return cause ? because(failure, cause, named) : named;
  }

  private async causeIn(field: string, entry: TimeEntry, { jobFacts, employeeFacts }: ResolvedLine): Promise<Cause | undefined> {
    switch (field) {
      case 'customer':
        return projectCause(entry, jobFacts, 'time');
      case 'employee':
        return employeeCause(entry, employeeFacts);
      case 'trandate':
        return this.periods.of('workDate', entry.workDate);
      default:
        return undefined;
    }
  }
}

/** The refusal as it was told, with what is known of the record beside its remedy. */
function besides(refusal: Failure, { shown }: Cause): Failure {
  const { code } = refusal;
  return refusal.with({ ...inWords('AS_SAID.netsuite-besides', { before: wordsOf(refusal), shown }), code });
}
