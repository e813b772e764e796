import { connectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default connectionDeclaration({ type: 'erp-connection', area: 'erp' });
