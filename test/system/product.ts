import type { Fault } from '../../sandbox/faults.ts';
import { templateFlows } from '../../scripts/start/user-dir.ts';
import { CrashHarness } from '../chaos/crash-harness.ts';
import type { FlowNode } from '../chaos/mortal-node-red.ts';
import { until } from '../until.ts';
import { Books } from './books.ts';

/** What the admin API says of a run. */
export interface RunSeen {
  id: string;
  status: 'ready' | 'running' | 'waiting' | 'done' | 'dead' | 'cancelled';
  attempts: number;
  /** epoch ms */
  updatedAt: number;
  event: { id: string; subject: string };
  failure?: FailureSeen;
}
export interface FailureSeen {
  class: string;
  code: string;
  message: string;
  system?: string;
  record?: string;
  field?: string;
  value?: string;
  retryAfterMs?: number;
  remedy?: string;
  issues?: { code: string; field: string; value?: string; message: string; remedy: string }[];
}
export interface RunDetails {
  run: RunSeen & { event: { id: string; subject: string; data: Record<string, unknown> } };
  effects: { business: string; system: string; status: string; found?: boolean; attempts: number }[];
  attempts: { attempt: number; failure: FailureSeen }[];
  journal: { actor: string; action: string; detail: unknown }[];
}

export interface ProductOptions {
  flow: 'opportunity' | 'time' | 'both';
  /** deliveries before a run is parked */
  maxAttempts?: number;
  /** a last change to the test's copy of the flow */
  change?(node: FlowNode): FlowNode;
}

const open = new Set(['ready', 'running', 'waiting']);

/** A real Node-RED with one template flow, in a hurry, beside an empty sandbox; seen from the outside only. */
export class Product {
  readonly harness: CrashHarness;
  readonly books: Books;

  private constructor(harness: CrashHarness) {
    this.harness = harness;
    this.books = new Books(harness.sandbox);
  }

  static async create({ flow, maxAttempts = 8, change = (node) => node }: ProductOptions): Promise<Product> {
    const other = { opportunity: 'psc-flow-time', time: 'psc-flow-opportunity', both: '' }[flow];
    const hurried: Record<string, object> = {
      'psc-policy': { firstDelaySeconds: 0.2, maxDelaySeconds: 1, maxAttempts },
      'psc-kantata': { kantataSettleAfterMs: 300 },
    };
    const flows = templateFlows({ intervalSeconds: 0.3, batchSeconds: 0.3 })
      .filter((node) => node.id !== other && node['z'] !== other)
      .map((node) => change({ ...node, ...hurried[node.id] }));
    return new Product(await CrashHarness.create(flows));
  }

  get sandbox(): CrashHarness['sandbox'] {
    return this.harness.sandbox;
  }

  fault(system: 'salesforce' | 'netsuite' | 'kantata', ...faults: Fault[]): void {
    this.sandbox[system].faults.add(faults);
  }

  clearFaults(): void {
    for (const system of ['salesforce', 'netsuite', 'kantata'] as const) this.sandbox[system].faults.clear();
  }

  /** Newest first. */
  async runs(search = ''): Promise<RunSeen[]> {
    const found: RunSeen[] = [];
    for (let before = ''; ;) {
      const page = await this.harness.nodeRed.get<(RunSeen & { seq: number })[]>(
        `/runs?limit=500&search=${encodeURIComponent(search)}${before && `&before=${before}`}`,
      );
      found.push(...page);
      const last = page.at(-1);
      if (page.length < 500 || !last) return found;
      before = String(last.seq);
    }
  }

  /** Waits until each of these business ids has a run and every run of theirs has ended; answers the newest run of each. */
  async ended(subjects: string[], seconds = 60): Promise<Map<string, RunSeen>> {
    let newest = new Map<string, RunSeen>();
    const wanted = new Set(subjects);
    await until(
      async () => {
        // counts are cheap; thousands of runs are listed only when all have ended
        const counts = (await this.harness.nodeRed.overview())?.runs ?? {};
        const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
        const unended = [...open].reduce((sum, status) => sum + (counts[status] ?? 0), 0);
        if (subjects.length > 100 && (all < subjects.length || unended > 0)) return false;
        const runs = (await this.runs(subjects.length === 1 ? subjects[0] : '')).filter((run) => wanted.has(run.event.subject));
        newest = new Map(runs.reverse().map((run) => [run.event.subject, run]));
        return newest.size === wanted.size && runs.every((run) => !open.has(run.status));
      },
      () => {
        const late = subjects.flatMap((subject) => {
          const run = newest.get(subject);
          return run && !open.has(run.status) ? [] : [`${subject}: ${run?.status ?? 'no run'} ${run?.failure?.message ?? ''}`];
        });
        return `not ended: ${late.slice(0, 5).join('; ')} (${late.length})\n${this.harness.nodeRed.log.slice(-20).join('')}`;
      },
      seconds,
    );
    return newest;
  }

  /** Waits until the newest run of a business id fulfils a condition. */
  async seen(subject: string, condition: (run: RunSeen) => boolean): Promise<RunSeen> {
    let last: RunSeen | undefined;
    await until(
      async () => {
        last = (await this.runs(subject)).find((run) => run.event.subject === subject);
        return last !== undefined && condition(last);
      },
      () =>
        `${subject} is ${last?.status ?? 'not there'}: ${last?.failure?.message ?? ''}\n${this.harness.nodeRed.log.slice(-20).join('')}`,
    );
    return last as RunSeen;
  }

  async post(path: string, body: unknown = {}): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${this.harness.nodeRed.url}/ps-connect/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  details(run: RunSeen | undefined): Promise<RunDetails> {
    if (!run) throw new Error('there is no such run');
    return this.harness.nodeRed.get<RunDetails>(`/dead-letters/${run.id}`);
  }

  end(): Promise<void> {
    return this.harness.end();
  }
}
