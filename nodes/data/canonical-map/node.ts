import { actionNode, compileMapping, rememberInput } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { preset, expression } = base.config as { preset?: string; expression?: string };
  const map = compileMapping({ ...(preset ? { preset } : {}), ...(expression ? { expression } : {}) });
  return async (message, { signal }) => {
    rememberInput(base.id, message.payload);
    return { ...message, payload: await map(message, signal) };
  };
});
