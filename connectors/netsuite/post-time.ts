import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { BatchLine, LineOutcome, PostedTime } from '../../model/operations.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import type { NetSuiteSettings } from './config.ts';
import { externalIdOf, externalIdsOf, foldedExternalId } from './external-id.ts';
import { ExternalIdBook } from './external-id-book.ts';
import type { NetSuiteApi } from './netsuite-api.ts';
import { PostingGate } from './posting-gate.ts';
import type { ReferenceData } from './reference-data.ts';
import type { SuiteQl } from './suiteql.ts';
import { type PostedTimeBill, postedTimeBill, sameContent, timeBillBody, timeBillColumns } from './time-bill.ts';
import { type ResolvedLine, recordOf, TimeReferenceFinder } from './time-references.ts';
import { TimeRefusals } from './time-refusal.ts';

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
    return lines.map(({ input }) => ({ ok: false, failure: failure.with({ record: recordOf(input), outcome: 'not-made' }) }));
  }
  const alike = idsAlike(lines);
  return inLanes(lines, parts.settings.concurrency, async (line) => {
    const other = alike.get(line.input.id);
    return other === undefined ? postLine(batch, line) : { ok: false, failure: takenForOne(line.input, other) };
  });
}

async function openBatch({ api, suiteQl, references, settings }: PostingParts, lines: Line[], signal: AbortSignal): Promise<Batch> {
  const entries = lines.map(({ input }) => input);
  const finder = await TimeReferenceFinder.read(entries, {
    suiteQl,
    references,
    signal,
    ...(settings.approvalStatus ? { approvalStatus: settings.approvalStatus } : {}),
  });
  const posted = new ExternalIdBook(
    entries.map((entry) => entry.id),
    async (ids) => {
      const rows = await suiteQl.whereIn(
        'externalid',
        ids.flatMap(externalIdsOf),
        (condition) => `SELECT ${timeBillColumns} FROM timebill WHERE ${condition} ORDER BY id`,
        signal,
      );
      return new Map(rows.map((row) => postedTimeBill(row)).map((bill) => [bill.key, bill]));
    },
  );
  return { api, finder, posted, gate: new PostingGate(signal), refusals: new TimeRefusals(suiteQl, signal), signal };
}

async function postLine(batch: Batch, { input: entry, effects }: Line): Promise<Outcome> {
  try {
    const line = batch.finder.resolve(entry);
    const body = timeBillBody(entry, line);
    let before: PostedTimeBill | undefined;
    const output = await effects.write<{ id: string; corrected?: true }>({
      key: `timeBill ${entry.id}`,
      title: `Time entry ${entry.id} in NetSuite`,
      request: body,
      undo: { type: 'timeBill', externalId: entry.id },
      settle: 'probe',
      lookFirst: true,
      // an entry with other content is not this write made: it is sent again as a correction
      probe: async () => {
        before = await batch.posted.find(entry.id);
        return before && sameContent(entry, line, before) ? { id: before.id } : undefined;
      },
      send: async () => ({ id: await send(batch, entry, { line, body, before }), ...(before ? { corrected: true as const } : {}) }),
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
  { line, body, before }: { line: ResolvedLine; body: JsonObject; before: PostedTimeBill | undefined },
): Promise<string> {
  try {
    // one that an earlier version posted has another external id: it is changed where it is, or the time would be there twice
    if (before?.older) {
      const { id } = before;
      await gate.pass(() => api.change('timeBill', { id }, { ...body, externalId: externalIdOf(entry.id) }, signal));
      return id;
    }
    return await gate.pass(() => api.upsert('timeBill', entry.id, body, { signal }));
  } catch (error) {
    throw Failure.is(error) ? await refusals.explain(error, entry, line) : error;
  }
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
    code: 'CODES_ALIKE',
    message: `The time entries ${entry.id} and ${other} have ids that NetSuite takes for one, since case does not count. Neither was posted.`,
    system: 'netsuite',
    record: recordOf(entry),
    field: 'id',
    value: entry.id,
    remedy: 'Give one of the two entries another id in the source, then replay both.',
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
