import { actionNode, engagementIn, type PsaConnector, projectsOf } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const psa = base.connector<PsaConnector>();
  const { projects } = await psa.createProjects(projectsOf(engagementIn(message)), { effects: effects(psa.system), signal });
  return { ...message, psa: { ...message.psa, projects } };
});
