import type { Failure } from '../../model/failure.ts';
import type { Instances } from '../store/instances.ts';
import type { RunId } from '../store/runs.ts';
import type { Keeper } from './keeper.ts';
import { single, type WriteKind } from './write-kind.ts';

export interface InstanceParts {
  /** id of this one */
  instance: string;
  /** throws while the store is not open */
  keeper(): Keeper;
  keeperIfOpen(): Keeper | undefined;
  wakeListeners: Set<() => void>;
  write<Output>(kind: WriteKind<null, Output>): Promise<Output>;
  failure(error: unknown): Failure;
}

/** What lets several instances work over one database. */
export function instancesOver({ instance, keeper, keeperIfOpen, wakeListeners, write, failure }: InstanceParts): Instances {
  const asStore = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw failure(error);
    });
  return {
    heartbeat: async (now) => asStore(keeper().heartbeat(now)),
    lease: async (source) => asStore(keeper().lease(source)),
    unlease: async (source) =>
      keeperIfOpen()
        ?.unlease(source)
        .catch(() => undefined), // it runs out by itself
    onWake: (listener) => {
      wakeListeners.add(listener);
      return () => wakeListeners.delete(listener);
    },
    reclaim: async (active, now) => {
      const count = await write(reclaimRuns(instance, active, now));
      if (count > 0) keeperIfOpen()?.callOthers();
      return count;
    },
  };
}

/** Runs that this instance has claimed but does not know of, because the answer was lost, are ready again. */
const reclaimRuns = (instance: string, active: RunId[], now: number) =>
  single(async (transaction) => {
    const rows = await transaction.query(
      `UPDATE runs SET status = 'ready', token = token + 1, owner = NULL, available_at = $3, updated_at = $3
       WHERE status = 'running' AND owner = $1 AND NOT (id = ANY($2::text[])) RETURNING id`,
      [instance, active, now],
    );
    return rows.length;
  });
