import type { Run } from '../../engine/store/runs.ts';
import { guiltyAfter, suspectAfter } from '../../engine/suspects.ts';
import type { World } from './world.ts';

/** A run may end as a dead letter only for a cause that this scenario can give, and that came up. */
export function mayDie(world: World, run: Run): boolean {
  const { scenario, ledger, policy, view } = world;
  const { shape, settle, faults, asks, fails, undo, deadly } = scenario;
  const byFault = ledger.crashes - ledger.crashesByMessage;
  const code = run.failure?.code;
  const event = run.event.id;
  const mine = view.effects.filter((effect) => effect.run === run.id);
  const uncertain = ledger.crashes + ledger.freezes > 0 || [...world.system.unsure].some((name) => name.includes(`${event}#`));
  const wasSent = (business: string) => world.system.sent.some((request) => request.deed !== 'undo' && request.business === business);
  switch (code) {
    case 'STALLED':
      return shape === 'swallow';
    case 'PERIOD_CLOSED':
      return faults.includes('refused');
    case 'NOT_ALLOWED':
      return fails === true && !run.compensating;
    case 'DEADLINE':
      return policy.deadlineMs > 0 && !run.compensating && run.updatedAt >= (run.renewedAt ?? run.createdAt) + policy.deadlineMs;
    case 'APPROVAL_EXPIRED':
      return (
        !run.compensating && asks?.rule.onExpiry === 'park' && run.updatedAt >= (run.renewedAt ?? run.createdAt) + asks.rule.expiresAfterMs
      );
    case 'CRASHED':
      // the innocent are among the suspects only until they are delivered alone
      return ledger.crashedOften.has(event) && (event === deadly?.event || byFault >= guiltyAfter - suspectAfter);
    case 'IN_DOUBT':
      return (run.compensating ? undo?.settle : settle) === 'person' && uncertain && mine.some(({ status }) => isDoubt(status));
    case 'UNDO_IN_DOUBT':
      return run.compensating !== undefined && uncertain && mine.some(({ status, ofUndo }) => !ofUndo && isDoubt(status));
    case 'UNDO_UNSURE':
      // what this run has sent is known to be its own, whenever the process died
      return uncertain && run.compensating !== undefined && mine.some(({ maker, business }) => maker === 'unknown' && !wasSent(business));
    case 'UNDO_IMPOSSIBLE':
      return run.compensating !== undefined && (undo?.impossible?.length ?? (undo ? 0 : 1)) > 0;
    default:
      // three tries can all fail only when the budget allows it; a process may die between taking a run and delivering it: that counts, too
      return run.compensating ? ledger.undoTries(event) >= 3 : ledger.tries(event) + ledger.crashes >= 3;
  }
}

const isDoubt = (status: string) => status === 'in-doubt' || status === 'intended';
