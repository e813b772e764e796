import { connectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default connectionDeclaration({ type: 'salesforce-connection', area: 'crm', system: 'salesforce' });
