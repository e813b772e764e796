import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figure, FigureResult } from '../harness/figure.ts';

const script = fileURLToPath(new URL('../postgres/main.ts', import.meta.url));

/** Runs that script by itself and takes its last line. */
export const postgres: Figure = {
  name: 'postgres',
  about: 'runs on the PostgreSQL store, against jobs of graphile-worker on the same server',
  async run({ postgresRuns: runs, rounds }) {
    const child = spawn(process.execPath, [script, String(runs), String(rounds)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0) throw new Error(`bench/postgres/main.ts ended with ${code}`);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as FigureResult[];
  },
};
