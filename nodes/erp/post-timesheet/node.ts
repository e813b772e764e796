import { typedConfig } from '../../../declarations/typed-config.ts';
import { controlTotals } from '../../../engine/control-totals.ts';
import { contractIssues } from '../../../model/contract.ts';
import { approvalIssues } from '../../../model/time-entry-rules.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { receiveRuns, type Work } from '../../../runtime/action-node.ts';
import { invalidFailure } from '../../../runtime/failures.ts';
import { paletteNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';
import { MicroBatch } from './micro-batch.ts';
import { totalLine } from './total-line.ts';

export default paletteNode(declaration, (base) => {
  const { node, pack } = base;
  const { batchSize, batchSeconds, schedule } = typedConfig(declaration, base.config);
  let posting = 0;
  let newest: { count: number; refused: number } | undefined;

  const batch = new MicroBatch(base, { size: batchSize, seconds: batchSeconds, ...(schedule ? { schedule } : {}) }, post);

  const take = (work: Work) => {
    const broken = contractIssues('time-entry', work.message.payload);
    const issues = broken.length > 0 ? broken : approvalIssues(work.message.payload as TimeEntry);
    if (issues.length > 0) {
      work.fail(invalidFailure('time-entry', work.message.payload, issues));
      return;
    }
    batch.add(work);
    base.status.show('blue', 'ring', base.words('status.collecting', { count: batch.collected }));
  };
  receiveRuns(base, take, {
    isFree: () => batch.collected + posting === 0,
    ready: () => (newest ? base.words('status.posted', { count: newest.count, refused: newest.refused }) : base.words('status.ready')),
  });

  async function post(works: Work[]): Promise<void> {
    posting++;
    try {
      await postAll(works);
    } finally {
      posting--;
      if (!base.stopping.signal.aborted) base.resting?.show();
    }
  }

  async function postAll(works: Work[]): Promise<void> {
    const erp = base.operation('time.post');
    base.status.show('blue', 'dot', base.words('status.posting', { count: works.length }));
    const lines = works.map(({ message, context }) => ({ input: message.payload as TimeEntry, effects: context.effects(erp.system) }));
    const outcomes = await erp.run(lines, base.closing.signal);
    const done = works.flatMap((work, index) => {
      const outcome = outcomes[index];
      if (outcome?.ok) {
        work.finish([{ ...work.message, erp: { ...work.message.erp, timeEntry: outcome.output } }, null]);
        return [totalLine(work.message.payload as TimeEntry, outcome.output)];
      }
      work.fail(outcome?.failure ?? new Error('The connector gave no outcome for a line.'));
      return [];
    });
    newest = { count: done.length, refused: works.length - done.length };
    const totals = { ...controlTotals(done), entries: works.length, posted: newest.count, refused: newest.refused };
    await pack.engine.store.note(
      { actor: 'engine', action: 'batch.posted', subject: base.id, detail: { system: erp.system, ...totals } },
      pack.clock.now(),
    );
    pack.tracking.outside(() => node.send([null, { payload: totals, topic: 'batch' }] as never));
  }
});
