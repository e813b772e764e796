import { demandsOf } from '../../../model/engagement-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { engagementIn } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const psa = base.operation('staffing.request');
  const { demands } = await psa.run(demandsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return withResult(message, 'staffing.request', demands);
});
