// https://www.rfc-editor.org/rfc/rfc3986#appendix-A: what may stand in a part, percent-encoded octets included
const name = String.raw`(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})`;
const part = String.raw`(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})`;
const authority = String.raw`(?:(?:${name}|:)*@)?(?<host>\[[^\]]*\]|${name}*)(?::\d*)?`;
const form = new RegExp(
  String.raw`^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*:)?(?://${authority}(?<rooted>/(?:${part}|/)*)?|(?<path>(?:${part}|/)*))(?:\?(?:${part}|[/?])*)?(?:#(?:${part}|[/?])*)?$`,
);

/** A URI, or one that is relative: `/time-tool`, `urn:uuid:…`. https://www.rfc-editor.org/rfc/rfc3986#section-4.1 */
export function isUriReference(text: string): boolean {
  const found = form.exec(text)?.groups;
  if (!found || text === '') return false;
  const { scheme, host = '', path = '' } = found;
  if (host.startsWith('[') && !URL.canParse(`http://${host}/`)) return false;
  // without a scheme a colon before the first slash would end one
  return scheme !== undefined || !/^[^/]*:/.test(path);
}

/** A URI that says its scheme. */
export function isUri(text: string): boolean {
  return isUriReference(text) && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text);
}

/** An address without slashes at its end. */
export function withoutEndingSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end--;
  return address.slice(0, end);
}
