/** A secret that is shorter, or a plain word or number that is not much longer, cannot be told from ordinary text. */
const shortest = 8;
const longEnough = 16;
/** Of a key in PEM form each line is a secret of its own, and of a line each half. */
const lineLetters = 32;

/** Whether a secret can be looked for in texts: `postgres` or `20261231` would be found in data that has nothing to do with it. */
export function isTellable(secret: string): boolean {
  return secret.length >= longEnough || (secret.length >= shortest && !/^(?:\p{L}+|\d+)$/u.test(secret));
}

/** The forms in which a secret comes back: as it is, encoded for an address, for JSON, for HTML, in base64, in hexadecimal. */
export function formsOf(secret: string): string[] {
  const forms = new Set<string>();
  for (const part of partsOf(secret)) {
    for (const form of encodingsOf(part)) {
      if (form.length >= shortest) forms.add(form);
    }
  }
  return [...forms];
}

/** What of a secret is one by itself. */
export function partsOf(secret: string): string[] {
  return secret.includes('-----BEGIN') ? linesOf(secret) : [secret, ...(secret.startsWith('whsec_') ? [secret.slice(6)] : [])];
}

/** What carries the key in a PEM text, however it is broken into lines. */
function linesOf(pem: string): string[] {
  const body = pem
    .replaceAll('\\n', '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.includes('-----') && !line.includes(':'))
    .join('');
  const lines: string[] = [];
  for (let from = 0; from + shortest <= body.length; from += lineLetters) lines.push(body.slice(from, from + lineLetters));
  return lines.length > 0 ? lines : [pem.trim()];
}

function encodingsOf(text: string): string[] {
  const address = encodeURIComponent(text.toWellFormed());
  const strict = address.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  const inJson = JSON.stringify(text).slice(1, -1);
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const bytes = Buffer.from(text, 'utf8');
  return [
    text,
    ...[address, strict, form].flatMap((encoded) => [encoded, encoded.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())]),
    encodeURIComponent(address),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inJson.replaceAll('/', '\\/'),
    // as Gson, .NET and PHP write signs that mean something in HTML
    ...[false, true].map((small) => inJson.replace(/[&<>'"=+]/g, (sign) => unicodeEscape(sign, small))),
    html,
    html.replaceAll("'", '&#39;'),
    html.replaceAll("'", '&#x27;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;').replaceAll('+', '&#x2B;'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Of(bytes),
    ...everySignOf(text),
    // in other letters it still tells most of what it is
    text.toUpperCase(),
    text.toLowerCase(),
  ];
}

/** As encoders write it that leave no sign as it is: in HTML by number, in JSON, in an address. */
function everySignOf(text: string): string[] {
  const signs = [...text].map((sign) => sign.codePointAt(0) as number);
  const units = text.split('');
  const octets = [...Buffer.from(text, 'utf8')].map((octet) => octet.toString(16).padStart(2, '0'));
  return [
    signs.map((sign) => `&#${sign};`).join(''),
    ...[false, true].flatMap((small) => [
      signs.map((sign) => `&#x${inHex(sign, small)};`).join(''),
      units.map((unit) => unicodeEscape(unit, small)).join(''),
      octets.map((octet) => `%${small ? octet : octet.toUpperCase()}`).join(''),
    ]),
  ];
}

function inHex(code: number, small: boolean): string {
  const text = code.toString(16);
  return small ? text : text.toUpperCase();
}

function unicodeEscape(sign: string, small: boolean): string {
  const code = sign.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${small ? code : code.toUpperCase()}`;
}

/**
 * What base64 has of a text wherever it stands in what was encoded (`id:secret`, a whole body): three ways to begin, without
 * the letters at both ends that others have a part in.
 */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const own = encoded.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(own)];
  });
}
