// https://www.rfc-editor.org/rfc/rfc3986#appendix-A: what may stand in a part, percent-encoded octets included
const scheme = /^[A-Z][A-Z0-9+.-]*:/i;
const path = /^(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*$/i;
const queryOrFragment = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*$/i;
const userInfo = /^(?:[\w.~!$&'()*+,;=:-]|%[0-9A-F]{2})*$/i;
const host = /^(?:[\w.~!$&'()*+,;=-]|%[0-9A-F]{2})*$/i;
const port = /^(?::\d*)?$/;

/** A URI, or one that is relative: `/time-tool`, `urn:uuid:…`. https://www.rfc-editor.org/rfc/rfc3986#section-4.1 */
export function isUriReference(text: string): boolean {
  if (text === '') return false;
  const [beforeFragment, fragment] = parted(text, '#');
  const [beforeQuery, query] = parted(beforeFragment, '?');
  if (!queryOrFragment.test(query) || !queryOrFragment.test(fragment)) return false;
  const named = scheme.exec(beforeQuery)?.[0] ?? '';
  const rest = beforeQuery.slice(named.length);
  const [authority, rooted] = parted(rest.startsWith('//') ? rest.slice(2) : '', '/');
  if (rest.startsWith('//') && isAuthority(authority) && path.test(rooted)) return true;
  if (!path.test(rest)) return false;
  // without a scheme a colon before the first slash would end one
  return named !== '' || !/^[^/]*:/.test(rest);
}

/** A URI that says its scheme. */
export function isUri(text: string): boolean {
  return isUriReference(text) && scheme.test(text);
}

function isAuthority(text: string): boolean {
  const at = text.indexOf('@');
  if (at >= 0 && !userInfo.test(text.slice(0, at))) return false;
  const where = text.slice(at + 1);
  const end = where.startsWith('[') ? where.indexOf(']') + 1 : where.indexOf(':');
  const name = end > 0 ? where.slice(0, end) : end === 0 ? '' : where;
  if (!port.test(where.slice(name.length))) return false;
  return name.startsWith('[') ? URL.canParse(`http://${name}/`) : host.test(name);
}

/** What comes before the first of these signs, and what after it. */
function parted(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** An address without slashes at its end. */
export function withoutEndingSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end--;
  return address.slice(0, end);
}
