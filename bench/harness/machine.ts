import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { scratch } from './scratch.ts';
import { spreadOf } from './spread.ts';

/** What the figures were measured on; the disk's fsync decides much of them. */
export function machine(): Record<string, string | number> {
  const processors = cpus();
  return {
    node: process.version,
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    fsyncMs: fsyncMs(),
  };
}

/** Median time of an fsync after a write of 8 KiB, on the disk the stores are on. */
function fsyncMs(): number {
  const file = join(scratch(), `fsync-${process.pid}`);
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(8192);
  const times: number[] = [];
  for (let turn = 0; turn < 100; turn++) {
    writeSync(handle, page);
    const began = performance.now();
    fsyncSync(handle);
    times.push(performance.now() - began);
  }
  closeSync(handle);
  rmSync(file);
  return spreadOf(times).median;
}
