import { projectsOf } from '../../../model/engagement-parts.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { engagementIn } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => async (message, { effects, signal }) => {
  const psa = base.operation('psa-project.create');
  const { projects } = await psa.run(projectsOf(engagementIn(message)), {
    effects: effects(psa.system),
    signal,
  });
  return withResult(message, 'psa-project.create', projects);
});
