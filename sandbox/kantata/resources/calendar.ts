import { externalReferences, manyBy, one } from '../associations.ts';
import { boolean, date, integer, number, stamps, string, truth } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { dateBetween, oneOf, overlaps } from '../filters.ts';
import { today } from '../presenter.ts';
import type { Attribute, Resource, Write } from '../resource.ts';
import type { Json } from '../state.ts';
import { add } from '../touch.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].map((day) => `${day}_minutes`);
const week: Record<string, Attribute> = Object.fromEntries(DAYS.map((day) => [day, { ...integer, default: 0 }]));

export const workweeks: Resource = {
  collection: 'workweeks',
  singular: 'workweek',
  subjectType: 'Workweek',
  event: 'workweek',
  attributes: {
    default: boolean,
    start_date: date,
    end_date: date,
    ...week,
    total_minutes: { type: 'integer', compute: (row) => DAYS.reduce((sum, day) => sum + Number(row[day] ?? 0), 0) },
    ...stamps,
  },
  associations: {},
  create: ['start_date', ...DAYS],
  update: ['start_date', ...DAYS],
};

/** A person's own week from a day on: written as minutes per weekday, kept as a workweek. */
export const workweekMemberships: Resource = {
  collection: 'workweek_memberships',
  singular: 'workweek_membership',
  subjectType: 'WorkweekMembership',
  event: 'workweek_membership',
  attributes: { start_date: date, end_date: date, ...stamps },
  associations: { user: one('users', 'user_id'), workweek: one('workweeks', 'workweek_id') },
  create: ['user_id', 'start_date'],
  update: ['start_date'],
  required: { user_id: "User can't be blank", start_date: "Start date can't be blank" },
  destroy: true,
  filters: { user_ids: oneOf('user_id') },
  after: (row, { received, call }) => {
    const minutes = Object.fromEntries(DAYS.map((day) => [day, Number(received[day] ?? 0)]));
    const same = call.store
      .table('workweeks')
      .all()
      .find((other) => DAYS.every((day) => Number(other[day] ?? 0) === minutes[day]));
    const used = same ?? add(call, workweeks, { default: false, start_date: row['start_date'] ?? null, ...minutes });
    call.store.change('workweek_memberships', row, { workweek_id: used.id });
  },
};

export const holidayCalendars: Resource = {
  collection: 'holiday_calendars',
  singular: 'holiday_calendar',
  subjectType: 'HolidayCalendar',
  attributes: {
    name: string,
    default: boolean,
    active_user_count: {
      type: 'integer',
      compute: (row, call) => call.store.where('holiday_calendar_memberships', 'holiday_calendar_id', row.id).length,
    },
  },
  associations: {},
  create: ['name'],
  update: ['name'],
  required: { name: "Name can't be blank" },
  destroy: true,
};

export const holidays: Resource = {
  collection: 'holidays',
  singular: 'holiday',
  subjectType: 'Holiday',
  attributes: {
    name: string,
    start_date: date,
    end_date: date,
    paid: truth,
    total_hours: number,
    calendar_names_list: {
      type: 'string',
      compute: (row, call) =>
        call.store
          .where('holiday_calendar_associations', 'holiday_id', row.id)
          .map((link) => String(call.store.find('holiday_calendars', link['holiday_calendar_id'])?.['name'] ?? ''))
          .join(', '),
    },
  },
  associations: {
    holiday_calendar_associations: manyBy('holiday_calendar_associations', 'holiday_calendar_association_ids', 'holiday_id'),
  },
  create: ['name', 'start_date', 'end_date', 'paid'],
  update: ['name', 'start_date', 'end_date', 'paid'],
  required: { name: "Name can't be blank", start_date: "Start date can't be blank" },
  destroy: true,
  filters: { between: overlaps('start_date', 'end_date') },
  orders: { start_date: 'start_date' },
  defaultOrder: 'start_date:asc',
  after: (row, { received, call }: Write) => {
    for (const id of (received['holiday_calendar_ids'] ?? []) as Json[]) {
      const values = {
        id: call.store.newId(),
        created_at: call.now,
        updated_at: call.now,
        holiday_id: row.id,
        holiday_calendar_id: String(id),
      };
      call.store.insert('holiday_calendar_associations', values);
    }
  },
};

export const holidayCalendarAssociations: Resource = {
  collection: 'holiday_calendar_associations',
  singular: 'holiday_calendar_association',
  subjectType: 'HolidayCalendarAssociation',
  attributes: {
    holiday_calendar_name: {
      type: 'string',
      compute: (row, call) => call.store.find('holiday_calendars', row['holiday_calendar_id'])?.['name'] ?? null,
    },
    holiday_name: { type: 'string', compute: (row, call) => call.store.find('holidays', row['holiday_id'])?.['name'] ?? null },
  },
  associations: { holiday: one('holidays', 'holiday_id'), holiday_calendar: one('holiday_calendars', 'holiday_calendar_id') },
  create: ['holiday_id', 'holiday_calendar_id'],
  required: { holiday_id: "Holiday can't be blank", holiday_calendar_id: "Holiday calendar can't be blank" },
  destroy: true,
};

export const holidayCalendarMemberships: Resource = {
  collection: 'holiday_calendar_memberships',
  singular: 'holiday_calendar_membership',
  subjectType: 'HolidayCalendarMembership',
  attributes: { start_date: date, end_date: date, in_use: truth, created_at: stamps['created_at'] as Attribute },
  associations: { holiday_calendar: one('holiday_calendars', 'holiday_calendar_id'), user: one('users', 'user_id') },
  create: ['holiday_calendar_id', 'user_id', 'start_date'],
  update: ['holiday_calendar_id', 'start_date'],
  required: { holiday_calendar_id: "Holiday calendar can't be blank", user_id: "User can't be blank" },
  destroy: true,
};

/** Hours off of one person on one day. */
export const timeOffEntries: Resource = {
  collection: 'time_off_entries',
  singular: 'time_off_entry',
  subjectType: 'TimeOffEntry',
  event: 'time_off_entry',
  attributes: { hours: number, requested_date: date, submission_date: date },
  associations: {
    user: one('users', 'user_id'),
    role: {
      collection: 'roles',
      key: 'role_id',
      ids: (row, store) => {
        const role = store.where('account_memberships', 'user_id', row['user_id'])[0]?.['default_role_id'];
        return role ? [String(role)] : [];
      },
    },
    ...externalReferences('TimeOffEntry'),
  },
  create: ['user_id', 'hours', 'requested_date'],
  update: ['hours'],
  required: { user_id: "User can't be blank", hours: "Hours can't be blank", requested_date: "Requested date can't be blank" },
  destroy: true,
  filters: { user_ids: oneOf('user_id'), with_user_ids: oneOf('user_id'), requested_date_between: dateBetween('requested_date') },
  orders: { requested_date: 'requested_date', created_at: 'created_at', updated_at: 'updated_at' },
  defaultOrder: 'requested_date:desc',
  prepare: (write) => {
    if (!write.existing) write.change['submission_date'] = today(write.call);
  },
  validate: ({ change, existing, errors, call }) => {
    if (change['user_id'] && !call.store.find('users', change['user_id'])) errors.push(invalid('user_id', 'User does not exist'));
    if (typeof change['hours'] === 'number' && (change['hours'] <= 0 || change['hours'] > 24))
      errors.push(invalid('hours', 'Hours must be between 0 and 24'));
    const twin =
      !existing &&
      call.store.where('time_off_entries', 'user_id', change['user_id']).some((row) => row['requested_date'] === change['requested_date']);
    if (twin) errors.push(invalid('requested_date', 'Requested date has already been taken'));
  },
};
