import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { freeOf, type PersonDay } from '../../model/free-time.ts';
import type { FoundUtilization, PeopleWanted } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { percentsOf } from '../../model/utilization.ts';
import { readCalendars } from './records/people/calendars.ts';
import { described, type KnownPeople, personKey, readPeople, saidOf } from './records/people/person-days.ts';
import { type Member, presenceOf, readMembers } from './records/people/presence.ts';
import { readTime } from './records/people/time-worked.ts';
import { unknownTime } from './records/people/unreadable.ts';
import { chunks, type KantataApi } from './wire.ts';
import { text } from './wire/envelope.ts';

interface Known {
  people: KnownPeople;
  time: Awaited<ReturnType<typeof readTime>>;
  asOf: string;
}

/**
 * How people's time was used from one day to another: what availability is worked out of, and the time that they wrote down. Of whom a part cannot be
 * read, that is told, and all others are worked out. https://developer.kantata.com/ "Time Entries", "Account Memberships".
 */
export async function* findUtilization(api: KantataApi, wanted: PeopleWanted, signal: AbortSignal): AsyncGenerator<FoundUtilization> {
  await assertSeesAll(api, wanted, signal);
  const asOf = api.serverNow().toISOString();
  const members = await readMembers(api, wanted, signal);
  if (members.length === 0) return;
  const calendars = await readCalendars(api, signal);
  for (const some of chunks(members)) {
    const candidates = some.map(({ candidate }) => candidate);
    const people = await readPeople(api, candidates, { calendars, window: wanted }, signal);
    const ids = candidates.map(({ userId }) => userId);
    const known: Known = { people, time: await readTime(api, ids, wanted, signal), asOf };
    for (const member of some) {
      const said = saidOf(member.candidate.userId, () => found(member, wanted, known));
      if (said) yield said;
    }
  }
}

/** Nothing of somebody who was not there on any of the days, and worked on none. */
function found(member: Member, { from, to }: PeopleWanted, { people, time, asOf }: Known): FoundUtilization | undefined {
  const { userId } = member.candidate;
  const key = personKey(userId);
  const record = called.resource(key);
  const wasThere = presenceOf(member, record);
  const { days: workedOn, ...worked } = time(userId, record);
  const outside = [...workedOn].find((date) => !wasThere(date));
  if (outside !== undefined) {
    const field = 'time_entries.date_performed';
    throw unknownTime(record, { field, value: outside }, inWords('AVAILABILITY_UNKNOWN.outside', { record, day: outside }));
  }
  const days = people.days(userId).filter(({ date }) => wasThere(date));
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (first === undefined || last === undefined) return undefined;
  const sum = (of: (day: PersonDay) => number) => days.reduce((total, day) => total + of(day), 0);
  const counted = {
    capacityMinutes: sum(({ date, working, leave }) => freeOf({ date, working, leave, hard: 0, soft: 0 }).free),
    leaveMinutes: sum(({ leave, working }) => Math.min(leave, working)),
    hardMinutes: sum(({ hard }) => hard),
    softMinutes: sum(({ soft }) => soft),
    ...worked,
    nonBillableMinutes: worked.workedMinutes - worked.billableMinutes,
  };
  return {
    key,
    utilization: {
      ...described(member.candidate, people.skills.get(userId)),
      from,
      to,
      ...(first > from ? { joined: first } : {}),
      ...(last < to ? { left: last } : {}),
      asOf,
      ...counted,
      ...percentsOf(counted),
    },
  };
}

/** Kantata shows others than its administrators the time of their own projects, and does not say that there is more. */
async function assertSeesAll(api: KantataApi, { from, to }: PeopleWanted, signal: AbortSignal): Promise<void> {
  const by_user_id = await api.ownUserId();
  for await (const { results } of api.pages('account_memberships', { by_user_id, include: 'user' }, signal))
    for (const row of results)
      if (text(row, 'user_id') === by_user_id && row['is_administrator'] === true && !text(row, 'disabled_at')) return;
  throw new Failure({
    class: 'auth.denied',
    ...inWords('TIME_NOT_ALL'),
    system: 'kantata',
    record: called.availability(from, to),
    field: 'account_memberships.is_administrator',
  });
}
