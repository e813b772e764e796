import { connectionNode } from '../../../runtime/connection-node.ts';

export default connectionNode('erp-connection');
