import { readFileSync } from 'node:fs';
import { recordsOf, soundDeal } from '../system/deal.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const flows = JSON.parse(readFileSync(new URL('../../flows/events-to-other-systems.json', import.meta.url), 'utf8')) as FlowNode[];
const codeOf = (n: number) => `ENG-E${n}`;
const subjectsOf = (n: number) => [codeOf(n), `${codeOf(n)}/N1`];

const received = ({ sandbox }: CrashHarness) => sandbox['event-receiver'].journal.entries.filter(({ outcome }) => outcome === 'created');

/** A won deal is told to another system, and its staffing demand after it. */
export const eventCase: KillCase = {
  flows: flows.map((node) => (node.type === 'salesforce-opportunity-in' ? { ...node, intervalSeconds: 0.3 } : node)),
  prepare: () => undefined,
  happen: ({ sandbox }, n) => sandbox.salesforce.definition.load(sandbox.salesforce, { records: recordsOf(soundDeal(codeOf(n))) }),
  arrived: (harness, n) => {
    const subjects = new Set(received(harness).map(({ key }) => key));
    return subjectsOf(n).every((subject) => subjects.has(subject));
  },
  differences(harness, count) {
    const found = received(harness).map(({ key }) => key);
    const wanted = Array.from({ length: count }, (_, at) => subjectsOf(at + 1)).flat();
    return [
      ...wanted.filter((subject) => found.filter((key) => key === subject).length !== 1).map((subject) => `${subject} did not arrive once`),
      ...(found.length === wanted.length ? [] : [`${found.length} events instead of ${wanted.length}`]),
    ];
  },
};
