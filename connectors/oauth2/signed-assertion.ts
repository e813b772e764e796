import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { knownSecrets } from '../../model/known-secrets.ts';

/** What a signed assertion says; times in seconds since 1970. */
export interface Assertion {
  algorithm: string;
  key: KeyObject;
  /** more of its header: `kid`, `typ` */
  header?: Record<string, string>;
  claims?: Record<string, unknown>;
  issuer: string;
  subject?: string;
  audience: string;
  issuedAt?: number;
  expiresAt: number;
}

/** Signed statements of who one is, instead of a password (RFC 7523). The last one is a secret as long as it may still be shown. */
export class SignedAssertions {
  private forgetLast: () => void = () => undefined;

  async sign({ algorithm, key, header, claims, issuer, subject, audience, issuedAt, expiresAt }: Assertion): Promise<string> {
    const token = new SignJWT(claims ?? {})
      .setProtectedHeader({ ...header, alg: algorithm })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(expiresAt);
    if (subject !== undefined) token.setSubject(subject);
    if (issuedAt !== undefined) token.setIssuedAt(issuedAt);
    const assertion = await token.sign(key);
    this.forgetLast();
    this.forgetLast = knownSecrets.learn(assertion);
    return assertion;
  }
}
