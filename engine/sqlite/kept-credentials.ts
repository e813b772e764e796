import type { Database } from './database.ts';

/** Takes the turn to renew a credential. */
export function borrowCredential(db: Database, id: string, holder: string, ms: number, now: number): { sealed?: string } | undefined {
  const taken = db.change(
    `INSERT INTO kept_credentials (id, holder, held_until) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
     WHERE holder IS NULL OR holder = excluded.holder OR held_until <= ?`,
    ...[id, holder, now + ms, now],
  );
  if (!taken) return undefined;
  const sealed = db.get('SELECT sealed FROM kept_credentials WHERE id = ?', id)?.['sealed'];
  return typeof sealed === 'string' ? { sealed } : {};
}

export function returnCredential(db: Database, id: string, holder: string, sealed: string | undefined, now: number): boolean {
  return (
    db.change(
      'UPDATE kept_credentials SET holder = NULL, held_until = NULL, sealed = coalesce(?, sealed), kept_at = ? WHERE id = ? AND holder = ?',
      ...[sealed ?? null, now, id, holder],
    ) > 0
  );
}

export function forgetCredential(db: Database, id: string): void {
  db.change('DELETE FROM kept_credentials WHERE id = ?', id);
}

/** Whoever had a turn is gone with the process. */
export function endTurns(db: Database): void {
  db.change('UPDATE kept_credentials SET holder = NULL, held_until = NULL WHERE holder IS NOT NULL');
}
