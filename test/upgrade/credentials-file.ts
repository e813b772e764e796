import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

type Credentials = Record<string, Record<string, string>>;

const keyOf = (secret: string) => createHash('sha256').update(secret).digest();

/** Credentials as Node-RED writes them beside a flow file (runtime, nodes/credentials.js). */
export function credentialsFile(secret: string, credentials: Credentials): string {
  const start = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', keyOf(secret), start);
  return JSON.stringify({
    $: start.toString('hex') + cipher.update(JSON.stringify(credentials), 'utf8', 'base64') + cipher.final('base64'),
  });
}

/** What such a file holds. */
export function readCredentials(secret: string, file: string): Credentials {
  const { $: text } = JSON.parse(file) as { $: string };
  const decipher = createDecipheriv('aes-256-ctr', keyOf(secret), Buffer.from(text.slice(0, 32), 'hex'));
  return JSON.parse(decipher.update(text.slice(32), 'base64', 'utf8') + decipher.final('utf8')) as Credentials;
}
