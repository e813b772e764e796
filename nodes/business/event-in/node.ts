import { webhookSource } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default webhookSource(declaration);
