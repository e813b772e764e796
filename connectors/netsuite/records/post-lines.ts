import { Failure } from '../../../model/failure.ts';
import type { FailureText } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import type { BatchLine, LineOutcome } from '../../../model/operations.ts';
import type { Limiter } from '../../http/limiter.ts';
import { foldedExternalId } from './external-id.ts';

type Lines<Input> = BatchLine<Input>[];

/** How lines of one kind are posted: each by itself, with what was read for all of them. */
export interface LinePosting<Input extends { id: string }, Output, Batch> {
  recordOf(input: Input): Words;
  /** texts that queries name */
  codesOf(input: Input): (string | undefined)[];
  /** said of two lines whose ids NetSuite takes for one */
  alike(one: string, other: string): FailureText;
  /** of all batches of this kind */
  lanes: Limiter;
  open(lines: Lines<Input>): Promise<Batch>;
  post(batch: Batch, line: BatchLine<Input>): Promise<Output>;
}

/** Every line has its own outcome; one that goes wrong stops no other. */
export async function postLines<Input extends { id: string }, Output, Batch>(
  lines: Lines<Input>,
  posting: LinePosting<Input, Output, Batch>,
): Promise<LineOutcome<Output>[]> {
  if (lines.length === 0) return [];
  const { recordOf } = posting;
  let batch: Batch;
  try {
    batch = await posting.open(lines);
  } catch (error) {
    // nothing was sent: each line may be tried again
    const failure = Failure.from(error);
    const odd = refusedQuery(failure) ? lines.filter(({ input }) => posting.codesOf(input).some(isOdd)) : [];
    if (odd.length > 0 && lines.length > 1) return apart(lines, odd, posting);
    return lines.map(({ input }) => ({ ok: false, failure: failure.with({ record: recordOf(input), outcome: 'not-made' }) }));
  }
  const alike = idsAlike(lines);
  return inLanes(lines, posting.lanes, async (line) => {
    const { input } = line;
    const other = alike.get(input.id);
    if (other !== undefined) return { ok: false, failure: takenForOne(input, other, posting) };
    try {
      return { ok: true, output: await posting.post(batch, line) };
    } catch (error) {
      const failure = Failure.from(error);
      return { ok: false, failure: failure.record ? failure : failure.with({ record: recordOf(input) }) };
    }
  });
}

/** A query that was refused, not one that could not be asked. */
function refusedQuery({ class: failureClass, status = 0 }: Failure): boolean {
  return (failureClass === 'contract.drift' || failureClass === 'contract.invalid') && status >= 400 && status < 500;
}

/** Signs that codes do not have, and texts that are longer than any code. */
const oddSigns = /[^\p{L}\p{N}\p{P}\p{S} ]|[\u{10000}-\u{10ffff}]|^.{200}/u;

const isOdd = (code: string | undefined) => code !== undefined && oddSigns.test(code);

/** One line whose code no query can hold must not stop the others of its batch. */
async function apart<Input extends { id: string }, Output, Batch>(
  lines: Lines<Input>,
  strange: Lines<Input>,
  posting: LinePosting<Input, Output, Batch>,
): Promise<LineOutcome<Output>[]> {
  const outcomes = new Map<BatchLine<Input>, LineOutcome<Output>>();
  const usual = lines.filter((line) => !strange.includes(line));
  for (const group of [usual, ...strange.map((line) => [line])]) {
    for (const [index, outcome] of (await postLines(group, posting)).entries()) outcomes.set(group[index]!, outcome);
  }
  return lines.map((line) => outcomes.get(line)!);
}

/** Lines of one batch whose ids differ, but not for NetSuite: the second would be written over the first. By id, the other one. */
function idsAlike(lines: Lines<{ id: string }>): Map<string, string> {
  const ids = new Set(lines.map(({ input }) => input.id));
  return new Map(
    [...Map.groupBy(ids, foldedExternalId).values()]
      .filter((alike) => alike.length > 1)
      .flatMap((alike) => alike.map((id, index) => [id, alike[index === 0 ? 1 : 0]!] as const)),
  );
}

function takenForOne<Input extends { id: string }>(
  input: Input,
  other: string,
  { alike, recordOf }: Pick<LinePosting<Input, unknown, unknown>, 'alike' | 'recordOf'>,
): Failure {
  return new Failure({
    class: 'contract.invalid',
    ...alike(input.id, other),
    system: 'netsuite',
    record: recordOf(input),
    field: 'id',
    value: input.id,
    outcome: 'not-made',
  });
}

/** In order of arrival, the lines of one batch before those of the next; those of the same id one after the other, so that the last one stands. */
async function inLanes<Input extends { id: string }, Outcome>(
  lines: Lines<Input>,
  lanes: Limiter,
  post: (line: BatchLine<Input>) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const groups = [...Map.groupBy([...lines.entries()], ([, line]) => line.input.id).values()];
  const inTurn = async (group: [number, BatchLine<Input>][]) => {
    for (const [index, line] of group) outcomes[index] = await post(line);
  };
  await Promise.all(groups.map((group) => lanes.run(() => inTurn(group))));
  return outcomes;
}
