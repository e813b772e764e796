import type { Failure, FailureDetails } from '../../../model/failure.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { needsCause, type PeriodProblem, periodProblem } from '../errors/refusal-cause.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { type ResolvedLine, recordOf } from './time-references.ts';

type Cause = Pick<FailureDetails, 'code' | 'message' | 'field' | 'value' | 'remedy'>;

/**
 * Says why a time entry was refused when NetSuite's code does not: `USER_ERROR` stands for a closed period, a closed project and much more, in the
 * language of the integration user. A cause is told only when NetSuite names the field that it belongs to and the data show it: an entry of a closed
 * month may be refused for a department that is missing.
 */
export class TimeRefusals {
  private readonly suiteQl: SuiteQl;
  private readonly signal: AbortSignal;
  private readonly periods = new Map<string, Promise<PeriodProblem | undefined>>();

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
      return known ? named.with({ remedy: `${failure.remedy ?? ''} The data show besides: ${known.message}`.trim() }) : named;
    }
    const cause = await this.causeIn(failure.field.toLowerCase(), entry, line);
    return cause ? named.with({ class: 'business.rejected', ...cause, message: `${cause.message} (${failure.message})` }) : named;
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
    const about = (code: string, message: string, remedy: string): Cause => ({
      code,
      message,
      field: 'project.code',
      value: entry.project.code ?? jobFacts.code,
      remedy,
    });
    if (jobFacts.inactive) {
      return about(
        'PROJECT_INACTIVE',
        `Project ${jobFacts.code} is inactive in NetSuite.`,
        'Activate the project in NetSuite and replay, or move the time to another project in the source.',
      );
    }
    if (jobFacts.closed) {
      return about(
        'PROJECT_CLOSED',
        `Project ${jobFacts.code} is closed in NetSuite.`,
        'Reopen the project in NetSuite (Status) and replay, or move the time to another project in the source.',
      );
    }
    if (!jobFacts.takesTime) {
      return about(
        'PROJECT_TAKES_NO_TIME',
        `Project ${jobFacts.code} takes no time in NetSuite.`,
        'Check "Allow Time Entry" on the project in NetSuite and replay.',
      );
    }
    return undefined;
  }

  private employeeCause(entry: TimeEntry, { employeeFacts }: ResolvedLine): Cause | undefined {
    if (employeeFacts.active) return undefined;
    const who = entry.resource.email ?? entry.resource.id;
    return {
      code: 'EMPLOYEE_INACTIVE',
      message: `Employee ${who} is inactive in NetSuite.`,
      field: 'resource.email',
      value: who,
      remedy: 'Activate the employee in NetSuite for the time of posting, then replay.',
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
