import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * A new store's folder and file are for its owner alone from their first moment; an existing file that others may read,
 * such as one of an earlier version or from a backup, is mended. A folder that somebody else made stays as it is. Answers,
 * in words, what could not be mended.
 */
export function keepForOwner(file: string): string[] {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600)); // before SQLite makes it by the process's umask; its -wal takes the same mode
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (process.platform === 'win32') return []; // rights are inherited from the folder there
  const ours = basename(folder) === 'ps-connect' ? [{ path: folder, mode: 0o700 }] : []; // made by an earlier version
  const files = ['', '-wal', '-shm', '-journal'].map((end) => ({ path: file + end, mode: 0o600 }));
  return [...ours, ...files].flatMap(({ path, mode }) => closed(path, mode));
}

function closed(path: string, mode: number): string[] {
  const before = statSync(path, { throwIfNoEntry: false });
  if (!before || (before.mode & 0o077) === 0) return [];
  try {
    if (before.uid === process.getuid?.()) chmodSync(path, mode);
  } catch {
    // a file system without rights, or one that is read-only: said below
  }
  const { mode: now, uid } = statSync(path);
  if ((now & 0o077) === 0) return [];
  const whose = uid === process.getuid?.() ? '' : ' and belongs to another user';
  return [`${path} is open to other users of this machine (mode ${(now & 0o777).toString(8)})${whose}: take their rights away.`];
}
