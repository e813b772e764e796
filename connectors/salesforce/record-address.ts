import type { ConnectionValues } from '../../declarations/system.ts';
import type { WrittenRecord } from '../../model/operations.ts';

/** Where people see the record: an org shows each by its id. Known of an org that is signed in to by its own domain. */
export function recordAddress({ loginUrl }: ConnectionValues, { id }: WrittenRecord): string | undefined {
  const address = URL.parse(loginUrl ?? '');
  const isOwn = address?.protocol === 'https:' && /\.my\.salesforce\.com$/.test(address.host);
  return isOwn && /^(?:[a-zA-Z\d]{15}|[a-zA-Z\d]{18})$/.test(id) ? `${address.origin}/${id}` : undefined;
}
