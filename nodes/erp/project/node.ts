import { projectsOf } from '../../../model/engagement-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { engagementIn } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const erp = base.operation('erp-project.create');
  const { projects } = await erp.run(projectsOf(engagementIn(message)), {
    effects: effects(erp.system),
    signal,
  });
  return withResult(message, 'erp-project.create', projects);
});
