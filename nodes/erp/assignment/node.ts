import { contractIssues } from '../../../model/contract.ts';
import type { Assignment } from '../../../model/types.generated.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invalidFailure } from '../../../runtime/failures.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const issues = contractIssues('assignment', message.payload);
  if (issues.length > 0) throw invalidFailure('assignment', message.payload, issues);
  const erp = base.operation('assignment.record');
  const assignment = await erp.run(message.payload as Assignment, { effects: effects(erp.system), signal });
  return withResult(message, 'assignment.record', assignment);
});
