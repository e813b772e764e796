import { actionNode, demandsOf, engagementIn, type PsaConnector } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const psa = base.connector<PsaConnector>();
  const { demands } = await psa.requestStaffing(demandsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return { ...message, psa: { ...message.psa, demands } };
});
