import { Failure, type FailureDetails } from '../../model/failure.ts';
import type { Write } from '../../model/operations.ts';

export type Job = { id: string };

export const noAnswer: FailureDetails = { class: 'transient.timeout', code: 'NO_ANSWER', message: 'No answer.', outcome: 'unknown' };

/** A system that holds one job, and counts how often it was asked to make it. */
export class OneJobSystem {
  sent = 0;
  probed = 0;
  made: Job | undefined;
  /** what the next send answers; absent = the job */
  answers: (FailureDetails & { made?: boolean })[] = [];

  write(more: Partial<Write<Job>> = {}): Write<Job> {
    return {
      key: 'job ENG-1',
      title: 'Project ENG-1 in the ERP',
      request: { code: 'ENG-1' },
      settle: 'probe',
      probe: async () => {
        this.probed++;
        return this.made;
      },
      send: async () => {
        this.sent++;
        const { made, ...failure } = this.answers.shift() ?? { made: true };
        if (made) this.made ??= { id: String(this.sent) };
        if ('class' in failure) throw new Failure(failure);
        return this.made as Job;
      },
      ...more,
    };
  }
}
