import { connectionNode } from '../../../runtime/core.ts';

export default connectionNode({ type: 'erp-connection', area: 'erp' });
