import { projectsOf } from '../../../model/engagement-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { engagementIn } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const engagement = engagementIn(message);
  const erp = base.operation('customer.ensure');
  const { customers } = await erp.run(
    {
      account: engagement.account,
      entities: projectsOf(engagement).map(({ legalEntity, currency }) => ({ legalEntity, currency })),
      ...(engagement.billing.paymentTerms ? { paymentTerms: engagement.billing.paymentTerms } : {}),
    },
    { effects: effects(erp.system), signal },
  );
  return { ...message, erp: { ...message.erp, customers } };
});
