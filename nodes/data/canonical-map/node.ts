import { actionNode } from '../../../runtime/action-node.ts';
import { compileMapping } from '../../../runtime/canonical-mapping.ts';
import { rememberInput } from '../../../runtime/last-inputs.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { preset, expression } = base.config as { preset?: string; expression?: string };
  const map = compileMapping({ ...(preset ? { preset } : {}), ...(expression ? { expression } : {}) });
  return async (message, { signal }) => {
    rememberInput(base.id, message.payload);
    return { ...message, payload: await map(message, signal) };
  };
});
