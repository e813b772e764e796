import { Failure } from '../model/failure.ts';
import { type FailureText, inWords } from '../model/failure-words.ts';
import type { Decision } from './store/approvals.ts';
import type { JournalLine } from './journal.ts';

/** What of the journal says who has changed what a run is about. */
export const editingAction = 'run.replayed';

/** Those who have replayed the run with data of their own. */
export function editorsIn(lines: Iterable<Pick<JournalLine, 'actor' | 'action' | 'detail'>>): string[] {
  return [...lines].flatMap(({ actor, action, detail }) => (action === editingAction && isEdited(detail) ? [actor] : []));
}

/**
 * Who asks does not approve: neither the one for whom the node says that it is asked, nor whoever has changed the data that is
 * decided about. Throws when one of the names by which the sign-in knows the person is one of theirs. A name that is only similar is another's.
 *
 * Nobody is kept from taking back what he has asked for, nor where nobody signs in, and nobody can be told from another.
 */
export function mustBeAnothers(
  { status, names = [] }: Decision,
  { requestedBy = [], editors }: { requestedBy?: readonly string[]; editors: readonly string[] },
): void {
  if (status !== 'approved') return;
  const own = new Set(names.map(plain).filter((name) => name !== ''));
  if (requestedBy.some((name) => own.has(plain(name)))) throw ownRequest(inWords('APPROVAL_OWN.asked'));
  if (editors.some((name) => own.has(plain(name)))) throw ownRequest(inWords('APPROVAL_OWN.edited'));
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function isEdited(detail: JournalLine['detail']): boolean {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) && detail['edited'] === true;
}

const ownRequest = (why: FailureText) => new Failure({ class: 'business.rejected', ...why });
