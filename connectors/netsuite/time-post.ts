import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { leavingOut, type LeftOut } from '../../model/left-out.ts';
import type { JsonObject } from '../../model/json.ts';
import { neededId } from '../../model/needed-result.ts';
import type { BatchLine, LineOutcome, PostedTime } from '../../model/operations.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import type { NetSuiteSettings } from './settings.ts';
import { externalIdOf, foldedExternalId } from './records/external-id.ts';
import { ExternalIdBook } from './records/external-id-book.ts';
import { idTaken } from './records/id-taken.ts';
import { mustFit } from './unfit/field-limits.ts';
import type { NetSuiteApi } from './wire.ts';
import { PostingGate } from './time-post/posting-gate.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { SuiteQl } from './wire/suiteql.ts';
import { postedTimeBills } from './time-post/posted-time-bills.ts';
import { type PostedTimeBill, sameContent, timeBillBody } from './records/time-bill.ts';
import { type ResolvedLine, recordOf, TimeReferenceFinder } from './time-post/time-references.ts';
import { TimeRefusals } from './time-post/time-refusal.ts';
import { textsOfTime } from './unfit/written-texts.ts';

export interface PostingParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
}

interface Batch {
  api: NetSuiteApi;
  finder: TimeReferenceFinder;
  posted: ExternalIdBook<PostedTimeBill>;
  gate: PostingGate;
  refusals: TimeRefusals;
  signal: AbortSignal;
}

type Line = BatchLine<TimeEntry>;
type Outcome = LineOutcome<PostedTime>;

/** Posts each entry as one `timeBill` with the entry's id as external id. Every line has its own outcome. */
export async function postTime(parts: PostingParts, lines: Line[], signal: AbortSignal): Promise<Outcome[]> {
  if (lines.length === 0) return [];
  let batch: Batch;
  try {
    batch = await openBatch(parts, lines, signal);
  } catch (error) {
    // nothing was sent: each line may be tried again
    const failure = Failure.from(error);
    const odd = refusedQuery(failure) ? lines.filter(hasOddCode) : [];
    if (odd.length > 0 && lines.length > 1) return apart(parts, lines, odd, signal);
    return lines.map(({ input }) => ({ ok: false, failure: failure.with({ record: recordOf(input), outcome: 'not-made' }) }));
  }
  const alike = idsAlike(lines);
  return inLanes(lines, parts.settings.concurrency, async (line) => {
    const other = alike.get(line.input.id);
    return other === undefined ? postLine(batch, line) : { ok: false, failure: takenForOne(line.input, other) };
  });
}

/** A query that was refused, not one that could not be asked. */
function refusedQuery({ class: failureClass, status = 0 }: Failure): boolean {
  return (failureClass === 'contract.drift' || failureClass === 'contract.invalid') && status >= 400 && status < 500;
}

/** Signs that codes do not have, and texts that are longer than any code. */
const oddSigns = /[^\p{L}\p{N}\p{P}\p{S} ]|[\u{10000}-\u{10ffff}]|^.{200}/u;

function hasOddCode({ input: { id, project, task } }: Line): boolean {
  return [id, project.code, task?.code].some((code) => code !== undefined && oddSigns.test(code));
}

/** One entry whose code no query can hold must not stop the others of its batch. */
async function apart(parts: PostingParts, lines: Line[], strange: Line[], signal: AbortSignal): Promise<Outcome[]> {
  const outcomes = new Map<Line, Outcome>();
  const usual = lines.filter((line) => !strange.includes(line));
  for (const group of [usual, ...strange.map((line) => [line])]) {
    for (const [index, outcome] of (await postTime(parts, group, signal)).entries()) outcomes.set(group[index]!, outcome);
  }
  return lines.map((line) => outcomes.get(line)!);
}

async function openBatch({ api, suiteQl, references, settings }: PostingParts, lines: Line[], signal: AbortSignal): Promise<Batch> {
  const entries = lines.map(({ input }) => input);
  const finder = await TimeReferenceFinder.read(entries, {
    suiteQl,
    references,
    signal,
    ...(settings.approvalStatus ? { approvalStatus: settings.approvalStatus } : {}),
  });
  const ids = entries.map((entry) => entry.id);
  const posted = new ExternalIdBook(ids, (asked) => postedTimeBills(suiteQl, asked, signal));
  return { api, finder, posted, gate: new PostingGate(signal), refusals: new TimeRefusals(suiteQl, signal), signal };
}

async function postLine(batch: Batch, { input: entry, effects }: Line): Promise<Outcome> {
  try {
    mustFit(textsOfTime(entry));
    const line = batch.finder.resolve(entry);
    const body = timeBillBody(entry, line);
    let before: PostedTimeBill | undefined;
    const output = await effects.write<{ id: string; corrected?: true; leftOut?: LeftOut[] }>({
      needs: neededId,
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
    return { ok: true, output };
  } catch (error) {
    const failure = Failure.from(error);
    return { ok: false, failure: failure.record ? failure : failure.with({ record: recordOf(entry) }) };
  }
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

/** Entries of one batch whose ids differ, but not for NetSuite: the second would be written over the first. By id, the other one. */
function idsAlike(lines: Line[]): Map<string, string> {
  const ids = new Set(lines.map(({ input }) => input.id));
  return new Map(
    [...Map.groupBy(ids, foldedExternalId).values()]
      .filter((alike) => alike.length > 1)
      .flatMap((alike) => alike.map((id, index) => [id, alike[index === 0 ? 1 : 0]!] as const)),
  );
}

function takenForOne(entry: TimeEntry, other: string): Failure {
  return new Failure({
    class: 'contract.invalid',
    ...inWords('CODES_ALIKE.time', { one: entry.id, other }),
    system: 'netsuite',
    record: recordOf(entry),
    field: 'id',
    value: entry.id,
    outcome: 'not-made',
  });
}

/** So many at once, in order of arrival; entries of the same id one after the other, so that the last one stands. */
async function inLanes(lines: Line[], width: number, post: (line: Line) => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const groups = [...Map.groupBy([...lines.entries()], ([, line]) => line.input.id).values()];
  const waiting = groups.values();
  const lane = async () => {
    for (const group of waiting) for (const [index, line] of group) outcomes[index] = await post(line);
  };
  await Promise.all(Array.from({ length: Math.min(width, groups.length) }, lane));
  return outcomes;
}
