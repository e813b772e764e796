import { actionNode, demandsOf, engagementIn } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const psa = base.connectorFor('staffing.request');
  const { demands } = await psa.operations['staffing.request'](demandsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return { ...message, psa: { ...message.psa, demands } };
});
