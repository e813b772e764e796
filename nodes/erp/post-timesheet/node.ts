import { typedConfig } from '../../../declarations/typed-config.ts';
import type { PostedTime } from '../../../model/operations.ts';
import { approvalIssues } from '../../../model/time-entry-rules.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { batchNode } from '../../../runtime/batch-node.ts';
import declaration from './declaration.ts';
import { timeTotals } from './time-totals.ts';

export default batchNode<TimeEntry, PostedTime>(declaration, (base) => {
  const { batchSize, batchSeconds, schedule, withdrawn } = typedConfig(declaration, base.config);
  return {
    operation: 'time.post',
    contract: 'time-entry',
    rule: { size: batchSize, seconds: batchSeconds, ...(schedule ? { schedule } : {}) },
    issues: approvalIssues,
    totals: timeTotals,
    run: (lines, signal) => base.operation('time.post').run(lines, signal, { keepWithdrawn: withdrawn !== 'remove' }),
  };
});
