import { parse } from 'csv-parse/sync';
import 'should';
import { KantataClient, type Shown } from './kantata-client.ts';
import { needVendorFiles, vendorText } from './kantata-vendor-files.ts';
import { cpuMs } from '../cpu-time.ts';

async function pages(client: KantataClient, path: string): Promise<Shown[]> {
  const rows: Shown[] = [];
  for (let page = 1; ; page++) {
    const answer = await client.get(`${path}&per_page=200&page=${page}`);
    rows.push(...answer.rows);
    if (page >= (answer.body['meta'] as { page_count: number }).page_count) return rows;
  }
}

describe('Kantata sandbox: volume', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start();
  });
  afterEach(() => client.stop());

  it('two thousand real time entries of an agency are paged once each, minute for minute', async function () {
    needVendorFiles(this);
    const rows = parse<Record<string, string>>(vendorText('timedata/mavenlink-time-entries-2016.csv'), { columns: true });
    rows.length.should.equal(2000);
    const unique = (column: string) => [...new Set(rows.map((row) => row[column] ?? ''))];
    client.load({
      users: unique('user_id').map((id) => ({ id, full_name: `Person ${id}` })),
      workspaces: unique('workspace_id').map((id) => ({ id, title: `Project ${id}` })),
      time_entries: rows.map((row) => ({
        ...row,
        approved: row['approved'] === 'True',
        billable: row['billable'] === 'True',
        taxable: row['taxable'] === 'True',
      })),
    });
    const all = await pages(client, '/time_entries?order=updated_at:asc&include=user,workspace');
    new Set(all.map((row) => row.id)).size.should.equal(2000);
    const minutes = (list: Record<string, unknown>[]) => list.reduce((sum, row) => sum + Number(row['time_in_minutes']), 0);
    minutes(all).should.equal(minutes(rows));
    all
      .map((row) => Date.parse(String(row['updated_at'])))
      .should.deepEqual(rows.map((row) => Date.parse(row['updated_at'] ?? '')).sort((a, b) => a - b));
    const byId = new Map(rows.map((row) => [row['id'], row]));
    for (const row of all) {
      const source = byId.get(row.id);
      row.should.have.properties({
        user_id: source?.['user_id'],
        workspace_id: source?.['workspace_id'],
        date_performed: source?.['date_performed'],
      });
      // the recorded offset is kept, daylight saving included
      row['updated_at']?.should.equal(source?.['updated_at']);
    }
    (await pages(client, '/time_entries?approved=true&order=updated_at:asc')).length.should.equal(1188);
  });

  it('a poller walks 100,000 entries, with writes in between, in seconds', async function () {
    this.timeout(120_000);
    const count = 100000;
    client.load({
      workspaces: [{ id: '11', title: 'Big' }],
      time_entries: Array.from({ length: count }, (_, index) => ({
        workspace_id: '11',
        date_performed: '2026-10-01',
        time_in_minutes: 60,
        approved: index % 2 === 0,
        updated_at: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 3) * 1000).toISOString(),
      })),
    });
    const ms = await cpuMs(async () => {
      let found = 0;
      let bound = '2025-12-31T00:00:00Z';
      const seen = new Set<string>();
      // the way a watermark moves: ask after the last change seen, one second back, and drop what is known
      for (;;) {
        const answer = await client.get(
          `/time_entries?approved=true&order=updated_at:asc&updated_after=${encodeURIComponent(bound)}&per_page=200`,
        );
        const fresh = answer.rows.filter((row) => !seen.has(row.id));
        if (fresh.length === 0) break;
        for (const row of fresh) seen.add(row.id);
        found += fresh.length;
        bound = new Date(Date.parse(String(answer.rows.at(-1)?.['updated_at'])) - 1000).toISOString();
        if (found % 1000 < 100)
          await client.post('/time_entries', { time_entry: { workspace_id: 11, date_performed: '2026-11-17', time_in_minutes: 5 } });
      }
      found.should.equal(count / 2);
    }, 20_000);
    ms.should.be.below(20_000);
  });
});
