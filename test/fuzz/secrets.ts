/** Text as a system might write it back. Everything but `plain` still gives the secret to whoever reads it. */
export function encoded(text: string, encoding: string): string {
  switch (encoding) {
    case 'uri':
      return encodeURIComponent(text.toWellFormed());
    case 'uri of Python':
      return encodeURIComponent(text.toWellFormed()).replaceAll('%2F', '/');
    case 'html of Go':
      return text.replace(/[&<>"'+]/g, (letter) => `&#${letter.charCodeAt(0)};`);
    case 'json of Gson':
      return text.replace(/[<>&='"\\]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
    case 'base64':
    case 'base64url':
    case 'hex':
      return Buffer.from(text).toString(encoding);
    case 'json escapes':
      return [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    case 'html':
      return [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
    case 'upper':
      return text.toUpperCase();
    default:
      return text;
  }
}

interface Needle {
  bytes: Buffer;
  name: string;
}

/** Knows the secrets of a house, and finds them in whatever comes out of it, in every encoding that gives them away. */
export class Secrets {
  /** by their first three bytes, which are looked up at each place of what is searched */
  private readonly needles = new Map<number, Needle[]>();
  private readonly beginnings = new Uint8Array(1 << 24);
  private readonly known = new Set<string>();

  /** A key of many lines is given away by any of its lines; some of them are looked for. */
  add(name: string, secret: string | undefined): void {
    const lines = (secret ?? '').split('\n').map((line) => line.trim());
    for (const [index, text] of lines.filter((line) => !line.startsWith('-----')).entries()) {
      if (text.length < 8 || this.known.has(text) || (index > 2 && index !== Math.floor(lines.length / 2))) continue;
      this.known.add(text);
      for (const [encoding, needle] of formsOf(text)) this.look({ bytes: Buffer.from(needle, 'latin1'), name: `${name} (${encoding})` });
    }
  }

  /** What is given away by these bytes; a text is given as the bytes of its UTF-8. One pass, however many secrets are known. */
  in(bytes: Buffer): string[] {
    const found = new Set<string>();
    const { beginnings } = this;
    let beginning = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    for (let at = 2; at < bytes.length; at++) {
      beginning = ((beginning << 8) & 0xffffff) | (bytes[at] as number);
      if (beginnings[beginning] === 0) continue;
      for (const { bytes: needle, name } of this.needles.get(beginning)!) {
        if (bytes.subarray(at - 2, at - 2 + needle.length).equals(needle)) found.add(name);
      }
    }
    return [...found];
  }

  private look(needle: Needle): void {
    const beginning = needle.bytes.readUIntBE(0, 3);
    this.beginnings[beginning] = 1;
    this.needles.set(beginning, [...(this.needles.get(beginning) ?? []), needle]);
  }
}

/** In base64 a text begins at one of three places; the letters at its edges depend on what stands beside it, the rest is found. */
function formsOf(text: string): [string, string][] {
  const forms = new Map<string, string>();
  const put = (encoding: string, form: string) => {
    if (form.length >= 8 && ![...forms.values()].includes(form))
      forms.set(`${encoding}${forms.has(encoding) ? ` ${forms.size}` : ''}`, form);
  };
  put('plain', text);
  put('uri', encodeURIComponent(text));
  for (const encoding of ['uri of Python', 'html of Go', 'json of Gson']) put(encoding, encoded(text, encoding));
  put('json escapes', encoded(text, 'json escapes'));
  put('html', encoded(text, 'html'));
  put('hex', encoded(text, 'hex'));
  put('upper hex', encoded(text, 'hex').toUpperCase());
  if (text !== text.toLowerCase()) put('upper', text.toUpperCase());
  put('utf-16', Buffer.from(text, 'utf16le').toString('latin1'));
  for (const before of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(text)]);
    const from = before === 0 ? 0 : 4;
    const inner = whole.toString('base64').slice(from, Math.floor(whole.length / 3) * 4);
    if (inner.length < 12) continue;
    put('base64', inner);
    put('base64url', inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...forms];
}
