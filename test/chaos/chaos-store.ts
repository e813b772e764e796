import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { startPostgres } from '../engine/embedded-postgres.ts';
import { SmallDisk } from '../runtime/small-disk.ts';

/** Where the runs are during a chaos: on a disk of its own that can be filled, where this user may mount one. */
export interface ChaosStore {
  environment: Record<string, string>;
  disk: SmallDisk | undefined;
  /** how long a silent instance keeps its runs; absent = for as long as its process lives */
  leaseMs?: number;
  /** ends the database at once, as a power cut would, and starts it again after so long; absent = there is none */
  restart?(awayMs: number): Promise<void>;
  /** starts the database again if something has ended it */
  revive(): Promise<void>;
  remove(): Promise<void>;
}

export async function chaosStore(kind: 'sqlite' | 'postgres'): Promise<ChaosStore> {
  return kind === 'sqlite' ? sqlite() : postgres();
}

async function sqlite(): Promise<ChaosStore> {
  const disk = SmallDisk.mount(256);
  const folder = disk?.folder ?? mkdtempSync(join(tmpdir(), 'psconnect-chaos-'));
  return {
    environment: { PSCONNECT_STORE: join(folder, 'store.sqlite') },
    disk,
    revive: async () => undefined,
    async remove() {
      disk?.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function postgres(): Promise<ChaosStore> {
  const disk = SmallDisk.mount(768);
  const leaseMs = 1_500;
  const database = await startPostgres(['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB'], disk?.folder);
  return {
    environment: { PSCONNECT_STORE: database.url, PSCONNECT_LEASEMS: String(leaseMs) },
    disk,
    leaseMs,
    async restart(awayMs) {
      await database.crash();
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      await database.start();
    },
    async revive() {
      if (!(await database.alive())) await database.start();
    },
    async remove() {
      await database.remove();
      disk?.remove();
    },
  };
}
