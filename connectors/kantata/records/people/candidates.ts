import type { PeopleWanted } from '../../../../model/operations.ts';
import { called } from '../../../../model/record-names.ts';
import { Catalog } from '../../staffing-request/catalog.ts';
import type { KantataApi, Params } from '../../wire.ts';
import { ids, type Row, text } from '../../wire/envelope.ts';

/** A person who could be asked for. */
export interface Candidate {
  userId: string;
  membershipId: string;
  workweek: Row | undefined;
  email?: string;
  name?: string;
  role?: string;
  region?: string;
}

/** The people of the account who are what is asked for: in the role, with all of the skills, in the region or below it. Nobody who has left. */
export async function readCandidates(api: KantataApi, wanted: PeopleWanted, signal: AbortSignal): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for await (const { row, user, candidate } of membersAsked(api, wanted, { active: true }, signal))
    if (!text(row, 'disabled_at') && user?.['disabled'] !== true) candidates.push(candidate);
  return candidates;
}

/** The memberships of whoever is what is asked for, as the account has them. */
export async function* membersAsked(
  api: KantataApi,
  wanted: PeopleWanted,
  params: Params,
  signal: AbortSignal,
): AsyncGenerator<{ row: Row; user: Row | undefined; candidate: Candidate }> {
  const record = called.availability(wanted.from, wanted.to);
  const catalog = new Catalog(api, signal);
  const roleId = wanted.role ? await catalog.role(wanted.role, record) : undefined;
  const skilled = await withSkills(api, await skillIds(catalog, wanted, record), signal);
  const regions = wanted.region ? await membersOf(api, await catalog.region(wanted.region, record), signal) : undefined;
  const asked = { ...params, include: 'user,default_role,effective_workweek' };
  for await (const envelope of api.pages('account_memberships', asked, signal)) {
    for (const row of envelope.results) {
      const userId = text(row, 'user_id');
      const user = envelope.row('users', userId);
      if (userId === undefined || user?.['generic'] === true) continue;
      if (roleId !== undefined && text(row, 'default_role_id') !== roleId) continue;
      if (skilled && !skilled.has(userId)) continue;
      const membershipId = text(row, 'id') ?? '';
      const region = regions?.get(`User ${userId}`) ?? regions?.get(`AccountMembership ${membershipId}`);
      if (regions && region === undefined) continue;
      const email = text(user, 'email_address');
      const name = text(user, 'full_name');
      const role = text(envelope.row('roles', text(row, 'default_role_id')), 'name');
      const candidate: Candidate = {
        userId,
        membershipId,
        workweek: envelope.row('workweeks', text(row, 'effective_workweek_id')),
        ...(email ? { email } : {}),
        ...(name ? { name } : {}),
        ...(role ? { role } : {}),
        ...(region ? { region } : {}),
      };
      yield { row, user, candidate };
    }
  }
}

async function skillIds(catalog: Catalog, wanted: PeopleWanted, record: ReturnType<typeof called.availability>): Promise<string[]> {
  const found = new Set<string>();
  for (const name of wanted.skills ?? []) found.add(await catalog.skill(name, record));
  return [...found];
}

/** Users who have every one of these skills; `undefined` where none is asked for. */
async function withSkills(api: KantataApi, skills: readonly string[], signal: AbortSignal): Promise<Set<string> | undefined> {
  if (skills.length === 0) return undefined;
  const has = new Map<string, Set<string>>();
  for await (const { results } of api.pages('skill_memberships', { skill_ids: skills.join(','), include: 'skill,user' }, signal)) {
    for (const row of results) {
      const [user, skill] = [text(row, 'user_id'), text(row, 'skill_id')];
      if (user !== undefined && skill !== undefined && skills.includes(skill)) has.set(user, (has.get(user) ?? new Set()).add(skill));
    }
  }
  return new Set([...has].filter(([, some]) => some.size === skills.length).map(([user]) => user));
}

/** Names of what these people can do, by user. */
export async function readSkills(api: KantataApi, userIds: readonly string[], signal: AbortSignal): Promise<Map<string, string[]>> {
  const skills = new Map<string, string[]>();
  for await (const envelope of api.pages('skill_memberships', { user_ids: userIds.join(','), include: 'skill,user' }, signal)) {
    for (const row of envelope.results) {
      const user = text(row, 'user_id');
      const name = text(envelope.row('skills', text(row, 'skill_id')), 'name') ?? text(row, 'cached_skill_name');
      if (user !== undefined && name !== undefined) skills.set(user, [...(skills.get(user) ?? []), name]);
    }
  }
  return new Map([...skills].map(([user, names]) => [user, names.toSorted()]));
}

/** Who is in a region or in one below it: `User 9` or `AccountMembership 12`, with the name of his own. */
async function membersOf(api: KantataApi, regionId: string, signal: AbortSignal): Promise<Map<string, string>> {
  const members = new Map<string, string>();
  for await (const envelope of api.pages('organization_memberships', { include: 'geography' }, signal)) {
    for (const row of envelope.results) {
      const geography = envelope.row('organizations', text(row, 'geography_id'));
      if (!geography || ![text(geography, 'id'), ...ids(geography, 'ancestor_ids')].includes(regionId)) continue;
      members.set(`${text(row, 'member_type')} ${text(row, 'member_id')}`, text(geography, 'name') ?? '');
    }
  }
  return members;
}
