import type { Request } from 'express';
import { unauthorized } from './errors.ts';
import type { Row } from './state.ts';
import type { Store } from './store.ts';

/** Who sends the request. Kantata tokens have no scopes: rights come from the user's account permission and projects. */
export class Caller {
  readonly userId: string;
  readonly administrator: boolean;
  readonly membership: Row | undefined;
  private readonly store: Store;
  private projects: Set<string> | undefined;

  constructor(store: Store, userId: string) {
    this.store = store;
    this.userId = userId;
    this.membership = store.where('account_memberships', 'user_id', userId)[0];
    this.administrator = this.membership?.['is_administrator'] === true;
  }

  /** An administrator sees every project, anyone else those they take part in. */
  sees(workspaceId: unknown): boolean {
    if (this.administrator) return true;
    this.projects ??= this.ownProjects();
    return this.projects.has(String(workspaceId));
  }

  private ownProjects(): Set<string> {
    const own = new Set(this.store.where('workspace_resources', 'user_id', this.userId).map((row) => String(row['workspace_id'])));
    for (const row of this.store.table('workspaces').all()) {
      const participants = row['participant_ids'];
      if (Array.isArray(participants) && participants.map(String).includes(this.userId)) own.add(row.id);
    }
    return own;
  }
}

/** `Authorization: Bearer <token>` on every request, https://developer.kantata.com/ "Authentication". */
export function authenticate(request: Request, store: Store): Caller {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const userId = token === undefined ? undefined : Object.hasOwn(store.state.tokens, token) ? store.state.tokens[token] : undefined;
  if (userId === undefined) throw unauthorized();
  return new Caller(store, userId);
}
