import { actionNode } from '../../../runtime/action-node.ts';
import { carriedBy } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const schedule = carriedBy(message, 'billing-schedule');
  const erp = base.operation('billing-schedule.set');
  const billingSchedule = await erp.run(schedule, { effects: effects(erp.system), signal });
  return { ...message, erp: { ...message.erp, billingSchedule } };
});
