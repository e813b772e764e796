import { actionNode } from '../../../runtime/action-node.ts';
import { compileMapping } from '../../../runtime/canonical-mapping.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { preset, expression } = base.config as { preset?: string; expression?: string };
  const map = compileMapping({ ...(preset ? { preset } : {}), ...(expression ? { expression } : {}) });
  return async (message, { signal }) => ({ ...message, payload: await map(message, signal) });
});
