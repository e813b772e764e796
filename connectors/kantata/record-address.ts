import type { ConnectionValues } from '../../declarations/system.ts';
import type { WrittenRecord } from '../../model/operations.ts';

/** Where people see the project; other records have no page that an id alone leads to. */
export function recordAddress({ baseUrl }: ConnectionValues, { key, id }: WrittenRecord): string | undefined {
  if (baseUrl && URL.parse(baseUrl)?.host !== 'api.mavenlink.com') return undefined;
  return /^(?:change )?workspace /.test(key) && /^\d+$/.test(id) ? `https://app.mavenlink.com/workspaces/${id}` : undefined;
}
