import type { Act } from '../store/act.ts';
import type { ApiKey, ApiKeys } from '../store/api-keys.ts';
import { apiKeyOf } from './rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Keys of consumers. */
export abstract class SqliteApiKeys extends SqliteFile implements ApiKeys {
  addApiKey({ id, hash, consumer, scopes, expiresAt }: Parameters<ApiKeys['addApiKey']>[0], act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const added = this.db.change(
        'INSERT INTO api_keys (id, hash, consumer, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        ...[id, hash, consumer, JSON.stringify(scopes), now, expiresAt ?? null],
      );
      const detail = { consumer, scopes, expiresAt: expiresAt ?? null, reason: act.reason ?? null };
      if (added) this.append({ actor: act.actor, action: 'api-key.made', subject: id, detail }, now);
      return added > 0;
    });
  }

  revokeApiKey(id: string, act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const revoked = this.db.change('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', now, id);
      if (revoked) this.append({ actor: act.actor, action: 'api-key.revoked', subject: id, detail: { reason: act.reason ?? null } }, now);
      return revoked > 0;
    });
  }

  async apiKeys(): Promise<ApiKey[]> {
    return this.db.all('SELECT * FROM api_keys ORDER BY created_at, id').map(apiKeyOf);
  }
}
