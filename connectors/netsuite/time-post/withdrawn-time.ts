import { Failure } from '../../../model/failure.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import type { BatchLine, PostedTime } from '../../../model/operations.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { column } from '../wire/suiteql.ts';
import type { ExternalIdBook } from '../records/external-id-book.ts';
import type { PostingGate } from '../records/posting-gate.ts';
import type { PostedTimeBill } from '../records/time-bill.ts';
import type { NetSuiteApi } from '../wire.ts';
import { recordOf } from './time-references.ts';
import type { TimeRefusals } from './time-refusal.ts';

interface Books {
  api: NetSuiteApi;
  posted: ExternalIdBook<PostedTimeBill>;
  gate: PostingGate;
  refusals: TimeRefusals;
  /** what is in the books is a person's to take out */
  keepWithdrawn: boolean;
  signal: AbortSignal;
}

type Outcome = { withdrawn: true };

/**
 * Takes time that was taken back out of the books: docs/decisions/0033. NetSuite itself refuses it for time that is billed or posted, or of a closed
 * period: those are reversed in an open period by a person, with NetSuite's own means.
 */
export function withdrawTime(books: Books, { input: entry, effects }: BatchLine<TimeEntry>): Promise<PostedTime> {
  const { posted } = books;
  let there: PostedTimeBill | undefined;
  // written as an effect though nothing may be there: a removal whose answer was lost leaves nothing to be found either
  return effects.write<Outcome>({
    key: `withdraw timeBill ${entry.id}`,
    title: phrase('WRITE.withdraw', { record: recordOf(entry), systemName: 'NetSuite' }),
    request: { type: 'timeBill', externalId: entry.id },
    // nothing is left behind; approved anew, the time is posted anew
    undo: null,
    settle: 'probe',
    lookFirst: true,
    probe: async () => {
      there = await posted.find(entry.id);
      return there ? undefined : { withdrawn: true };
    },
    send: () => remove(books, entry, there),
  });
}

async function remove(books: Books, entry: TimeEntry, there: PostedTimeBill | undefined): Promise<Outcome> {
  const { api, posted, gate, keepWithdrawn, signal } = books;
  if (!there) return { withdrawn: true };
  const { id } = there;
  if (keepWithdrawn) throw left(entry, inWords('TIME_WITHDRAWN', { id }));
  try {
    await gate.pass(() => api.remove('timeBill', { id }, signal));
  } catch (error) {
    throw await refused(books, entry, there, Failure.from(error));
  }
  if (await posted.find(entry.id)) throw notGone(entry, id);
  return { withdrawn: true };
}

/** A removal that NetSuite itself refuses is a person's; what else goes wrong is what it is. */
async function refused({ refusals }: Books, entry: TimeEntry, there: PostedTimeBill, failure: Failure): Promise<Failure> {
  const passes = failure.class.startsWith('transient.') || failure.class.startsWith('auth.') || failure.class === 'quota.exhausted';
  if (passes || failure.code === 'ABORTED' || failure.outcome === 'unknown') return failure.with({ record: recordOf(entry) });
  // the day that it is booked on: that of the entry may have changed since
  const said = wordsOf(await refusals.explainDay(failure, entry, column(there.row, 'day')));
  return left(entry, inWords('TIME_WITHDRAWN.kept', { id: there.id, said }));
}

function left(entry: TimeEntry, said: ReturnType<typeof inWords>): Failure {
  return new Failure({
    class: 'business.rejected',
    ...said,
    system: 'netsuite',
    record: recordOf(entry),
    field: 'status',
    value: entry.status,
    outcome: 'not-made',
  });
}

/** The removal was accepted and the time still shows: nothing is reported that was not seen. */
function notGone(entry: TimeEntry, id: string): Failure {
  return new Failure({
    class: 'transient.timeout',
    ...inWords('TIME_WITHDRAWN_STILL_SHOWN', { id }),
    system: 'netsuite',
    record: recordOf(entry),
    outcome: 'unknown',
  });
}
