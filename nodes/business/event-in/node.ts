import { typedConfig } from '../../../declarations/typed-config.ts';
import { webhookSource } from '../../../runtime/webhook/webhook-source.ts';
import declaration from './declaration.ts';

export default webhookSource(declaration, (config) => typedConfig(declaration, config));
