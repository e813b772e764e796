import { Failure } from '../model/failure.ts';
import type { Clock } from './clock.ts';

/** Spaces the writes to one connection evenly, so that the system's own limit is not run into. One for each connection and process. */
export class Pace {
  private readonly clock: Clock;
  /** epoch ms from which the next write may go */
  private freeAt = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Resolves when it is this write's turn. An abort gives the turn up: `ABORTED`, not made. */
  async turn(perMinute: number, signal: AbortSignal): Promise<void> {
    const at = Math.max(this.clock.now(), this.freeAt);
    this.freeAt = at + 60_000 / perMinute;
    const waitMs = at - this.clock.now();
    if (waitMs <= 0) return;
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        cancel();
        reject(givenUp());
      };
      const cancel = this.clock.after(waitMs, () => {
        signal.removeEventListener('abort', give);
        resolve();
      });
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { once: true });
    });
  }
}

function givenUp(): Failure {
  return new Failure({
    class: 'transient.unavailable',
    code: 'ABORTED',
    message: 'The write had not had its turn when the flow was stopped or redeployed.',
    outcome: 'not-made',
  });
}
