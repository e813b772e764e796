import { connectionNode } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default connectionNode(declaration, 'erp');
