import type { SimRequest, SystemDefinition } from '../../../sandbox/simulator.ts';

interface Row {
  id: string;
  key: string;
  day: string;
  minutes: number;
  project: string;
}

const apiKey = 'abaco-sandbox-key-0001';

/** Abaco as a service would be: `POST /entries` makes one whatever is there, `GET /entries` finds by key or by day. */
export const simulator: SystemDefinition<{ rows: Row[] }> = {
  name: 'abaco',
  emptyState: () => ({ rows: [] }),
  credentials: () => ({ apiKey }),
  expireTokens: () => undefined,
  load: (sim, data) => {
    for (const row of (data as { rows: Omit<Row, 'id'>[] }).rows) sim.state.rows.push({ id: `T${sim.state.rows.length + 1}`, ...row });
  },
  routes(app, sim) {
    app.use((request, response, next) => {
      if (request.headers.authorization === `Bearer ${apiKey}`) next();
      else response.status(401).json({ message: 'The key is not known.' });
    });
    app.get('/entries', ({ query }, response) => {
      const { key, from, to } = query as Record<string, string>;
      response.json(sim.state.rows.filter((row) => (key ? row.key === key : row.day >= from! && row.day <= to!)));
    });
    app.post('/entries', (request, response) => {
      const row = JSON.parse((request as unknown as SimRequest).rawBody) as Omit<Row, 'id'>;
      if (row.minutes > 1440) {
        const refusal = { message: 'A day has 24 hours.', field: 'minutes', value: String(row.minutes) };
        sim.record(request, { status: 422, outcome: 'refused', type: 'entry', key: row.key });
        response.status(422).json(refusal);
        return;
      }
      const made = { id: `T${sim.state.rows.length + 1}`, ...row };
      sim.state.rows.push(made);
      sim.record(request, { status: 201, outcome: 'created', type: 'entry', id: made.id, key: row.key });
      response.status(201).json(made);
    });
  },
};
