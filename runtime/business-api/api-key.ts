import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../engine/clock.ts';
import type { ApiKey } from '../../engine/store/api-keys.ts';
import type { Store } from '../../engine/store.ts';

/** `psk_<id>_<secret>`: by the id it is found and called, the secret proves it. */
const form = /^psk_([0-9a-f]{16})_([\w-]{43})$/;

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A new key. It is shown once: what is kept is its hash, of 32 random bytes, so that no slow hash is needed. */
export function newApiKey(): { id: string; hash: string; key: string } {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, hash: digest(secret).toString('hex'), key: `psk_${id}_${secret}` };
}

/** A key that was revoked is refused so soon wherever it is used. */
const keptMs = 5_000;
/** One that is not known may have been made a moment ago by another Node-RED; anybody may make one up. */
const unknownMs = 1_000;

/** The keys as the store has them, read again every few seconds while calls come. */
export class KnownApiKeys {
  private readonly store: () => Pick<Store, 'apiKeys'>;
  private readonly clock: Clock;
  private keys = new Map<string, ApiKey>();
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(store: () => Pick<Store, 'apiKeys'>, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** They have changed: the next call looks. */
  changed(): void {
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  /** The key that was presented, if it is one of ours and may be used now. Rejects when the store cannot be asked. */
  async find(presented: string): Promise<ApiKey | undefined> {
    const [, id = '', secret = ''] = form.exec(presented) ?? [];
    if (id === '') return undefined;
    const now = this.clock.now();
    const age = Math.abs(now - this.readAt);
    if (age >= keptMs || (age >= unknownMs && !this.keys.has(id))) await (this.reading ??= this.read(now));
    const known = this.keys.get(id);
    // compared even where there is none of this id: how long it takes tells nothing
    const isSame = timingSafeEqual(digest(secret), known ? Buffer.from(known.hash, 'hex') : digest(''));
    if (!known || !isSame || known.revokedAt !== undefined) return undefined;
    return known.expiresAt !== undefined && known.expiresAt <= now ? undefined : known;
  }

  private async read(now: number): Promise<void> {
    try {
      this.keys = new Map((await this.store().apiKeys()).map((key) => [key.id, key]));
      this.readAt = now;
    } finally {
      this.reading = undefined;
    }
  }
}
