import { typedConfig } from '../../../declarations/typed-config.ts';
import { businessApi } from '../../../runtime/business-api/api-node.ts';
import declaration from './declaration.ts';

export default businessApi(declaration, (config) => typedConfig(declaration, config));
