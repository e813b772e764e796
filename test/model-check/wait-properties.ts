import { endOfTime } from '../../engine/store/runs.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { World } from './world.ts';

/** What must hold at every moment of runs that wait and of what they ask. */
export function brokenWaitNow({ view, ledger }: World): string | undefined {
  const asked = new Set<string>();
  for (const { id, run, node, status } of view.approvals) {
    if (asked.has(`${run} ${node}`)) return `the same question was asked twice`;
    asked.add(`${run} ${node}`);
    const decision = ledger.decisions.get(id);
    if (decision && decision.status !== status) return `a question was answered with ${decision.status} and is ${status}`;
  }
  return undefined;
}

/** Nobody waits longer than the deadline leaves. */
export function brokenWaitWhenIdle({ view, policy }: World): string | undefined {
  for (const run of view.runs) {
    const waits = run.status === 'waiting';
    if (waits && run.availableAt > Math.max(run.updatedAt, deadlineFor(run, policy.deadlineMs)))
      return `run ${run.event.id} waits beyond its deadline`;
  }
  return undefined;
}

/** The deadline as the policy's words have it, not as the engine works it out. */
function deadlineFor(run: Run, deadlineMs: number): number {
  return deadlineMs > 0 && !run.compensating ? (run.renewedAt ?? run.createdAt) + deadlineMs : Number.POSITIVE_INFINITY;
}

/** A run that rests has nothing to wait for but a person who has not acted yet. */
export function brokenWaitAtEnd(world: World, run: Run): string | undefined {
  const { view, ledger, steps, scenario } = world;
  const event = run.event.id;
  const question = view.approvals.find((approval) => approval.run === run.id);
  if (run.status === 'waiting' && run.availableAt >= endOfTime) {
    if (ledger.roused.has(event)) return `run ${event} was roused and waits on`;
    if (question && question.status !== 'open') return `the answer to ${event} is there and the run waits on`;
    if (!question && !scenario.waits) return `run ${event} waits for nothing`;
    if (question?.expiresAt !== undefined) return `run ${event} waits beyond the time for its answer`;
    const due = question?.escalateAt !== undefined && question.escalateAt <= steps.now;
    if ((due || question?.escalatedAt !== undefined) && !ledger.told.get(event)) return `nobody was told that nobody answers ${event}`;
    if (question?.escalateAt !== undefined && question.escalatedAt === undefined) return `run ${event} waits and nobody will be told`;
  }
  if (
    run.status === 'dead' &&
    run.failure?.code === 'IN_DOUBT' &&
    !view.effects.some((effect) => effect.run === run.id && isDoubt(effect.status))
  )
    return `the doubt of run ${event} was settled and the run does not go on`;
  if (
    run.status === 'dead' &&
    run.failure?.code === 'UNDO_IN_DOUBT' &&
    !view.effects.some((effect) => effect.run === run.id && isDoubt(effect.status))
  )
    return `the doubt of run ${event} was settled and it is not undone`;
  return undefined;
}

const isDoubt = (status: string) => status === 'in-doubt' || status === 'intended';
