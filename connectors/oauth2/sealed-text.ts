import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const purpose = 'ps-connect kept credential';

/** A text that only who knows the secret can read or change: AES-256-GCM, its key derived from the secret (RFC 5869). */
export function sealText(text: string, secret: string): string {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const sealing = createCipheriv(cipher, keyOf(secret, salt), nonce);
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return ['1', ...[salt, nonce, sealing.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
}

/** Undefined when it was sealed with another secret, or changed since. */
export function unsealText(text: string, secret: string): string | undefined {
  const [version, ...parts] = text.split('.');
  const [salt, nonce, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== '1' || !salt || !nonce || !tag || !sealed) return undefined;
  try {
    const opening = createDecipheriv(cipher, keyOf(secret, salt), nonce, { authTagLength: 16 });
    opening.setAuthTag(tag);
    return Buffer.concat([opening.update(sealed), opening.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Names a secret without telling it. */
export function nameOfSecret(secret: string, use: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${use}`).digest('base64url');
}

const keyOf = (secret: string, salt: Buffer) => Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
