import type { Page } from 'playwright-core';

/** For settings.js: who is known by which token, and what they may do. */
export const knownByToken = (permissions: Readonly<Record<string, readonly string[]>>): string =>
  `adminAuth: { type: 'credentials', users: [],
    tokens: async (token) => Object.entries(${JSON.stringify(permissions)})
      .map(([username, permissions]) => ({ username, permissions })).find(({ username }) => username === token) ?? null }`;

/** The page is as that of somebody who has signed in to the editor in this browser. */
export function signedIn(page: Page, token: string): Promise<unknown> {
  return page.addInitScript((value) => localStorage.setItem('auth-tokens', JSON.stringify({ access_token: value })), token);
}
