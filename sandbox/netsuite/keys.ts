import { generateKeyPairSync } from 'node:crypto';

export interface KeyPair {
  /** certificate id, as the OAuth 2.0 client credentials setup page shows it: the `kid` of an assertion */
  certificateId: string;
  /** PKCS #8 PEM, the caller's half */
  privateKey: string;
  /** SPKI PEM */
  publicKey: string;
}

export interface KeyPairs {
  rsa: KeyPair;
  ec: KeyPair;
}

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const;

let issued: KeyPairs | undefined;

/** The account's two certificates: made once in a process, so that a reset leaves the caller's credentials valid. */
export function keyPairs(): KeyPairs {
  issued ??= {
    rsa: {
      certificateId: 'sandbox-rsa-certificate',
      ...generateKeyPairSync('rsa', { modulusLength: 3072, publicKeyEncoding, privateKeyEncoding }),
    },
    ec: {
      certificateId: 'sandbox-ec-certificate',
      ...generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding, privateKeyEncoding }),
    },
  };
  return issued;
}

/** Keys read back from disk stay the account's keys. */
export function adoptKeyPairs(keys: KeyPairs): void {
  issued = keys;
}
