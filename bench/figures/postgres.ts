import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Figure, FigureResult } from '../harness/figure.ts';

const script = fileURLToPath(new URL('../postgres-vs-graphile.ts', import.meta.url));

/** Runs that script by itself and takes its last line: an array of results, or an object with a `figures` array. */
export const postgres: Figure = {
  name: 'postgres',
  about: 'runs on the PostgreSQL store, against jobs of graphile-worker on the same server',
  async run() {
    if (!existsSync(script)) {
      console.error('postgres: left out, bench/postgres-vs-graphile.ts does not exist');
      return [];
    }
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0) throw new Error(`bench/postgres-vs-graphile.ts ended with ${code}`);
    const answer = JSON.parse(output.trim().split('\n').at(-1) ?? '') as FigureResult[] | { figures: FigureResult[] };
    return Array.isArray(answer) ? answer : answer.figures;
  },
};
