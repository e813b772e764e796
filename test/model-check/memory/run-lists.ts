import { soughtBy, soughtByCode, soughtOf } from '../../../engine/sought.ts';
import type { OpenFigures, RunLists } from '../../../engine/store/run-lists.ts';
import type { FailedAttempt, Run, RunFilter, RunId, RunStatus, Standing } from '../../../engine/store/runs.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { canonicalJson } from '../../../model/json.ts';
import { MemoryConnection } from './connection.ts';
import { isOver, open } from './run-states.ts';

/** Runs one by one, listed and counted. */
export abstract class MemoryRunLists extends MemoryConnection implements RunLists {
  async run(id: RunId): Promise<Run | undefined> {
    return structuredClone(this.disk.runs.find((run) => run.id === id));
  }

  async runOfEvent(entry: string, { source, id }: Pick<SourceEvent, 'source' | 'id'>): Promise<Run | undefined> {
    return structuredClone(this.disk.runs.find((run) => run.entry === entry && run.event.source === source && run.event.id === id));
  }

  async runs({ status, ids, entry, flow, search, about, before, limit, dataUpTo = Infinity, ...more }: RunFilter): Promise<Run[]> {
    const texts = search ? soughtBy(search) : [];
    return this.disk.runs
      .filter(
        (run) => (!status?.length || status.includes(run.status)) && (entry ?? run.entry) === run.entry && (flow ?? run.flow) === run.flow,
      )
      .filter((run) => !ids || ids.includes(run.id))
      .filter((run) => (more.severity ?? run.severity) === run.severity)
      .filter(({ updatedAt }) => updatedAt >= (more.changedFrom ?? updatedAt) && updatedAt < (more.changedBefore ?? Infinity))
      .filter(({ status: is, failure }) =>
        (['class', 'code', 'system'] as const).every((name) => {
          const said = failure?.[name] ?? (name === 'class' && is === 'dead' ? 'internal' : undefined);
          return (more.failure?.[name] ?? said) === said;
        }),
      )
      .filter(({ createdAt }) => createdAt >= (more.cameFrom ?? createdAt) && createdAt < (more.cameBefore ?? Infinity))
      .filter(({ event }) => !more.engagement || soughtOf(event).sought.includes(soughtByCode(more.engagement)))
      .filter(({ id, event }) => {
        if (!search || id === search) return true;
        const { sought, persons } = soughtOf(event);
        return texts.some((text) => sought.includes(text)) || (more.searchPersons === true && persons.includes(search.toLowerCase()));
      })
      .filter((run) => !about || about.includes(run.event.subject) || about.includes(run.event.key))
      .filter((run) => before === undefined || run.seq < before)
      .toReversed()
      .slice(0, limit)
      .map((run) =>
        JSON.stringify(run.event).length > dataUpTo ? { ...run, event: { ...run.event, data: null }, dataLeftOut: true as const } : run,
      )
      .map((run) => structuredClone(run));
  }

  async counts(): Promise<Record<RunStatus, number>> {
    const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
    for (const run of this.disk.runs) counts[run.status]++;
    return counts;
  }

  async standing(): Promise<Standing[]> {
    const groups = new Map<string, Standing>();
    for (const { status, flow, waitingFor, failedNode, failure, severity, updatedAt } of this.disk.runs) {
      if (status !== 'dead' && status !== 'waiting') continue;
      const node = waitingFor?.node ?? failedNode;
      const place = {
        status,
        flow,
        ...(node === undefined ? {} : { node }),
        ...(failure ? { class: failure.class } : {}),
        severity,
      };
      const key = canonicalJson(place);
      const { runs = 0, newestAt = 0 } = groups.get(key) ?? {};
      groups.set(key, { ...place, runs: runs + 1, newestAt: Math.max(newestAt, updatedAt) });
    }
    return [...groups.values()];
  }

  async failedAttempts(run: RunId, newest = Infinity): Promise<FailedAttempt[]> {
    return this.disk.attempts.filter((attempt) => attempt.run === run).slice(-newest);
  }

  async openEntries(): Promise<string[]> {
    return [...new Set(this.disk.runs.filter((run) => open.includes(run.status)).map((run) => run.entry))].sort();
  }

  async openFigures(): Promise<OpenFigures> {
    const first = this.disk.runs.find((run) => open.includes(run.status));
    return {
      approvals: this.disk.approvals.filter((approval) => approval.status === 'open' && !isOver(this.disk, approval)).length,
      effectsInDoubt: [...this.disk.effects.values()].filter(({ status }) => status === 'in-doubt').length,
      ...(first ? { oldestOpenAt: first.createdAt } : {}),
    };
  }
}
