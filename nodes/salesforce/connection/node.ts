import { connectionNode } from '../../../runtime/core.ts';

export default connectionNode({ type: 'salesforce-connection', area: 'crm', system: 'salesforce' });
