import type { Failure, FailureDetails } from '../../model/failure.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import { needsCause, type PeriodProblem, periodProblem } from './refusal-cause.ts';
import type { SuiteQl } from './suiteql.ts';
import { type ResolvedLine, recordOf } from './time-references.ts';

type Cause = Pick<FailureDetails, 'code' | 'message' | 'field' | 'value' | 'remedy'>;

/**
 * Says why a time entry was refused when NetSuite's code does not: `USER_ERROR` stands for a closed period, a closed project and much more,
 * in the language of the integration user. The reason is read from the data; periods once per day of work.
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
    const causes = [...this.projectCauses(entry, line), ...this.employeeCauses(entry, line), ...(await this.periodCauses(entry))];
    // NetSuite may name the field; the cause that belongs to it goes first
    const path = failure.field?.toLowerCase();
    const cause = causes.find(({ belongsTo }) => belongsTo === path)?.cause ?? causes[0]?.cause;
    return cause ? named.with({ class: 'business.rejected', ...cause, message: `${cause.message} (${failure.message})` }) : named;
  }

  private projectCauses(entry: TimeEntry, { jobFacts }: ResolvedLine): { belongsTo: string; cause: Cause }[] {
    const about = (code: string, message: string, remedy: string) => [
      { belongsTo: 'customer', cause: { code, message, field: 'project.code', value: entry.project.code ?? jobFacts.code, remedy } },
    ];
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
    return [];
  }

  private employeeCauses(entry: TimeEntry, { employeeFacts }: ResolvedLine): { belongsTo: string; cause: Cause }[] {
    if (employeeFacts.active) return [];
    const who = entry.resource.email ?? entry.resource.id;
    return [
      {
        belongsTo: 'employee',
        cause: {
          code: 'EMPLOYEE_INACTIVE',
          message: `Employee ${who} is inactive in NetSuite.`,
          field: 'resource.email',
          value: who,
          remedy: 'Activate the employee in NetSuite for the time of posting, then replay.',
        },
      },
    ];
  }

  private async periodCauses(entry: TimeEntry): Promise<{ belongsTo: string; cause: Cause }[]> {
    let reading = this.periods.get(entry.workDate);
    if (!reading) {
      // what cannot be read is not the reason; the refusal itself is what counts
      reading = periodProblem(this.suiteQl, entry.workDate, this.signal).catch(() => undefined);
      this.periods.set(entry.workDate, reading);
    }
    const problem = await reading;
    return problem ? [{ belongsTo: 'trandate', cause: { ...problem, field: 'workDate', value: entry.workDate } }] : [];
  }
}
