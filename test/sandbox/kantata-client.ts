import { kantata } from '../../sandbox/kantata/definition.ts';
import type { KantataState } from '../../sandbox/kantata/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** A row as the API shows it. */
export type Shown = Record<string, unknown> & { id: string };

export interface Answer {
  status: number;
  headers: Headers;
  /** the parsed body; `{}` when there is none */
  body: Record<string, unknown>;
  /** rows in the order of `results` */
  rows: Shown[];
  ids: string[];
  errors: { type: string; message: string; field?: string }[];
}

export const ADMINISTRATOR = '9000001';
export const COLLABORATOR = '9000002';

/** Raw HTTP against a simulator of its own: nothing of the connector is involved. */
export class KantataClient {
  readonly sim: Simulator<KantataState>;
  token: string;

  private constructor(sim: Simulator<KantataState>) {
    this.sim = sim;
    this.token = kantata.credentials(sim)['accessToken'] ?? '';
  }

  static async start(data?: Record<string, unknown>): Promise<KantataClient> {
    const client = new KantataClient(await new Simulator(kantata, { port: 0 }).start());
    if (data) kantata.load(client.sim, data);
    return client;
  }

  load(data: Record<string, unknown>): void {
    kantata.load(this.sim, data);
  }

  /** The same simulator, seen by someone who is no administrator. */
  restricted(): KantataClient {
    const other = new KantataClient(this.sim);
    other.token = kantata.credentials(this.sim)['restrictedToken'] ?? '';
    return other;
  }

  stop(): Promise<void> {
    return this.sim.stop();
  }

  get = (path: string): Promise<Answer> => this.send('GET', path);
  post = (path: string, body: unknown): Promise<Answer> => this.send('POST', path, body);
  put = (path: string, body: unknown = {}): Promise<Answer> => this.send('PUT', path, body);
  delete = (path: string): Promise<Answer> => this.send('DELETE', path);

  /** Creates one row and returns it as a list with every association shows it. */
  async make(collection: string, singular: string, values: Record<string, unknown>): Promise<Shown> {
    const answer = await this.post(`/${collection}`, { [singular]: values });
    const [row] = answer.rows;
    if (!row) throw new Error(`${collection}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return row;
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.sim.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return answerOf(response.status, response.headers, text === '' ? {} : JSON.parse(text));
  }
}

function answerOf(status: number, headers: Headers, body: Record<string, unknown>): Answer {
  const results = (body['results'] ?? []) as { key: string; id: string }[];
  const rows = results.map(({ key, id }) => (body[key] as Record<string, Shown>)[id] as Shown);
  return { status, headers, body, rows, ids: results.map((result) => result.id), errors: (body['errors'] ?? []) as Answer['errors'] };
}

/** A small firm: one client, one running project with two tasks, three people, two roles. */
export const firm = {
  roles: [
    { id: '31', name: 'Consultant' },
    { id: '32', name: 'Architect' },
  ],
  users: [
    {
      id: '21',
      full_name: 'Ada Vogel',
      email_address: 'ada@example.com',
      default_role_id: '31',
      bill_rate_in_cents: 15000,
      cost_rate_in_cents: 7000,
    },
    {
      id: '22',
      full_name: 'Ben Osei',
      email_address: 'ben@example.com',
      default_role_id: '32',
      bill_rate_in_cents: 21000,
      cost_rate_in_cents: 9000,
    },
  ],
  workspace_groups: [{ id: '51', name: 'Nordwind AG', company: true }],
  workspaces: [
    {
      id: '11',
      title: 'ERP rollout',
      primary_workspace_group_id: '51',
      currency: 'EUR',
      start_date: '2026-10-01',
      require_time_approvals: true,
    },
    { id: '12', title: 'Old migration', archived: true },
    { id: '13', title: 'CRM pilot', participant_ids: [COLLABORATOR] },
  ],
  stories: [
    { id: '41', workspace_id: '11', title: 'Design', story_type: 'task', billable: true },
    { id: '42', workspace_id: '11', title: 'Travel', story_type: 'task', billable: false },
    { id: '43', workspace_id: '13', title: 'Pilot', story_type: 'task' },
  ],
};
