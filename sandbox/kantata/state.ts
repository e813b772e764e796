/** Plain JSON, so that the state can be stored, shown and loaded. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One record as stored: all attributes and foreign keys flat, ids as strings, instants in UTC to the second. */
export interface Row {
  id: string;
  created_at: string;
  updated_at: string;
  [attribute: string]: Json | undefined;
}

/** A limit of the vendor's undocumented kind: at most `max` requests in `seconds` whose method and path match. */
export interface RateLimit {
  method?: string;
  /** regular expression on the path below `/api/v1` */
  path?: string;
  max: number;
  seconds: number;
}

export interface KantataState {
  account: { id: string; title: string; currency: string; timeZone: string; requireTimeApprovals: boolean };
  nextId: number;
  /** access token → user id */
  tokens: Record<string, string>;
  /** authorization code → user id; used once */
  codes: Record<string, string>;
  rows: Record<string, Record<string, Row>>;
  rateLimits: RateLimit[];
  /**
   * `contract`: `x_id` appears only with `include=x`, as the API page says.
   * `captured`: belongs-to keys always appear, as the exchanges recorded in 2021 show.
   */
  foreignKeys: 'contract' | 'captured';
  /** how disordered the feed of subscribed events is; shares of events, 0 to 1 */
  feed: { seed: number; duplicates: number; swaps: number; written: number; held: Row[] };
}

export const ADMINISTRATOR_ID = '9000001';
export const COLLABORATOR_ID = '9000002';
export const ADMINISTRATOR_TOKEN = 'kantata-sandbox-administrator';
export const RESTRICTED_TOKEN = 'kantata-sandbox-collaborator';
export const AUTHORIZATION_CODE = 'kantata-sandbox-code';

const BORN = '2020-01-06T08:00:00Z';

export function emptyState(): KantataState {
  return {
    account: {
      id: '6300101',
      title: 'Sandbox Professional Services',
      currency: 'USD',
      timeZone: 'America/Los_Angeles',
      requireTimeApprovals: true,
    },
    nextId: 20000001,
    tokens: { [ADMINISTRATOR_TOKEN]: ADMINISTRATOR_ID, [RESTRICTED_TOKEN]: COLLABORATOR_ID },
    codes: { [AUTHORIZATION_CODE]: ADMINISTRATOR_ID },
    rows: {
      users: {
        [ADMINISTRATOR_ID]: user(ADMINISTRATOR_ID, 'Sandbox Administrator', 'administrator@example.com', '9100001'),
        [COLLABORATOR_ID]: user(COLLABORATOR_ID, 'Sandbox Collaborator', 'collaborator@example.com', '9100002'),
      },
      account_memberships: {
        '9100001': membership('9100001', ADMINISTRATOR_ID, true),
        '9100002': membership('9100002', COLLABORATOR_ID, false),
      },
      workweeks: { '9200001': workweek('9200001') },
    },
    rateLimits: [],
    foreignKeys: 'contract',
    feed: { seed: 1, duplicates: 0.1, swaps: 0.15, written: 0, held: [] },
  };
}

function user(id: string, name: string, email: string, membershipId: string): Row {
  return {
    id,
    created_at: BORN,
    updated_at: BORN,
    full_name: name,
    email_address: email,
    headline: null,
    account_membership_id: membershipId,
  };
}

function membership(id: string, userId: string, administrator: boolean): Row {
  const permission = administrator ? 'administrator' : 'collaborator';
  return { id, created_at: BORN, updated_at: BORN, user_id: userId, permission, is_administrator: administrator, is_owner: administrator };
}

function workweek(id: string): Row {
  const day = 480;
  return {
    id,
    created_at: BORN,
    updated_at: BORN,
    default: true,
    start_date: '2020-01-05',
    end_date: null,
    sunday_minutes: 0,
    monday_minutes: day,
    tuesday_minutes: day,
    wednesday_minutes: day,
    thursday_minutes: day,
    friday_minutes: day,
    saturday_minutes: 0,
  };
}
