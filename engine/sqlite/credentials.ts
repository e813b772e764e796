import type { CredentialKeeper } from '../../model/kept-credential.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Credentials that change by use. */
export abstract class SqliteCredentials extends SqliteFile implements CredentialKeeper {
  /** Takes the turn to renew a credential. */
  borrowCredential(id: string, holder: string, ms: number, now: number): Promise<{ sealed?: string } | undefined> {
    return this.db.write(() => {
      const taken = this.db.change(
        `INSERT INTO kept_credentials (id, holder, held_until) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
         WHERE holder IS NULL OR holder = excluded.holder OR held_until <= ?`,
        ...[id, holder, now + ms, now],
      );
      if (!taken) return undefined;
      const sealed = this.db.get('SELECT sealed FROM kept_credentials WHERE id = ?', id)?.['sealed'];
      return typeof sealed === 'string' ? { sealed } : {};
    });
  }

  returnCredential(id: string, holder: string, sealed: string | undefined, now: number): Promise<boolean> {
    return this.db.write(
      () =>
        this.db.change(
          'UPDATE kept_credentials SET holder = NULL, held_until = NULL, sealed = coalesce(?, sealed), kept_at = ? WHERE id = ? AND holder = ?',
          ...[sealed ?? null, now, id, holder],
        ) > 0,
    );
  }

  forgetCredential(id: string): Promise<void> {
    return this.db.write(() => {
      this.db.change('DELETE FROM kept_credentials WHERE id = ?', id);
    });
  }
}
