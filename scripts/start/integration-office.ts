import type { Office } from '../../sandbox/firm/office.ts';

interface Source {
  id: string;
  readAt?: number;
  listens?: true;
}

/** What the admin API says of the runs. */
export interface OverviewSeen {
  runs: Record<string, number> | null;
  /** questions to people that are open: a run waits behind each */
  approvals: number;
  sources: Source[];
}

export interface OfficeOptions {
  /** address of Node-RED, with the slash behind it */
  editor: string;
  /** milliseconds between two looks */
  pauseMs?: number;
  /** so long it waits for what was done to be carried through */
  patienceMs?: number;
}

/** The office of the sandbox's firm, which looks after the flows by the admin API, as people do in the sidebar. */
export class IntegrationOffice implements Office {
  private readonly api: string;
  private readonly pauseMs: number;
  private readonly patienceMs: number;

  constructor({ editor, pauseMs = 100, patienceMs = 120_000 }: OfficeOptions) {
    this.api = `${editor}ps-connect/api/v1`;
    this.pauseMs = pauseMs;
    this.patienceMs = patienceMs;
  }

  /** Nothing is under way, and since it has been so each source has begun a reading and ended it, of which nothing has come. Returns the runs by status. */
  async settled(): Promise<Record<string, number>> {
    const until = Date.now() + this.patienceMs;
    let quiet = new QuietTime();
    let last: OverviewSeen | undefined;
    while (Date.now() < until) {
      const overview = await this.overview();
      if (!overview?.runs || underWay(overview) > 0 || sumOfRuns(overview) !== sumOfRuns(last)) quiet = new QuietTime();
      else if (quiet.allRead(overview.sources)) return overview.runs;
      last = overview ?? last;
      await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
    }
    throw new Error(`The flows have not come to rest within ${this.patienceMs / 1000} s: ${JSON.stringify(last?.runs)}`);
  }

  async decide(title: string, verdict: 'approve' | 'reject', reason: string): Promise<boolean> {
    const open = await this.get<{ id: string; title: string }[]>('/approvals?limit=500');
    const asked = open.filter((question) => question.title.startsWith(title));
    for (const { id } of asked) await this.post(`/approvals/${id}/${verdict}`, { reason });
    return asked.length > 0;
  }

  async tryAgain(code: string, reason: string): Promise<boolean> {
    const { replayed } = await this.post<{ replayed: number }>('/replays', { code, reason });
    return replayed > 0;
  }

  /** Undefined while Node-RED is away. */
  private async overview(): Promise<OverviewSeen | undefined> {
    const response = await fetch(`${this.api}/overview`).catch(() => undefined);
    return response?.ok ? ((await response.json()) as OverviewSeen) : undefined;
  }

  private async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.api}${path}`);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return (await response.json()) as Answer;
  }

  private async post<Answer>(path: string, body: object): Promise<Answer> {
    const response = await fetch(`${this.api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
}

/** Runs that go on by themselves: not those that wait for a person. */
function underWay({ runs, approvals }: OverviewSeen): number {
  const open = ['ready', 'running', 'waiting'].reduce((sum, status) => sum + (runs?.[status] ?? 0), 0);
  return open - approvals;
}

const sumOfRuns = (overview: OverviewSeen | undefined) => Object.values(overview?.runs ?? {}).reduce((sum, count) => sum + count, 0);

/** A while in which nothing happens. */
class QuietTime {
  /** systems tell their time to the second: what was written in this one is read in the next */
  private readonly since = Date.now() + 1_000;
  private readonly first = new Map<string, number>();
  private readonly again = new Set<string>();

  /** Each source has been read twice: the second reading that ends after a moment has begun after it. */
  allRead(sources: readonly Source[]): boolean {
    const polled = sources.filter(({ listens }) => !listens);
    for (const { id, readAt = 0 } of polled) {
      const once = this.first.get(id);
      if (once === undefined && readAt > this.since) this.first.set(id, readAt);
      if (once !== undefined && readAt > once) this.again.add(id);
    }
    return polled.length > 0 && polled.every(({ id }) => this.again.has(id));
  }
}
