import type { CalendarDate } from '../../../../model/calendar-date.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import { inWords } from '../../../../model/failure-words.ts';
import type { PeopleWanted } from '../../../../model/operations.ts';
import { utc } from '../time-entry.ts';
import type { KantataApi } from '../../wire.ts';
import { type Row, text } from '../../wire/envelope.ts';
import { type Candidate, membersAsked } from './candidates.ts';
import { unknownTime, unreadable } from './unreadable.ts';

/** A person, once, whatever memberships of the account there are: who left and came back has two. */
export interface Member {
  candidate: Candidate;
  memberships: { row: Row; user: Row | undefined }[];
}

/** Whoever is what is asked for and had not left before the first day. */
export async function readMembers(api: KantataApi, wanted: PeopleWanted, signal: AbortSignal): Promise<Member[]> {
  const members = new Map<string, Member>();
  for await (const { row, user, candidate } of membersAsked(api, wanted, {}, signal)) {
    const left = dayOf(row['disabled_at']);
    if (left !== undefined && left < wanted.from) continue;
    const known = members.get(candidate.userId) ?? { candidate, memberships: [] };
    known.memberships.push({ row, user });
    if (left === undefined) known.candidate = candidate;
    members.set(candidate.userId, known);
  }
  return [...members.values()];
}

export type Presence = (date: CalendarDate) => boolean;

/**
 * On which days somebody was there: from the day on which the membership was made to the one on which it was closed, both counted, as Kantata writes
 * these days. It keeps no others.
 */
export function presenceOf({ memberships }: Member, record: Words): Presence {
  const stays = memberships.map(({ row, user }) => {
    const day = (field: string) => {
      if (row[field] === undefined || row[field] === null) return undefined;
      const found = dayOf(row[field]);
      if (found === undefined) throw unreadable(record, { row, collection: 'account_memberships', field });
      return found;
    };
    const stay = { from: day('created_at'), until: day('disabled_at') };
    if (stay.until === undefined && user?.['disabled'] === true)
      throw unknownTime(record, { field: 'account_memberships.disabled_at' }, inWords('AVAILABILITY_UNKNOWN.left', { record }));
    return stay;
  });
  return (date) => stays.some(({ from, until }) => (from === undefined || from <= date) && (until === undefined || date <= until));
}

/** The day of an instant in the zone in which it is written. */
function dayOf(instant: unknown): CalendarDate | undefined {
  const written = text({ instant }, 'instant');
  return utc(written) === undefined ? undefined : written!.slice(0, 10);
}
