import { isIP } from 'node:net';
import { hostname } from 'node:os';

/**
 * Whether a request's `Host` is a name of this Node-RED. A page of another site can have its own name resolved to this machine (DNS
 * rebinding), and is then of the same origin as what it asks; only the name that it still has to use gives it away. An
 * address is nobody's name, and `localhost` is resolved by the browser itself (RFC 6761).
 */
export function isOwnHost(host: string | undefined, hosts: readonly string[], machine: string = hostname()): boolean {
  const name = nameIn(host ?? '');
  if (name === '') return false;
  if (name.startsWith('[')) return isIP(name.slice(1, -1)) === 6 && name.endsWith(']');
  if (isIP(name) === 4 || name === 'localhost' || name.endsWith('.localhost')) return true;
  const own = nameIn(machine);
  const bare = own.split('.')[0] as string;
  // `.local` is asked of the neighbours (RFC 6762), and belongs to nobody outside
  return name === own || name === bare || name === `${bare}.local` || hosts.some((listed) => nameIn(listed) === name);
}

/** A host's name without its port and the dot at its end, in lower case; an IPv6 address keeps its brackets. */
function nameIn(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
  const [name, port] = end > 0 ? [host.slice(0, end), host.slice(end)] : [host, ''];
  if (port !== '' && !/^:\d{1,5}$/.test(port)) return '';
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}
