import { actionNode, type ErpConnector, engagementIn, projectsOf } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const erp = base.connector<ErpConnector>();
  const { projects } = await erp.createProjects(projectsOf(engagementIn(message)), { effects: effects(erp.system), signal });
  return { ...message, erp: { ...message.erp, projects } };
});
