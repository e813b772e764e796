import type { Simulator } from '../../simulator.ts';
import { toId15, toId18 } from '../store/ids.ts';
import type { Row, SalesforceState } from '../store/state.ts';
import { expiryOf, findSession } from './sessions.ts';

type Sim = Simulator<SalesforceState>;

/** `POST /services/oauth2/introspect`: the only place where an expiry can be read. */
export function introspect(sim: Sim, token: string): Record<string, unknown> {
  const { state } = sim;
  const session = findSession(state, token);
  const kept = state.refreshTokens[token];
  const refresh = kept?.ended ? undefined : kept;
  const userId = session?.userId ?? refresh?.userId;
  const user = userId === undefined ? undefined : state.records['User']?.[userId];
  if (!user) return { active: false };
  return {
    active: true,
    scope: 'api refresh_token',
    client_id: state.app.clientId,
    username: user['Username'],
    sub: `${sim.url}/id/${state.orgId}/${user.Id}`,
    token_type: session ? 'access_token' : 'refresh_token',
    ...(session
      ? {
          exp: Math.floor(expiryOf(session) / 1000),
          iat: Math.floor(session.issuedAt / 1000),
          nbf: Math.floor(session.issuedAt / 1000),
        }
      : {}),
  };
}

const PATHS: Readonly<Record<string, string>> = {
  enterprise: '/services/Soap/c/{version}/',
  metadata: '/services/Soap/m/{version}/',
  partner: '/services/Soap/u/{version}/',
  rest: '/services/data/v{version}/',
  sobjects: '/services/data/v{version}/sobjects/',
  search: '/services/data/v{version}/search/',
  query: '/services/data/v{version}/query/',
  recent: '/services/data/v{version}/recent/',
  tooling_soap: '/services/Soap/T/{version}/',
  tooling_rest: '/services/data/v{version}/tooling/',
};

function urls(sim: Sim, user: Row): Record<string, string> {
  const org = toId15(sim.state.orgId);
  const named = Object.entries(PATHS).map(([name, path]) => [name, sim.url + path + (path.startsWith('/services/Soap') ? org : '')]);
  return { ...Object.fromEntries(named), profile: `${sim.url}/${user.Id}` };
}

const photos = (sim: Sim) => ({ picture: `${sim.url}/profilephoto/005/F`, thumbnail: `${sim.url}/profilephoto/005/T` });

/** The identity URL's answer; `version` fills the placeholder in the addresses. */
export function identity(sim: Sim, user: Row, version: string | undefined): Record<string, unknown> {
  const links = urls(sim, user);
  return {
    id: `${sim.url}/id/${sim.state.orgId}/${user.Id}`,
    asserted_user: true,
    user_id: user.Id,
    organization_id: sim.state.orgId,
    username: user['Username'],
    nick_name: user['CommunityNickname'] ?? null,
    display_name: user['Name'],
    email: user['Email'],
    email_verified: true,
    first_name: user['FirstName'] ?? null,
    last_name: user['LastName'],
    timezone: user['TimeZoneSidKey'],
    photos: photos(sim),
    active: user['IsActive'] === true,
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: 0,
    last_modified_date: user['LastModifiedDate'],
    is_app_installed: true,
    urls: version ? Object.fromEntries(Object.entries(links).map(([name, link]) => [name, link.replace('{version}', version)])) : links,
  };
}

/** OpenID Connect user info. */
export function userInfo(sim: Sim, user: Row): Record<string, unknown> {
  return {
    sub: `${sim.url}/id/${sim.state.orgId}/${user.Id}`,
    user_id: toId18(user.Id),
    organization_id: sim.state.orgId,
    preferred_username: user['Username'],
    nickname: user['CommunityNickname'] ?? null,
    name: user['Name'],
    email: user['Email'],
    email_verified: true,
    given_name: user['FirstName'] ?? null,
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    photos: photos(sim),
    profile: `${sim.url}/${user.Id}`,
    picture: photos(sim).picture,
    urls: urls(sim, user),
    active: user['IsActive'] === true,
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: 0,
    updated_at: user['LastModifiedDate'],
  };
}
