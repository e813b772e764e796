import { paletteNode, policyFrom } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default paletteNode(declaration, ({ node, config }) => {
  Object.assign(node, { policy: policyFrom(config) });
});
