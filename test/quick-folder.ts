import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enough = 1_000_000_000;

/** Where there is a file system in memory, and room in it (a container may have 64 MB). */
function base(): string {
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > enough ? memory : tmpdir();
}

/** A folder for what is committed many hundred times, in memory if possible: no test that uses it asks what a disk keeps. */
export const quickFolder = (name: string): string => mkdtempSync(join(base(), `psconnect-${name}-`));
