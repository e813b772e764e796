import type { ConnectionValues } from '../../declarations/system.ts';
import type { WrittenRecord } from '../../model/operations.ts';

/** Pages of NetSuite's own interface, by the record that a write's key names first: `job ENG-0001`, `change customer C-7`. */
const pages: Readonly<Record<string, string>> = {
  customer: '/app/common/entity/custjob.nl',
  job: '/app/accounting/project/project.nl',
  expenseReport: '/app/accounting/transactions/transaction.nl',
  timeBill: '/app/accounting/transactions/timebill.nl',
};

/** Where people see the record; undefined = there is no page of its own, or it is not known which host has the interface. */
export function recordAddress({ accountId, baseUrl }: ConnectionValues, { key, id }: WrittenRecord): string | undefined {
  const kind = /^(?:change )?(\w+) /.exec(key)?.[1] ?? '';
  const host = (accountId ?? '').trim().toLowerCase().replaceAll('_', '-');
  if (!Object.hasOwn(pages, kind) || !/^\d+$/.test(id) || !/^[a-z\d-]+$/.test(host)) return undefined;
  // another host is a proxy: the interface is not behind it
  if (baseUrl && URL.parse(baseUrl)?.host !== `${host}.suitetalk.api.netsuite.com`) return undefined;
  return `https://${host}.app.netsuite.com${pages[kind]}?id=${id}`;
}
