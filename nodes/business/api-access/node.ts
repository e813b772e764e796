import { typedConfig } from '../../../declarations/typed-config.ts';
import { ApiAccess } from '../../../runtime/business-api/api-access.ts';
import { paletteNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';

export default paletteNode(declaration, ({ node, config, pack }) => {
  const form = typedConfig(declaration, config);
  Object.assign(node, { access: new ApiAccess(form, form, pack.businessApis.keys, pack.clock) });
});
