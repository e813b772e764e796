import { callsFor, type OperationFacts, type WriteFacts } from '../../declarations/operation-facts.ts';
import type { OperationId } from '../../declarations/operations.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Effects, Settle, Write } from '../../model/operations.ts';
import type { OperationSample } from '../../sandbox/conformance.ts';
import { InMemoryEffects } from '../connectors/in-memory-effects.ts';
import { writeOf } from './key-pattern.ts';
import { play, type Played } from './play.ts';
import type { Stage } from './stage.ts';

/** Where a connector does otherwise than its facts say, undisturbed: what it writes, what it costs, and how it is taken back. */
export async function factsNotKept(stage: Stage, id: OperationId, sample: OperationSample): Promise<string[]> {
  const facts = stage.tried.facts.operations[id];
  if (!facts) return ['nothing is said of what it writes and costs'];
  await stage.prepare(sample);
  const played = await play(stage, { id, input: sample.input });
  return [
    ...wrongWrites(played.effects, facts),
    ...wrongCost(played, facts, sample),
    ...(await wrongInverses(stage, played.effects, facts)),
  ];
}

type Kept = Pick<Effect, 'business' | 'settle' | 'undo'>;

/** What is journalled of the writes, against what is said of them. */
export function wrongWrites(effects: readonly Kept[], { writes = [] }: Pick<OperationFacts, 'writes'>): string[] {
  if (writes.length > 0 && effects.length === 0) return ['it writes nothing, and is said to'];
  return effects.flatMap(({ business, settle, undo }) => {
    const said = writeOf(business, writes);
    if (!said) return [`nothing is said of the write ${business}`];
    const keeps = undo === undefined ? 'nothing' : undo === null ? 'that nothing is left behind' : 'what its undoing needs';
    return [
      ...wrongSettle(business, settle, said),
      ...(keepsFor[said.inverse.by].includes(keeps) ? [] : [`${business} keeps ${keeps}, and is said to be undone by ${said.inverse.by}`]),
    ];
  });
}

/** What a write keeps for its undoing, by whom it is said to be undone. */
const keepsFor: Readonly<Record<WriteFacts['inverse']['by'], readonly string[]>> = {
  system: ['what its undoing needs'],
  nobody: ['that nothing is left behind'],
  // a connector may know only then that it cannot be
  person: ['nothing', 'what its undoing needs'],
};

const wrongSettle = (business: string, settle: Settle, said: WriteFacts) =>
  settle === said.settles ? [] : [`${business} is settled by ${settle} and is said to be by ${said.settles}`];

function wrongCost({ calls }: Played, facts: OperationFacts, { makes, input }: OperationSample): string[] {
  const { pageSize } = input as { pageSize?: number };
  const most = callsFor(facts, makes, pageSize);
  return calls.length > most ? [`it takes ${calls.length} calls, and is said to take ${most} at most`] : [];
}

/** Takes everything back, the newest first, and sees what becomes of it. */
async function wrongInverses(stage: Stage, effects: readonly Effect[], { writes = [] }: OperationFacts): Promise<string[]> {
  const wrong: string[] = [];
  const connector = stage.connect();
  try {
    for (const { business, title, undo = null, result = null } of effects.toReversed()) {
      const by = writeOf(business, writes)?.inverse.by;
      if (undo === null || by === undefined || by === 'nobody') continue;
      const before = stage.applied().length;
      const noted = new NotedEffects();
      const context = { effects: noted, signal: new AbortController().signal };
      const failure = await (
        connector.undo?.({ business, title, undo, result }, context) ?? Promise.reject(new Error('It has no undo.'))
      ).then(
        () => undefined,
        (error: unknown) => Failure.from(error),
      );
      wrong.push(...(by === 'person' ? wronglyUndone(business, failure) : notUndone(business, failure, stage.applied().length - before)));
      wrong.push(...noted.made.flatMap((write) => wrongUndo(write, stage.tried.facts.undo)));
    }
  } finally {
    await connector.close();
  }
  return wrong;
}

function notUndone(business: string, failure: Failure | undefined, changed: number): string[] {
  if (failure) return [`${business} is said to be taken back, and cannot be: ${failure.message}`];
  return changed > 0 ? [] : [`${business} is said to be taken back, and stays as it was`];
}

function wronglyUndone(business: string, failure: Failure | undefined): string[] {
  return failure?.class === 'business.rejected'
    ? []
    : [`${business} is said to be a person’s to take back, and no person is told: ${failure?.message ?? 'it is undone'}`];
}

function wrongUndo({ key, settle }: Pick<Write<Json>, 'key' | 'settle'>, said: WriteFacts | undefined): string[] {
  return said && writeOf(key, [said]) ? wrongSettle(key, settle, said) : [`nothing is said of the write ${key}`];
}

/** Effects that remember how each write is settled. */
class NotedEffects implements Effects {
  readonly made: Pick<Write<Json>, 'key' | 'settle'>[] = [];
  private readonly inner = new InMemoryEffects();

  write<Result extends Json>(write: Write<Result>): Promise<Result> {
    this.made.push({ key: write.key, settle: write.settle });
    return this.inner.write(write);
  }
}
