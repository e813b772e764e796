import type { Act } from './act.ts';
import type { Calls } from './calls.ts';

/** By which a consumer calls the firm's business APIs. The key itself is nowhere: it is shown once, and its hash is kept. */
export interface ApiKey {
  id: string;
  /** SHA-256 of its secret part, in hexadecimal */
  hash: string;
  /** whose it is; several keys of one consumer are the same consumer */
  consumer: string;
  /** which APIs it may call */
  scopes: string[];
  /** epoch ms */
  createdAt: number;
  /** absent = it does not end by itself */
  expiresAt?: number;
  revokedAt?: number;
}

/** Keys of consumers; each that is made or revoked is in the journal. */
export interface ApiKeys {
  /** False = there is a key of this id. */
  addApiKey(key: Omit<ApiKey, 'createdAt' | 'revokedAt'>, act: Act, now: number): Promise<boolean>;
  /** False = there is none of this id that is not revoked. */
  revokeApiKey(id: string, act: Act, now: number): Promise<boolean>;
  /** In the order in which they were made. */
  apiKeys(): Promise<ApiKey[]>;
}

export const apiKeyCalls = {
  addApiKey: 'keeps',
  revokeApiKey: 'keeps',
  apiKeys: 'asks',
} satisfies Calls<ApiKeys>;
