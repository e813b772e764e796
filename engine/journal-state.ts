import type { Anchored } from './anchor-file.ts';
import type { JournalHead, NewJournalLine } from './journal.ts';
import type { AnchorReading, JournalAnchor } from './journal-anchor.ts';
import type { JournalFlaw } from './journal-flaw.ts';
import type { Act } from './store/act.ts';
import { chainFlaw, type JournalReading } from './verify-journal.ts';

/** What can be told of the journal without walking through it. */
export interface JournalState {
  /** absent when somebody has tampered with it */
  head?: JournalHead;
  /** what this instance has anchored of it */
  anchored?: Anchored;
  /** the journal is another than the one that was anchored */
  flaw?: JournalFlaw;
  /** why the anchor could not be written */
  trouble?: string;
}

/** The whole walk, and the comparison with the anchor, which is renewed when all is as it should be. */
export async function journalFlawOf(
  journal: JournalReading & AnchorReading,
  anchor: JournalAnchor | undefined,
): Promise<JournalFlaw | undefined> {
  return (await chainFlaw(journal)) ?? (await anchor?.renew());
}

export async function journalStateOf(journal: JournalReading & AnchorReading, anchor: JournalAnchor | undefined): Promise<JournalState> {
  const flaw = await anchor?.renew();
  const [head, ...more] = await journal.heads();
  const { anchored, trouble } = anchor ?? {};
  return {
    ...(head && more.length === 0 ? { head } : {}),
    ...(anchored ? { anchored } : {}),
    ...(flaw ? { flaw } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** What the journal says of a person who accepts it though it is not the one that was anchored; undefined when it is. */
export async function acceptedLine(
  journal: JournalReading & AnchorReading,
  anchor: JournalAnchor | undefined,
  { actor, reason }: Act,
): Promise<NewJournalLine | undefined> {
  const was = anchor?.anchored;
  const flaw = await anchor?.renew();
  if (!flaw) return undefined;
  const [head] = await journal.heads();
  const detail = { reason: reason ?? null, found: flaw.message, anchored: was ? { ...was } : null, accepted: head ? { ...head } : null };
  return { actor, action: 'journal.accepted', subject: 'journal', detail };
}
