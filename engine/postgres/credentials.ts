import type { CredentialKeeper } from '../../model/kept-credential.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Credentials that change by use. */
export abstract class PostgresCredentials extends PostgresDatabase implements CredentialKeeper {
  /** Takes the turn to renew a credential, by the database's clock: those of instances differ. */
  async borrowCredential(id: string, holder: string, ms: number): Promise<{ sealed?: string } | undefined> {
    return this.do(async (transaction): Promise<{ sealed?: string } | undefined> => {
      const [row] = await transaction.query(
        `INSERT INTO kept_credentials AS kept (id, holder, held_until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
         WHERE kept.holder IS NULL OR kept.holder = excluded.holder OR kept.held_until <= clock_timestamp() RETURNING kept.sealed`,
        [id, holder, ms],
      );
      if (!row) return undefined;
      return typeof row['sealed'] === 'string' ? { sealed: row['sealed'] } : {};
    });
  }

  async returnCredential(id: string, holder: string, sealed: string | undefined, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE kept_credentials SET holder = NULL, held_until = NULL, sealed = coalesce($3, sealed), kept_at = $4
         WHERE id = $1 AND holder = $2 RETURNING id`,
        [id, holder, sealed ?? null, now],
      );
      return rows.length > 0;
    });
  }

  async forgetCredential(id: string): Promise<void> {
    return this.do(async (transaction) => {
      await transaction.query('DELETE FROM kept_credentials WHERE id = $1', [id]);
    });
  }
}
