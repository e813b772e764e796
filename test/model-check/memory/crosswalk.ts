import { journalLineFor, plannedChanges } from '../../../engine/crosswalk-changes.ts';
import { mappedReason } from '../../../engine/sqlite/crosswalk.ts';
import type { Act } from '../../../engine/store/act.ts';
import type {
  Crosswalk,
  CrosswalkChange,
  CrosswalkChanged,
  CrosswalkFilter,
  CrosswalkRow,
  MappedRun,
  Unmapped,
} from '../../../engine/store/crosswalk.ts';
import type { Run, RunId } from '../../../engine/store/runs.ts';
import { type CrosswalkEntry, type CrosswalkQuestion, validity } from '../../../model/crosswalk-entry.ts';
import { MemoryConnection } from './connection.ts';

/** What values of one system are in another. */
export abstract class MemoryCrosswalk extends MemoryConnection implements Crosswalk {
  async crosswalkFor(question: CrosswalkQuestion): Promise<CrosswalkRow[]> {
    return structuredClone(standing(this.disk.crosswalk).filter((row) => fits(row, question)));
  }

  async changeCrosswalk(
    changes: CrosswalkChange[],
    { dryRun, ...act }: Act & { dryRun?: boolean },
    now: number,
  ): Promise<CrosswalkChanged> {
    const told = plannedChanges(changes, current(this.disk.crosswalk), act, now);
    for (const { row: state } of dryRun ? [] : told.states) {
      this.disk.crosswalk.push(state);
      this.append(journalLineFor(state), now);
    }
    return structuredClone(told);
  }

  async crosswalkRows({ table, from, to, search, on, after, limit }: CrosswalkFilter): Promise<CrosswalkRow[]> {
    const last = current(this.disk.crosswalk).find(({ id }) => id === after);
    const holds = (row: CrosswalkRow) => on === undefined || (validity(row).first <= on && validity(row).last >= on);
    const rows = standing(this.disk.crosswalk)
      .filter((row) => (table ?? row.table) === row.table && (from ?? row.from) === row.from && (to ?? row.to) === row.to && holds(row))
      .filter((row) => [row.value, row.target].some((text) => text.toLowerCase().includes((search ?? '').toLowerCase())))
      .filter((row) => after === undefined || (last !== undefined && orderOf(row) > orderOf(last)));
    return structuredClone(rows.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)).slice(0, limit));
  }

  async crosswalkTables(): Promise<{ table: string; rows: number }[]> {
    const tables = Map.groupBy(standing(this.disk.crosswalk), ({ table }) => table);
    return [...tables.keys()].sort().map((table) => ({ table, rows: tables.get(table)!.length }));
  }

  async crosswalkHistory(id: string): Promise<CrosswalkRow[]> {
    return structuredClone(this.disk.crosswalk.filter((row) => row.id === id));
  }

  async noteUnmapped(question: CrosswalkQuestion, run: RunId, token: number, now: number): Promise<void> {
    this.mustBeUnderWay(run, token);
    this.disk.missing = this.disk.missing.filter((one) => one.run !== run || one.token === token);
    const same = (one: object) => JSON.stringify({ ...one, at: 0 }) === JSON.stringify({ ...question, run, token, at: 0 });
    if (!this.disk.missing.some(same)) this.disk.missing.push({ ...question, run, token, at: now });
  }

  async unmapped(limit: number): Promise<Unmapped[]> {
    const asked = this.disk.missing.filter((one) => this.deadFor(one) && !this.entryFor(one));
    const groups = Map.groupBy(asked, ({ table, from, value, to }) => JSON.stringify([table, value, from, to]));
    const found = [...groups.values()].map((all): Unmapped => {
      const days = all.map(({ date }) => date).sort();
      const runs = [...new Set(all.map(({ run }) => run))].sort();
      const { table, from, value, to } = all[0]!;
      const since = Math.min(...all.map(({ at }) => at));
      return { table, from, value, to, firstDate: days[0]!, lastDate: days.at(-1)!, runs: runs.length, since, run: runs[0]! };
    });
    return found
      .toSorted((one, other) => other.runs - one.runs || one.since - other.since || (one.value < other.value ? -1 : 1))
      .slice(0, limit);
  }

  async mappedRuns(limit: number, after?: RunId): Promise<MappedRun[]> {
    const from = this.find(after ?? '')?.seq ?? 0;
    const asked = this.disk.missing.filter((one) => this.deadFor(one)?.failure?.class === 'mapping.missing');
    const byRun = [...Map.groupBy(asked, ({ run }) => run)].filter(([, all]) => all.every((one) => this.entryFor(one)));
    return byRun
      .filter(([run]) => this.find(run)!.seq > from)
      .toSorted(([one], [other]) => this.find(one)!.seq - this.find(other)!.seq)
      .slice(0, limit)
      .map(([run, all]) => {
        const { table, value, actor } = all.map((one) => this.entryFor(one)!).toSorted((one, other) => other.at - one.at)[0]!;
        return { run, actor, reason: mappedReason(table, value) };
      });
  }

  /** The run, if it is a dead letter of the delivery that asked. */
  private deadFor({ run: id, token }: { run: RunId; token: number }): Run | undefined {
    const run = this.find(id);
    return run?.status === 'dead' && run.token === token && !run.compensating ? run : undefined;
  }

  private entryFor(question: CrosswalkQuestion): CrosswalkRow | undefined {
    return standing(this.disk.crosswalk).find((row) => fits(row, question));
  }
}

const current = (states: readonly CrosswalkRow[]) => [...new Map(states.map((state) => [state.id, state])).values()];
const standing = (states: readonly CrosswalkRow[]) => current(states).filter(({ removed }) => !removed);
const orderOf = (row: CrosswalkRow) => [row.table, row.value, row.from, row.to, validity(row).first, row.id].join('\0');

function fits(row: CrosswalkEntry, { table, from, value, to, date }: CrosswalkQuestion): boolean {
  const { first, last } = validity(row);
  const ofSystems = [from, '*'].includes(row.from) && [to, '*'].includes(row.to);
  return row.table === table && row.value === value && ofSystems && first <= date && date <= last;
}
