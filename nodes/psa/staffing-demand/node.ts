import { actionNode, demandsOf, engagementIn, type PsaConnector } from '../../../runtime/core.ts';

export default actionNode('psa-staffing-demand', (base) => async (message, { effects, signal }) => {
  const psa = base.connector<PsaConnector>();
  const { demands } = await psa.requestStaffing(demandsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return { ...message, psa: { ...message.psa, demands } };
});
