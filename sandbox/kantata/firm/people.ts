import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';
import type { KantataIds } from './ids.ts';
import type { KantataRow } from './row.ts';
import { REGIONS, ROLES, SKILLS } from '../../firm/roles.ts';

const CATEGORY_ID = '591';
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** People, what they can do, and when they work. */
export function peopleRows(firm: Firm, ids: KantataIds): Record<string, KantataRow[]> {
  const stamp = instant(addDays(firm.week0, -300), '08:00');
  const stamps = { created_at: stamp, updated_at: stamp };
  const weeks = [...new Map(firm.people.map((person) => [person.week.join(), person.week])).values()];
  const weekId = (week: number[]): string => String(701 + weeks.findIndex((each) => each.join() === week.join()));
  return {
    roles: ROLES.map((role) => ({ id: ids.role(role.name), name: role.name, ...stamps })),
    skill_categories: [{ id: CATEGORY_ID, name: 'Delivery', ...stamps }],
    skills: SKILLS.map((name) => ({ id: ids.skill(name), name, max_level: 5, skill_category_id: CATEGORY_ID, ...stamps })),
    workweeks: weeks.map((week) => ({
      id: weekId(week),
      default: false,
      start_date: '2020-01-05',
      end_date: null,
      ...Object.fromEntries(DAYS.map((day, index) => [`${day}_minutes`, week[index] ?? 0])),
      total_minutes: week.reduce((sum, minutes) => sum + minutes, 0),
      ...stamps,
    })),
    users: firm.people.map((person, index) => ({
      id: ids.user(person.code),
      full_name: `${person.firstName} ${person.lastName}`,
      email_address: person.email,
      headline: `${person.role}, ${person.region}`,
      disabled: false,
      role_id: ids.role(person.role),
      account_membership_id: String(12_001 + index),
      ...stamps,
    })),
    account_memberships: firm.people.map((person, index) => ({
      id: String(12_001 + index),
      user_id: ids.user(person.code),
      default_role_id: ids.role(person.role),
      effective_workweek_id: weekId(person.week),
      permission: person.role === 'Engagement Manager' ? 'project_lead' : 'collaborator',
      is_administrator: false,
      is_owner: false,
      resource_request_approver: person.role === 'Engagement Manager',
      ...stamps,
    })),
    organizations: REGIONS.map((region, index) => ({ id: String(951 + index), name: region, type: 'geography', ...stamps })),
    organization_memberships: firm.people.map((person, index) => ({
      id: String(14_001 + index),
      member_type: 'User',
      member_id: ids.user(person.code),
      geography_id: String(951 + REGIONS.indexOf(person.region)),
      primary: true,
      ...stamps,
    })),
    skill_memberships: firm.people.flatMap((person, index) =>
      person.skills.map((skill, at) => ({
        id: String(13_001 + index * 10 + at),
        user_id: ids.user(person.code),
        skill_id: ids.skill(skill.name),
        level: skill.level,
        max_level: 5,
        cached_skill_name: skill.name,
        ...stamps,
      })),
    ),
  };
}
