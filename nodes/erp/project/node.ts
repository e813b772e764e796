import { actionNode, engagementIn, projectsOf } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const erp = base.connectorFor('erp-project.create');
  const { projects } = await erp.operations['erp-project.create'](projectsOf(engagementIn(message)), {
    effects: effects(erp.system),
    signal,
  });
  return { ...message, erp: { ...message.erp, projects } };
});
