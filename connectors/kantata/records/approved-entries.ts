import { type Envelope, type Row, text } from '../wire/envelope.ts';

/** Time of archived projects is left out unless asked for: https://developer.kantata.com/ "Time Entries". */
export const allProjects = { from_archived_workspaces: true };

export const approvedTime = { approved: true, ...allProjects };

/** The ids of what the entries of a page belong to. */
export function valuesOf(envelope: Pick<Envelope, 'results'>, attribute: string): string[] {
  return envelope.results.flatMap((row) => text(row, attribute) ?? []);
}

export type Related = ReturnType<typeof related>;

/** What came with an entry. */
export function related(envelope: Envelope, row: Row) {
  return {
    workspace: envelope.row('workspaces', text(row, 'workspace_id')),
    story: envelope.row('stories', text(row, 'story_id')),
    user: envelope.row('users', text(row, 'user_id')),
  };
}
