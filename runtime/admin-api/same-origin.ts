import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page of this Node-RED, or from no page at all. What a browser says of itself in `Sec-Fetch-Site` no
 * page can alter, and no proxy makes untrue; it is sent to `https` and to this machine only, so that elsewhere `Origin`, which goes with every
 * write, is compared with the `Host`. Scripts send neither. (The order of checks is that of Go’s CrossOriginProtection.)
 *
 * @param hosts other names of this Node-RED, in front of a proxy that asks by a name of its own
 */
export function isSameOrigin(headers: IncomingHttpHeaders, encrypted: boolean, hosts: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === 'null') return false;
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin') return true;
  if (site !== undefined && site !== 'none') return false;
  if (origin === undefined) return true;
  const page = URL.parse(origin);
  if (!page || (page.protocol !== 'https:' && (page.protocol !== 'http:' || encrypted))) return false;
  const hostsOfOurs = [...(host === undefined ? [] : [host]), ...hosts];
  // as the page’s own scheme would read them: the usual port is left out
  return hostsOfOurs.some((ours) => URL.parse(`${page.protocol}//${ours}`)?.host === page.host);
}
