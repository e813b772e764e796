import { apiKeyOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import type { ApiKey, ApiKeys } from '../store/api-keys.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Keys of consumers. */
export abstract class PostgresApiKeys extends PostgresDatabase implements ApiKeys {
  addApiKey({ id, hash, consumer, scopes, expiresAt }: Parameters<ApiKeys['addApiKey']>[0], act: Act, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const added = await transaction.query(
        `INSERT INTO api_keys (id, hash, consumer, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, hash, consumer, JSON.stringify(scopes), now, expiresAt ?? null],
      );
      const detail = { consumer, scopes, expiresAt: expiresAt ?? null, reason: act.reason ?? null };
      if (added.length > 0) transaction.journal({ actor: act.actor, action: 'api-key.made', subject: id, detail }, now);
      return added.length > 0;
    });
  }

  revokeApiKey(id: string, act: Act, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const revoked = await transaction.query('UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id', [
        id,
        now,
      ]);
      const detail = { reason: act.reason ?? null };
      if (revoked.length > 0) transaction.journal({ actor: act.actor, action: 'api-key.revoked', subject: id, detail }, now);
      return revoked.length > 0;
    });
  }

  async apiKeys(): Promise<ApiKey[]> {
    return (await this.read('SELECT * FROM api_keys ORDER BY created_at, id', [])).map(apiKeyOf);
  }
}
