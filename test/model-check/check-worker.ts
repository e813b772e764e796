import { parentPort } from 'node:worker_threads';
import { type Exploration, explore, type Violation, wander } from './explore.ts';
import { realEngine, realEngineOverSqlite } from './real-subject.ts';
import type { Scenario } from './scenario.ts';

interface Job {
  scenario: Scenario;
  store: string;
  executions: number;
  random: number;
}

export interface Checked {
  explored: Exploration;
  /** executions at random */
  walked: number;
  violation?: Violation;
}

/** One scenario, in full or to its bound; what the bound cut off is at least sampled. */
async function check({ scenario, store, executions, random }: Job): Promise<Checked> {
  const { subject, remove } = store === 'memory' ? { subject: realEngine, remove: () => undefined } : await realEngineOverSqlite();
  try {
    const explored = await explore(subject, scenario, { executions });
    if (explored.complete || explored.violation)
      return { explored, walked: 0, ...(explored.violation ? { violation: explored.violation } : {}) };
    const walked = await wander(subject, scenario, { executions: random, random: 1 });
    return { explored, walked: walked.executions, ...(walked.violation ? { violation: walked.violation } : {}) };
  } finally {
    remove();
  }
}

parentPort?.on('message', (job: Job) => {
  void check(job).then((checked) => parentPort?.postMessage(checked));
});
