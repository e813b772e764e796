import type { Act } from '../../../engine/store/act.ts';
import type { ApiKey, ApiKeys } from '../../../engine/store/api-keys.ts';
import { MemoryConnection } from './connection.ts';

/** Keys of consumers. */
export abstract class MemoryApiKeys extends MemoryConnection implements ApiKeys {
  async addApiKey(key: Parameters<ApiKeys['addApiKey']>[0], act: Act, now: number): Promise<boolean> {
    if (this.disk.apiKeys.has(key.id)) return false;
    const { id, consumer, scopes, expiresAt = null } = key;
    this.disk.apiKeys.set(id, { ...key, createdAt: now });
    this.append(
      { actor: act.actor, action: 'api-key.made', subject: id, detail: { consumer, scopes, expiresAt, reason: act.reason ?? null } },
      now,
    );
    return true;
  }

  async revokeApiKey(id: string, act: Act, now: number): Promise<boolean> {
    const key = this.disk.apiKeys.get(id);
    if (!key || key.revokedAt !== undefined) return false;
    key.revokedAt = now;
    this.append({ actor: act.actor, action: 'api-key.revoked', subject: id, detail: { reason: act.reason ?? null } }, now);
    return true;
  }

  async apiKeys(): Promise<ApiKey[]> {
    return structuredClone([...this.disk.apiKeys.values()]);
  }
}
