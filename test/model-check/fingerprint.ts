import type { ActiveRun } from '../../engine/active-run.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Notes } from './notes.ts';
import type { StoreView } from './store-place.ts';
import type { Steps } from './steps.ts';

/** A process as far as it matters for what can happen next. */
export interface Process {
  owner: number;
  engine: Engine;
  notes: Notes;
}

/** What the store has, moments told from now. */
export function storeText({ runs, effects, approvals, nudged, cursor }: StoreView, now: number, deadlines: boolean): unknown {
  const since = (moment: number | undefined) => (moment === undefined ? null : moment - now);
  const ofRun = (run: Run) => [
    ...[run.event.id, run.status, run.attempts, run.crashes, run.token, Math.max(0, run.availableAt - now)],
    ...[run.failure?.class, run.failure?.code, run.waitingFor !== undefined, run.compensating !== undefined, nudged.includes(run.id)],
    ...(deadlines ? [since(run.renewedAt ?? run.createdAt)] : []),
  ];
  const ofEffect = (effect: Effect) => [
    ...[
      effect.business,
      effect.node,
      effect.status,
      effect.found,
      effect.maker,
      effect.absentBefore,
      effect.undo !== undefined,
      effect.ofUndo,
      effect.place,
    ],
    ...[since(effect.intendedAt), since(effect.finishedAt)],
  ];
  const ofApproval = (approval: StoreView['approvals'][number]) => [
    ...[approval.run === undefined ? null : runs.find(({ id }) => id === approval.run)?.event.id, approval.node, approval.status],
    ...[since(approval.expiresAt), since(approval.escalateAt), approval.escalatedAt !== undefined],
  ];
  return [runs.map(ofRun), effects.map(ofEffect), approvals.map(ofApproval), cursor];
}

/** What one process is about to do, and what of its past it may still act on. */
export function processText({ owner, engine, notes }: Process, steps: Steps, frozenAt: number): unknown {
  const { now } = steps;
  const { running, dispatching, again, endings, looksForLost, suspects, storeFailure, underWay, watch } = engine as unknown as {
    [name: string]: unknown;
    endings: { unsaved: Map<string, unknown> };
    suspects: { known: boolean };
    underWay: Map<string, unknown>;
    watch: { aheadMs: number; watching: boolean };
  };
  const flags = [running, dispatching, again, looksForLost, suspects.known, storeFailure !== undefined, watch.aheadMs, watch.watching];
  return [
    flags,
    [...endings.unsaved.keys()],
    underWay.size,
    [...engine.active.values()].map((active) => activeText(active, now)),
    steps.pending
      .filter((step) => step.owner === owner)
      .map((step) => [step.label, now - step.since, ...step.times.map((time) => time - now)]),
    steps.turns.filter((turn) => turn.owner === owner).map(({ callback }) => sourceOf(callback)),
    steps.timers
      .filter((timer) => timer.owner === owner)
      .map((timer) => `${timer.at - now} ${sourceOf(timer.callback)}`)
      .sort(),
    steps.frozen.has(owner) ? now - frozenAt : null,
    notes.summary(now),
  ];
}

function activeText(active: ActiveRun, now: number): unknown {
  const { places, scheduled } = active as unknown as { places: Map<string, number>; scheduled: boolean };
  const { run, failed, retry, suspended } = active;
  const until = suspended?.until === undefined ? null : suspended.until - now;
  const flags = [
    active.interrupted,
    active.over,
    active.undone,
    active.overtaken !== undefined,
    active.working,
    active.held,
    scheduled,
    now - active.movedAt,
  ];
  return [run.event.id, run.token, [...places], failed?.failure.code, retry?.failure.code, suspended !== undefined, until, flags];
}

const sources = new WeakMap<() => void, string>();

/** Tells one callback from another by where it stands in the code. */
function sourceOf(callback: () => void): string {
  const known = sources.get(callback);
  if (known !== undefined) return known;
  const text = callback.toString().replaceAll(/\s+/g, ' ').slice(0, 80);
  sources.set(callback, text);
  return text;
}
