import type { Client } from 'pg';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { migrations as all } from './migrations.ts';
import { otherSchema } from './session.ts';

/**
 * Brings the schema up to date in one transaction. Instances that start at the same time take turns; one that is older
 * than the schema refuses to work rather than to misread it.
 */
export async function migrate(client: Client, schema: string, migrations: readonly string[] = all, shown = 'the database'): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`psconnect ${schema}`]);
    const known = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
    if (known.rowCount === 0) await client.query(`CREATE SCHEMA "${schema}"`); // needs a right that an existing schema does not
    const { rows } = await client.query<{ found: string | null }>('SELECT current_schema() AS found');
    if (rows[0]?.found !== schema) throw otherSchema(shown, schema, rows[0]?.found ?? null);
    await client.query('CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())');
    const found = await client.query<{ version: number }>('SELECT coalesce(max(version), 0) AS version FROM schema_versions');
    const version = found.rows[0]?.version ?? 0;
    if (version > migrations.length) {
      throw new Failure({ class: 'internal', ...inWords('STORE_NEWER', { found: version, known: migrations.length }) });
    }
    for (let next = version; next < migrations.length; next++) {
      await client.query(migrations[next] as string);
      await client.query('INSERT INTO schema_versions (version) VALUES ($1)', [next + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
