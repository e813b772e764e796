import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

/** What a server shows, and what its clients have to trust: both are the same here. PEM. */
export interface Certificate {
  key: string;
  certificate: string;
}

let made: Certificate | undefined;

/** For `localhost` and 127.0.0.1, made anew in each process: no key lies in a repository. */
export const ownCertificate = (): Certificate => (made ??= selfSigned(['localhost'], [[127, 0, 0, 1]]));

/** X.509 v3 in DER (RFC 5280), signed by its own key (ECDSA with SHA-256, P-256). */
function selfSigned(names: readonly string[], addresses: readonly number[][]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectId('2a8648ce3d040302')); // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from('PS Connect sandbox')))));
  const now = Date.now();
  const alternatives = sequence(
    ...names.map((each) => der(0x82, Buffer.from(each))),
    ...addresses.map((each) => der(0x87, Buffer.from(each))),
  );
  const extensions = sequence(
    sequence(objectId('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, sequence(der(0x01, Buffer.from([0xff]))))), // a certificate authority
    sequence(objectId('551d11'), der(0x04, alternatives)),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(now - 86_400_000), time(now + 90 * 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = createSign('SHA256').update(body).sign(privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
/** `261129120000Z` */
const time = (at: number) => der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
