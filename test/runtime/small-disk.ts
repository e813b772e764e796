import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of a few megabytes, which can be filled to the last byte and emptied again. Only root can make one. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Undefined where this user may not mount one. */
  static mount(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'psconnect-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder], { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
  }

  /** Leaves `bytes` free. */
  fill(bytes = 0): void {
    this.empty();
    const { bavail, bsize } = statfsSync(this.folder);
    const size = Math.max(0, Number(bavail) * Number(bsize) - bytes);
    try {
      writeFileSync(this.ballast, Buffer.alloc(size));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error; // who works on it was quicker: full it is
    }
  }

  empty(): void {
    rmSync(this.ballast, { force: true });
  }

  /** Makes it read-only, or writable again. */
  set readOnly(value: boolean) {
    execFileSync('mount', ['-o', `remount,${value ? 'ro' : 'rw'}`, this.folder], { stdio: 'ignore' });
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
