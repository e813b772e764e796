import { weekday } from '../account-time.ts';
import { one } from '../associations.ts';
import { date } from '../attributes.ts';
import { invalid } from '../errors.ts';
import type { Resource } from '../resource.ts';
import { lockDate } from '../time-value.ts';

const SATURDAY = 6;

/** https://developer.kantata.com/ "Line Item Locks": time before a Saturday is closed; a later lock replaces an earlier one. */
export const lineItemLocks: Resource = {
  collection: 'line_item_locks',
  singular: 'line_item_lock',
  subjectType: 'LineItemLock',
  event: 'line_item_lock',
  attributes: { account_id: { type: 'integer', compute: (_row, call) => Number(call.store.state.account.id) }, locked_to: date },
  associations: { creator: one('users', 'creator_id') },
  create: ['locked_to'],
  required: { locked_to: "Locked to can't be blank" },
  administratorsOnly: 'write',
  validate: ({ change, errors, call }) => {
    const to = change['locked_to'];
    if (typeof to !== 'string') return;
    if (weekday(to) !== SATURDAY) errors.push(invalid('locked_to', 'Locked to must be a Saturday'));
    const latest = lockDate(call.store);
    if (latest !== null && to <= latest) errors.push(invalid('locked_to', 'Locked to must be later than the current lock'));
    const open = () =>
      call.store
        .table('time_entries')
        .all()
        .some((entry) => entry['approved'] !== true && String(entry['date_performed']) < to);
    if (call.store.state.account.requireTimeApprovals && open())
      errors.push(invalid('locked_to', 'All time entries before this date must be approved'));
  },
  prepare: ({ change, call }) => {
    change['creator_id'] = call.caller.userId;
  },
};
