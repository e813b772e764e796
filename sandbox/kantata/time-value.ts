import type { Json, Row } from './state.ts';
import type { Store } from './store.ts';

/** Minutes × hourly rate, in subunits, rounded half up per entry. */
export function entryValue(entry: Row): number {
  if (entry['billable'] !== true) return 0;
  return Math.round((amount(entry['time_in_minutes']) * amount(entry['rate_in_cents'])) / 60);
}

export const amount = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

export const minutesOf = (entries: Row[], billable?: boolean): number =>
  entries
    .filter((entry) => billable === undefined || (entry['billable'] === true) === billable)
    .reduce((sum, entry) => sum + amount(entry['time_in_minutes']), 0);

export const centsOf = (entries: Row[]): number => entries.reduce((sum, entry) => sum + entryValue(entry), 0);

/** The day to which time is locked, if any: the latest of the account's locks. */
export function lockDate(store: Store): string | null {
  const dates = store
    .table('line_item_locks')
    .all()
    .map((row) => String(row['locked_to'] ?? ''));
  return dates.sort().at(-1) ?? null;
}

/** "Previous time entries cannot be edited ... before the selected lock date": the lock date itself is open. */
export function isLocked(store: Store, date: Json | undefined): boolean {
  const lock = lockDate(store);
  return lock !== null && typeof date === 'string' && date < lock;
}

/** Hourly bill rate: rate card version in force on the day, for the role or its default; else the member's own rate. */
export function billRate(
  store: Store,
  workspace: Row | undefined,
  roleId: Json | undefined,
  date: string,
  membership: Row | undefined,
): number {
  const versions = store.where('rate_card_versions', 'rate_card_id', workspace?.['rate_card_id'] ?? '-');
  const version = versions
    .map((row) => ({ row, from: effectiveDate(store, row) }))
    .filter(({ from }) => from <= date)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)?.row;
  if (version) {
    const role = store.where('rate_card_roles', 'rate_card_version_id', version.id).find((row) => row['role_id'] === roleId);
    const rate = role?.['rate'] ?? version['default_rate'];
    if (typeof rate === 'number') return rate;
  }
  return amount(membership?.['bill_rate_in_cents']);
}

const effectiveDate = (store: Store, version: Row): string =>
  String(store.find('rate_card_set_versions', version['rate_card_set_version_id'])?.['effective_date'] ?? version['effective_date'] ?? '');
