import { paletteNode, policyFrom } from '../../../runtime/core.ts';

export default paletteNode('run-policy', ({ node, config }) => {
  Object.assign(node, { policy: policyFrom(config) });
});
