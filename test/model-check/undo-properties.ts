import type { JournalLine } from '../../engine/journal.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { World } from './world.ts';

/** What must hold at every moment of runs that are taken back. */
export function brokenUndoNow(world: World): string | undefined {
  const { system, view, scenario } = world;
  for (const effect of view.effects) {
    if (effect.status !== 'compensated') continue;
    if (system.stands(effect.business) && world.mustGo(effect.business)) return `${effect.business} is said to be undone and still stands`;
  }
  const last = system.sent.at(-1);
  if (last?.deed !== 'undo') return undefined;
  const run = view.runs.find(({ event }) => event.id === last.event);
  // all that has to be taken back must be known to be there, and to be this run's, before anything is touched
  for (const effect of view.effects) {
    if (effect.run !== run?.id || effect.ofUndo) continue;
    if (effect.status === 'in-doubt' || effect.status === 'intended')
      return `${last.business} was undone while ${effect.business} was in doubt`;
    const n = Number(effect.business.split('#')[1]);
    if (effect.status === 'done' && !effect.found && scenario.undo?.impossible?.includes(n))
      return `${last.business} was undone although ${effect.business} cannot be`;
    if (effect.maker === 'unknown') return `${last.business} was undone while nobody knew whose ${effect.business} is`;
  }
  return undefined;
}

/** What must hold when all has ended: all done, all undone, or parked for a person. */
export function brokenUndoAtEnd(world: World, run: Run, journal: JournalLine[]): string | undefined {
  const { system, scenario, policy, ledger, view } = world;
  const event = run.event.id;
  const records = [...system.created.keys()].filter((business) => business.startsWith(`${event}#`));
  const undone = records.filter((business) => system.removed.has(business));
  const compensated = journal.some(({ subject, action }) => subject === run.id && action === 'run.compensated');
  if (run.status === 'done' && undone.length > 0) return `run ${event} is done and ${undone[0]} was taken back`;
  if (undone.length > 0 && !run.compensating) return `${undone[0]} was taken back and nobody wanted it`;
  if (compensated) {
    const orphan = records.find((business) => world.mustGo(business));
    if (orphan) return `run ${event} is undone and ${orphan} still stands`;
    const unmarked = view.effects.find((effect) => effect.run === run.id && !effect.ofUndo && !effect.found && effect.status === 'done');
    if (unmarked) return `run ${event} is undone and ${unmarked.business} is said to stand`;
    if (!run.compensating) return `run ${event} was undone and does not say why`;
  }
  if (run.compensating && !ledger.unwanted.has(event) && policy.onPermanentFailure !== 'compensate')
    return `nobody wanted run ${event} undone`;
  if (ledger.unwanted.has(event) && run.status === 'done') return `run ${event} was to be undone and is done`;
  const toBeUndone = policy.onPermanentFailure === 'compensate' && run.status === 'dead' && !scenario.faults.includes('store-fails');
  if (toBeUndone && !run.compensating && records.some((business) => world.mustGo(business)))
    return `run ${event} is parked and was to be undone`;
  return undefined;
}
