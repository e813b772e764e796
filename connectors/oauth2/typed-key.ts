import { createPrivateKey, type KeyObject } from 'node:crypto';

/**
 * A private key as somebody typed it: PKCS#1, SEC 1 or PKCS#8 in PEM form. Line ends may be written as `\n`, as in an environment variable, or be
 * lost, as in a field of one line; quotation marks may be around it. Undefined when it is no key, or has a passphrase.
 */
export function typedKey(text: string): KeyObject | undefined {
  const plain = text.trim().replace(/^(["'])([^]*)\1$/, '$2');
  try {
    return createPrivateKey(withLines(plain.replaceAll('\\r', '').replaceAll('\\n', '\n').trim()));
  } catch {
    return undefined; // the cause may quote the key and must not travel
  }
}

/** Base64 has no blanks: those within the lines are lost line ends. */
function withLines(pem: string): string {
  const parts = /^(-----BEGIN [A-Z ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z ]+-----)$/.exec(pem);
  if (!parts) return pem;
  const [, begin = '', body = '', end = ''] = parts;
  return [begin, ...(body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []), end].join('\n');
}

/** The shortest RSA key that is taken for signing (RFC 7518 §3.3, §3.5). */
export const shortestRsaKey = 2048;

export function isShortRsa(key: KeyObject): boolean {
  return (key.asymmetricKeyDetails?.modulusLength ?? shortestRsaKey) < shortestRsaKey;
}
