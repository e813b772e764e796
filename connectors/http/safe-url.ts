import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';

/** An address that a token may be sent to: encrypted, or on this machine; without user and password in it. */
export function assertSafeUrl(system: string, text: string): void {
  const url = URL.parse(text);
  const shown = withoutUser(text);
  if (!url) {
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('URL_INVALID', { shown }),
      system,
      field: 'url',
      value: shown,
    });
  }
  if (url.username || url.password) {
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('URL_WITH_USER', { host: url.host }),
      system,
      field: 'url',
      value: shown,
    });
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))) return;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('URL_NOT_SAFE', { address: `${url.protocol}//${url.host}` }),
    system,
    field: 'url',
    value: shown,
  });
}

/**
 * Whether a host of a URL, as the URL standard normalises it (`127.1` → `127.0.0.1`), is this machine: decided by address, or by the one
 * name that never leaves it (RFC 6761 §6.3). A name that looks like an address, or that merely resolves to one, is not.
 * Names below localhost are: the resolvers of most machines answer them so, but not of all, so that they need encryption.
 */
export function isThisMachine(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === 'localhost.') return true;
  if (/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)) return true;
  // ::ffff:127.0.0.0/104, which the URL standard writes in hexadecimal
  return hostname === '[::1]' || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(hostname);
}

/** For a message: what was typed may hold a password. */
const withoutUser = (text: string) => text.replace(/\/\/[^/@]*@/g, '//•••@').slice(0, 500);
