import type { Run, RunFilter, RunStatus } from '../../../engine/store/runs.ts';
import type { Store } from '../../../engine/store.ts';

/**
 * Of each record the run that explains why the systems differ: the newest that has not ended. What a newer run of the record was done for explains
 * nothing any more: a dead letter that was left lying is of a version that is no longer true.
 */
export async function explainingRuns(store: Pick<Store, 'runs'>, records: string[]): Promise<Map<string, Run>> {
  const unfinished = await runsAbout(store, records, ['dead', 'waiting', 'running', 'ready']);
  const concerned = records.filter((record) => unfinished.some((run) => isAbout(run, record)));
  const done = concerned.length > 0 ? await runsAbout(store, concerned, ['done']) : [];
  const explaining = new Map<string, Run>();
  for (const record of concerned) {
    const finished = done.filter((run) => isAbout(run, record));
    const [newest] = unfinished
      .filter((run) => isAbout(run, record) && !finished.some((other) => isNewer(other, run)))
      .sort((one, other) => (isNewer(one, other) ? -1 : isNewer(other, one) ? 1 : other.seq - one.seq));
    if (newest) explaining.set(record, newest);
  }
  return explaining;
}

const isAbout = ({ event }: Run, record: string) => event.subject === record || event.key === record;

/** By the order of the record's versions where both have one; of the same time, and without versions, by arrival at the same node. */
function isNewer(one: Run, other: Run): boolean {
  const [left, right] = [one.event.version, other.event.version];
  if (left && right && left.record === right.record && left.at !== right.at) return left.at > right.at;
  return one.entry === other.entry && one.seq > other.seq;
}

async function runsAbout(store: Pick<Store, 'runs'>, records: string[], status: RunStatus[]): Promise<Run[]> {
  const found: Run[] = [];
  for (let from = 0; from < records.length; from += atOnce) {
    const filter: RunFilter = { status, about: records.slice(from, from + atOnce), limit: pageSize };
    for (let page = await store.runs(filter); ; page = await store.runs({ ...filter, before: page.at(-1)!.seq })) {
      found.push(...page);
      if (page.length < pageSize) break;
    }
  }
  return found;
}

const atOnce = 1_000;
const pageSize = 200;
