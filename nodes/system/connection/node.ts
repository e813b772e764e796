import { connectionNode } from '../../../runtime/core.ts';

export default connectionNode('system-connection');
