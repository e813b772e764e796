import { changeNode } from '../../../runtime/change-node.ts';
import declaration from './declaration.ts';

export default changeNode(declaration, 'psa');
