import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../../../engine/store.ts';
import { canonicalJson, type Json } from '../../../model/json.ts';

/** Stands for a record and for what is said of its fields; of neither can anything be read from it. */
export interface RecordDigests {
  record: string;
  of(field: string, value: Json): string;
}

/**
 * Digests by the key of the store. That of a value holds record and field, too: two records that say the same cannot be told by it, and a guess
 * is one for each record.
 */
export async function recordDigests(store: Pick<Store, 'statementKey'>, object: string, key: string): Promise<RecordDigests> {
  const secret = await store.statementKey(randomBytes(32).toString('base64url'));
  const digest = (...parts: Json[]) => createHmac('sha256', secret).update(canonicalJson(parts)).digest('base64url');
  return { record: digest(object, key), of: (field, value) => digest(object, key, field, value) };
}
