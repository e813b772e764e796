import { generateKeyPairSync, sign } from 'node:crypto';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const issuer = 'https://login.example.com/';
export const audience = 'api://fuzz';
export const callersKey = publicKey.export({ type: 'spki', format: 'pem' }) as string;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = `${part({ alg: 'ES256' })}.${part({ iss: issuer, aud: audience, exp: 32_503_680_000, client_id: 'fuzzer', scope: 'fuzz' })}`;

/** By which the fuzzer is let in, as often as it likes: what anybody may call is limited. */
export const callersToken = `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
