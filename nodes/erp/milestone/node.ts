import { actionNode } from '../../../runtime/action-node.ts';
import { carriedBy } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const reached = carriedBy(message, 'milestone');
  const erp = base.operation('milestone.reach');
  const milestone = await erp.run(reached, { effects: effects(erp.system), signal });
  return { ...message, erp: { ...message.erp, milestone } };
});
