import type { NodeAPI } from 'node-red';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import type { OperationId } from '../declarations/operations.ts';
import { pauses } from '../engine/turns.ts';
import { contractIssues, type ContractName } from '../model/contract.ts';
import type { Issue } from '../model/failure.ts';
import type { JsonObject } from '../model/json.ts';
import type { BatchLine, LineOutcome } from '../model/operations.ts';
import { receiveRuns, type Work } from './action-node.ts';
import { invalidFailure } from './failures.ts';
import { type BatchRule, MicroBatch } from './micro-batch.ts';
import { withResult } from './operation-result.ts';
import { type PackNode, paletteNode } from './pack-node.ts';

/** What a node posts in batches, each line with its own run and outcome. */
export interface Posting<Input, Output> {
  operation: OperationId;
  contract: ContractName;
  rule: BatchRule;
  /** what keeps a payload that keeps its contract from being posted */
  issues(input: Input): Issue[];
  /** what the lines that were posted add up to */
  totals(posted: { input: Input; output: Output }[]): JsonObject;
  run(lines: BatchLine<Input>[], signal: AbortSignal): Promise<LineOutcome<Output>[]>;
}

/** A node that collects lines of many runs and posts them together; its second output tells what a batch added up to. */
export function batchNode<Input, Output extends object>(
  declaration: NodeDeclaration,
  setup: (base: PackNode) => Posting<Input, Output>,
): (RED: NodeAPI) => void {
  return paletteNode(declaration, (base) => {
    const { node, pack } = base;
    const posting = setup(base);
    const { contract } = posting;
    let busy = 0;
    let newest: { count: number; refused: number } | undefined;
    const batch = new MicroBatch(base, posting.rule, post);

    const take = (work: Work) => {
      const { payload } = work.message;
      const broken = contractIssues(contract, payload);
      const issues = broken.length > 0 ? broken : posting.issues(payload as Input);
      if (issues.length > 0) {
        work.fail(invalidFailure(contract, payload, issues));
        return;
      }
      batch.add(work);
      const count = batch.collected;
      base.status.show('blue', 'ring', () => base.words('status.collecting', { count }));
    };
    receiveRuns(
      base,
      take,
      {
        isFree: () => batch.collected + busy === 0,
        ready: () => (newest ? base.words('status.posted', { count: newest.count, refused: newest.refused }) : base.words('status.ready')),
      },
      declaration,
    );

    async function post(works: Work[]): Promise<void> {
      busy++;
      try {
        await postAll(works);
      } finally {
        busy--;
        if (!base.stopping.signal.aborted) base.resting?.show();
      }
    }

    async function postAll(works: Work[]): Promise<void> {
      const { system } = base.operation(posting.operation);
      base.status.show('blue', 'dot', base.words('status.posting', { count: works.length }));
      const beganAt = pack.clock.now();
      const lines = works.map(({ message, context }) => ({ input: message.payload as Input, effects: context.effects(system) }));
      const outcomes = await posting.run(lines, base.closing.signal);
      const done: { input: Input; output: Output }[] = [];
      const pause = pauses(1); // what follows in the flow takes its time, and the next batch is under way meanwhile
      for (const [index, work] of works.entries()) {
        const outcome = outcomes[index];
        if (outcome?.ok) {
          done.push({ input: work.message.payload as Input, output: outcome.output });
          work.finish([withResult(work.message, posting.operation, outcome.output), null]);
        } else work.fail(outcome?.failure ?? new Error('The connector gave no outcome for a line.'));
        const turn = pause();
        if (turn) await turn;
      }
      newest = { count: done.length, refused: works.length - done.length };
      const runs = works.map(({ context }) => context.active.run);
      pack.engine.emit('posted', { node: base.id, system, runs, refused: newest.refused, beganAt, endedAt: pack.clock.now() });
      const totals = { ...posting.totals(done), entries: works.length, posted: newest.count, refused: newest.refused };
      await pack.engine.store.note(
        { actor: 'engine', action: 'batch.posted', subject: base.id, detail: { system, ...totals } },
        pack.clock.now(),
      );
      pack.tracking.outside(() => node.send([null, { payload: totals, topic: 'batch' }] as never));
    }
  });
}
