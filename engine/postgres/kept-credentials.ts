import { single } from './write-kind.ts';

/** Takes the turn to renew a credential, by the database's clock: those of instances differ. */
export const borrowCredential = (id: string, holder: string, ms: number) =>
  single(async (transaction): Promise<{ sealed?: string } | undefined> => {
    const [row] = await transaction.query(
      `INSERT INTO kept_credentials AS kept (id, holder, held_until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
       WHERE kept.holder IS NULL OR kept.holder = excluded.holder OR kept.held_until <= clock_timestamp() RETURNING kept.sealed`,
      [id, holder, ms],
    );
    if (!row) return undefined;
    return typeof row['sealed'] === 'string' ? { sealed: row['sealed'] } : {};
  });

export const returnCredential = (id: string, holder: string, sealed: string | undefined, now: number) =>
  single(async (transaction) => {
    const rows = await transaction.query(
      `UPDATE kept_credentials SET holder = NULL, held_until = NULL, sealed = coalesce($3, sealed), kept_at = $4
       WHERE id = $1 AND holder = $2 RETURNING id`,
      [id, holder, sealed ?? null, now],
    );
    return rows.length > 0;
  });

export const forgetCredential = (id: string) =>
  single(async (transaction) => {
    await transaction.query('DELETE FROM kept_credentials WHERE id = $1', [id]);
  });
