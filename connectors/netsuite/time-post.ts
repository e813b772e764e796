import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { leavingOut, type LeftOut } from '../../model/left-out.ts';
import type { JsonObject } from '../../model/json.ts';
import { neededId } from '../../model/needed-result.ts';
import type { BatchLine, LineOutcome, PostedTime } from '../../model/operations.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import type { Limiter } from '../http/limiter.ts';
import type { NetSuiteSettings } from './settings.ts';
import { externalIdOf } from './records/external-id.ts';
import { ExternalIdBook } from './records/external-id-book.ts';
import { idTaken } from './records/id-taken.ts';
import { postLines } from './records/post-lines.ts';
import { mustFit } from './unfit/field-limits.ts';
import type { NetSuiteApi } from './wire.ts';
import { PostingGate } from './records/posting-gate.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { SuiteQl } from './wire/suiteql.ts';
import { postedTimeBills } from './time-post/posted-time-bills.ts';
import { type PostedTimeBill, sameContent, timeBillBody } from './records/time-bill.ts';
import { type ResolvedLine, recordOf, TimeReferenceFinder } from './time-post/time-references.ts';
import { TimeRefusals } from './time-post/time-refusal.ts';
import { withdrawTime } from './time-post/withdrawn-time.ts';
import { textsOfTime } from './unfit/written-texts.ts';

/** What is under way at once, of all batches of one kind. While some lines are stored, others use the calls that the account allows. */
export interface PostingLanes {
  lines: Limiter;
  writes: Limiter;
}

export interface PostingParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
  lanes: PostingLanes;
}

interface Batch {
  api: NetSuiteApi;
  finder: TimeReferenceFinder;
  posted: ExternalIdBook<PostedTimeBill>;
  gate: PostingGate;
  refusals: TimeRefusals;
  keepWithdrawn: boolean;
  signal: AbortSignal;
}

type Line = BatchLine<TimeEntry>;

/** Posts each entry as one `timeBill` with the entry's id as external id. Every line has its own outcome. */
export function postTime(
  parts: PostingParts,
  lines: Line[],
  signal: AbortSignal,
  { keepWithdrawn = false }: { keepWithdrawn?: boolean } = {},
): Promise<LineOutcome<PostedTime>[]> {
  return postLines<TimeEntry, PostedTime, Batch>(lines, {
    recordOf,
    codesOf: ({ id, project, task }) => [id, project.code, task?.code],
    alike: (one, other) => inWords('CODES_ALIKE.time', { one, other }),
    lanes: parts.lanes.lines,
    open: async (group) => ({ ...(await openBatch(parts, group, signal)), keepWithdrawn }),
    post: postLine,
  });
}

async function openBatch(
  { api, suiteQl, references, settings, lanes }: PostingParts,
  lines: Line[],
  signal: AbortSignal,
): Promise<Omit<Batch, 'keepWithdrawn'>> {
  const entries = lines.map(({ input }) => input);
  const finder = await TimeReferenceFinder.read(entries, {
    suiteQl,
    references,
    signal,
    ...(settings.approvalStatus ? { approvalStatus: settings.approvalStatus } : {}),
  });
  const ids = entries.map((entry) => entry.id);
  const posted = new ExternalIdBook(ids, (asked) => postedTimeBills(suiteQl, asked, signal));
  return { api, finder, posted, gate: new PostingGate(signal, lanes.writes), refusals: new TimeRefusals(suiteQl, signal), signal };
}

async function postLine(batch: Batch, given: Line): Promise<PostedTime> {
  const { input: entry, effects } = given;
  if (entry.status === 'withdrawn') return withdrawTime(batch, given);
  mustFit(textsOfTime(entry));
  const line = batch.finder.resolve(entry);
  const body = timeBillBody(entry, line);
  let before: PostedTimeBill | undefined;
  return effects.write<{ id: string; corrected?: true; leftOut?: LeftOut[] }>({
    needs: neededId,
    // an earlier version spelt it in another way
    sameBesides: ['externalId'],
    key: `timeBill ${entry.id}`,
    title: phrase('WRITE.in', { record: recordOf(entry), systemName: 'NetSuite' }),
    request: body,
    undo: { type: 'timeBill', externalId: entry.id },
    settle: 'probe',
    lookFirst: true,
    // an entry with other content is not this write made: it is sent again as a correction
    probe: async () => {
      before = await batch.posted.find(entry.id);
      return before && sameContent(entry, line, before) ? { id: before.id } : undefined;
    },
    wasThere: () => before !== undefined,
    send: async (attempt) => {
      const { made: id, leftOut } = await leavingOut(body, { memo: 'note' }, (given) =>
        send(batch, entry, { line, body: given, before, again: attempt?.again }),
      );
      return { id, ...(before && !attempt?.own ? { corrected: true as const } : {}), ...(leftOut.length > 0 ? { leftOut } : {}) };
    },
  });
}

async function send(
  { api, gate, refusals, signal }: Batch,
  entry: TimeEntry,
  { line, body, before, again }: { line: ResolvedLine; body: JsonObject; before: PostedTimeBill | undefined; again: boolean | undefined },
): Promise<string> {
  try {
    return await gate.pass(() => (before ? correct(api, before, entry, body, signal) : api.create('timeBill', entry.id, body, { signal })));
  } catch (error) {
    if (!Failure.is(error)) throw error;
    throw await refusals.explain(before ? error : await madeByAnother(api, entry, { failure: error, again }, signal), entry, line);
  }
}

async function correct(api: NetSuiteApi, before: PostedTimeBill, entry: TimeEntry, body: JsonObject, signal: AbortSignal): Promise<string> {
  // a note that was left out is none: one of an earlier version goes
  const given = { memo: null, ...body };
  if (!before.older) return api.upsert('timeBill', entry.id, given, { signal });
  // one that an earlier version posted has another external id: it is changed where it is, or the time would be there twice
  const { id } = before;
  await api.change('timeBill', { id }, { ...given, externalId: externalIdOf(entry.id) }, signal);
  return id;
}

/** Time that carries an id which NetSuite takes for this one, though its case differs, is another entry's and stays what it is. */
function madeByAnother(
  api: NetSuiteApi,
  entry: TimeEntry,
  refused: { failure: Failure; again: boolean | undefined },
  signal: AbortSignal,
): Failure | Promise<Failure> {
  // a refusal that names another field is none of the id, and is not worth a question for each entry of a closed month
  const { field } = refused.failure;
  if (field && field.toLowerCase() !== 'externalid') return refused.failure;
  return idTaken(api, { type: 'timeBill', externalId: entry.id, name: recordOf(entry) }, refused, signal);
}
