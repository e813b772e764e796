import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure } from '../harness/figure.ts';
import type { QueryJobReading } from '../harness/query-job-reading.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

const script = fileURLToPath(new URL('../harness/query-job-process.ts', import.meta.url));
const mostGrowthMb = 64;

export const queryJob: Figure = {
  name: 'query-job',
  about: 'memory while the records of a query job are read in parts, however many there are',
  async run({ queriedRows }) {
    const child = fork(script, [String(queriedRows)], { execArgv: ['--expose-gc'] });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the process that reads ended with ${code} and said nothing`);
    });
    const [reading] = (await Promise.race([once(child, 'message'), ended])) as [QueryJobReading];
    const { rows, read, seconds, rssMb } = reading;
    // the first tenth warms the code
    const settled = rssMb.slice(Math.min(2, rssMb.length - 1));
    return [
      {
        name: 'query-job',
        what: `memory of the process that reads ${queriedRows.toLocaleString('en')} records in parts`,
        unit: 'MB',
        ours: spreadOf(settled),
        targets: [
          { text: 'every row read once', value: read, met: rows === queriedRows && read === queriedRows },
          atMost(
            `≤ ${mostGrowthMb} MB more from the first tenth to the last`,
            rounded(Math.max(...settled) - Math.min(...settled)),
            mostGrowthMb,
          ),
        ],
        details: { rowsPerSecond: rounded(queriedRows / seconds), seconds: rounded(seconds) },
        notes: ['the org is in another process, and makes each row when it is asked for'],
      },
    ];
  },
};
