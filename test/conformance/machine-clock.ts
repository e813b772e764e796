import { mock } from 'node:test';
import type { ManualClock } from '../engine/manual-clock.ts';

/**
 * The time of this machine, for everything in this process: it stands still but where the suite lets it pass. A connector is made by its declaration,
 * which takes no clock; and a token, a refused sign-in or a simulator's stamp is as old as the pauses of the engine make it.
 */
export const machineClock = {
  stop(): void {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
  },
  /** It shows what the engine's clock shows. */
  follow(clock: ManualClock): void {
    if (clock.now() > Date.now()) mock.timers.setTime(clock.now());
  },
  goOn(): void {
    mock.timers.reset();
  },
};
