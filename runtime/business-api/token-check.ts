import { createPublicKey, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { HttpClient } from '../../connectors/http/client.ts';
import type { Clock } from '../../engine/clock.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { isObject } from '../../model/json.ts';

/** Signatures by a key of which the other half is public, and nothing else: a secret that both know, or none, proves nothing here. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** clocks differ, in seconds */
const leeway = 30;

export interface TokenRules {
  issuer: string;
  audience: string;
  keys: KeyObject | KeySet;
}

/** The claims of a token; undefined = it is not one that is let in. Rejects when the keys of the issuer cannot be had. */
export async function checkedClaims(token: string, { issuer, audience, keys }: TokenRules, now: number): Promise<JWTPayload | undefined> {
  const options = { issuer, audience, algorithms, clockTolerance: leeway, requiredClaims: ['exp'], currentDate: new Date(now) };
  try {
    const verified =
      keys instanceof KeySet
        ? await jwtVerify(token, (...asked: KeyAsked) => keys.keyFor(...asked), options)
        : await jwtVerify(token, keys, options);
    return verified.payload;
  } catch (error) {
    if (Failure.is(error)) throw error;
    return undefined; // forged, expired, of another audience or issuer, by another key
  }
}

/** The public key of a PEM (`PUBLIC KEY` or `CERTIFICATE`), whose lines a form may have put into one. */
export function publicKey(text: string): KeyObject {
  const [, label, body = ''] = /^\s*-----BEGIN ([A-Z ]+)-----([^-]*)-----END/.exec(text) ?? [];
  try {
    if (label !== 'PUBLIC KEY' && label !== 'CERTIFICATE') throw new Error(label);
    return createPublicKey(`-----BEGIN ${label}-----\n${body.replace(/\s+/g, '')}\n-----END ${label}-----\n`);
  } catch {
    throw new Failure({ class: 'contract.invalid', ...inWords('API_PUBLIC_KEY'), field: 'publicKey' });
  }
}

/** Keys are read again after so long. */
const keptMs = 600_000;
/** Where they cannot be read, those of before hold for so long. */
const heldMs = 3_600_000;
/** Whatever is asked for, they are not read more often: anybody may send a token with a key id that nobody knows. */
const pauseMs = 30_000;

type KeyAsked = Parameters<ReturnType<typeof createLocalJWKSet>>;

/** The public keys of an issuer (JWKS, RFC 7517), read from its address by the way on which all calls go out. */
export class KeySet {
  private readonly url: string;
  private readonly clock: Clock;
  private readonly client: HttpClient;
  private known: { find: ReturnType<typeof createLocalJWKSet>; at: number } | undefined;
  private triedAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  /** Throws where the address is none that keys can be trusted from. */
  constructor(url: string, clock: Clock) {
    this.url = url;
    this.clock = clock;
    this.client = new HttpClient({
      ...{ system: 'jwks', baseUrl: url, concurrency: 1, timeoutMs: 10_000, kind: 'sign-in' },
      classify: ({ status }) => ({ class: 'transient.unavailable', ...inWords('API_KEY_SET', { said: String(status) }) }),
    });
  }

  async keyFor(...[header, token]: KeyAsked): ReturnType<ReturnType<typeof createLocalJWKSet>> {
    if (!this.known || this.clock.now() - this.known.at >= keptMs) await this.readAgain();
    try {
      return await this.found(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.readAgain(); // the issuer may have a new one
      return this.found(header, token);
    }
  }

  private found(...asked: KeyAsked): ReturnType<ReturnType<typeof createLocalJWKSet>> {
    const { known } = this;
    if (!known || this.clock.now() - known.at >= heldMs)
      throw new Failure({ class: 'transient.unavailable', ...inWords('API_KEY_SET', { said: this.url }) });
    return known.find(...asked);
  }

  private async readAgain(): Promise<void> {
    if (!this.reading && Math.abs(this.clock.now() - this.triedAt) < pauseMs) return;
    await (this.reading ??= this.read().finally(() => (this.reading = undefined)));
  }

  private async read(): Promise<void> {
    this.triedAt = this.clock.now();
    try {
      const { body } = await this.client.request({ method: 'GET', url: this.url });
      if (!isObject(body) || !Array.isArray(body['keys'])) return; // a page in its place says nothing of keys
      this.known = { find: createLocalJWKSet(body as unknown as JSONWebKeySet), at: this.clock.now() };
    } catch {
      // those of before hold for a while
    }
  }
}
