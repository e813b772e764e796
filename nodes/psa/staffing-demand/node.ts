import { actionNode, demandsOf, engagementIn } from '../../../runtime/core.ts';

export default actionNode('psa-staffing-demand', (base) => async (message, { effects, signal }) => {
  const psa = base.connectorFor('staffing.request');
  const { demands } = await psa.operations['staffing.request'](demandsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return { ...message, psa: { ...message.psa, demands } };
});
