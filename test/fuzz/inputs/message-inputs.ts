import { hostileValue } from './hostile-values.ts';
import { markOf, type MessageInput } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { jsonText } from './raw-json.ts';
import { assignment, billingSchedule, engagement, expense, invoice, milestone, opportunity, timeEntry, withoutPerson } from './samples.ts';

/** Nodes that take messages, by id in the flows, and what each is meant to be sent. */
export const takers: Readonly<
  Record<
    string,
    'engagement' | 'amendment' | 'time' | 'expense' | 'assignment' | 'invoice' | 'schedule' | 'milestone' | 'opportunity' | 'record' | 'any'
  >
> = {
  map: 'any',
  'map-preset': 'opportunity',
  'check-engagement': 'engagement',
  'check-time': 'time',
  'check-expense': 'expense',
  customer: 'engagement',
  'change-customer': 'any',
  'look-invoices': 'any',
  'look-time': 'any',
  'look-customer': 'any',
  'look-period': 'any',
  'look-finances': 'any',
  project: 'engagement',
  'psa-project': 'engagement',
  staffing: 'engagement',
  'show-erp': 'amendment',
  'make-erp': 'amendment',
  'show-psa': 'amendment',
  'make-psa': 'amendment',
  post: 'time',
  schedule: 'schedule',
  milestone: 'milestone',
  assignment: 'assignment',
  availability: 'assignment',
  utilization: 'assignment',
  'post-expense': 'expense',
  upsert: 'record',
  query: 'any',
  guard: 'any',
  crosswalk: 'any',
  'check-invoice': 'invoice',
  'invoice-crm': 'invoice',
  'invoice-psa': 'invoice',
  approval: 'any',
  compensate: 'any',
  'wait-for': 'any',
  'wait-until': 'any',
  dead: 'any',
};

/** What function nodes hand on and JSON cannot say; made in the process by `test/fuzz/palette`. */
export const shapes = [
  'circular',
  'buffer',
  'date',
  'map',
  'set',
  'bigint',
  'symbol',
  'function',
  'error',
  'proxy',
  'getter',
  'class',
  'sparse',
  'nan',
  'undefined',
  'deep',
  'wide',
  'promise',
  'toJSON',
  'frozen',
  'mark',
  'no payload',
  'string message',
] as const;

/** A message as http in, inject, or another's function node hand it to one of our nodes. */
export function messageInput(random: Random, n: number): MessageInput {
  const node = random.pick(Object.keys(takers));
  const valid = sampleFor(takers[node]!, markOf(n));
  const made = (family: string, value: unknown, more: Partial<MessageInput> = {}): MessageInput => ({
    kind: 'message',
    family: `message: ${node}: ${family}`,
    node,
    payload: family === 'valid' ? jsonText(value) : withoutPerson(jsonText(value)),
    byHttp: random.chance(50),
    ...more,
  });
  return weighted<() => MessageInput>(random, [
    [20, () => made('valid', valid)],
    [50, () => made('mutated', mutate(random, valid))],
    [12, () => made('hostile value', hostileValue(random))],
    [
      10,
      () => {
        const shape = random.pick(shapes);
        return made(`shape ${shape}`, valid, { shape, byHttp: false });
      },
    ],
    [
      4,
      () => {
        const bomb = random.pick(Object.keys(bombs));
        return made(bomb, random.chance(50) ? bombs[bomb]!(random) : { ...(valid as object), name: bombs[bomb]!(random) });
      },
    ],
  ])();
}

function sampleFor(kind: (typeof takers)[string], id: string): unknown {
  switch (kind) {
    case 'amendment':
      return { id: `amendment-${id}`, number: 1, effective: '2027-01-01', engagement: engagement(id) };
    case 'engagement':
      return engagement(id);
    case 'schedule':
      return billingSchedule(id);
    case 'milestone':
      return milestone(id);
    case 'expense':
      return expense(id);
    case 'opportunity':
      return opportunity(id);
    case 'assignment':
      return assignment(id);
    case 'invoice':
      return invoice(id);
    case 'record':
      return { Id: '006000000000001AAA', Integration_Status__c: 'Provisioned', Integration_Message__c: id };
    default:
      return kind === 'time' ? timeEntry(id) : { ...timeEntry(id), until: '2020-01-01T00:00:00Z' };
  }
}
