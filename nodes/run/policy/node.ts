import { paletteNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';
import { policyFrom } from './policy-from.ts';

export default paletteNode(declaration, ({ node, config }) => {
  Object.assign(node, { policy: policyFrom(config) });
});
