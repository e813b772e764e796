import { connectionNode } from '../../../runtime/core.ts';

export default connectionNode({ type: 'psa-connection', area: 'psa' });
