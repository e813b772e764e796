import { connectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default connectionDeclaration({ type: 'psa-connection', area: 'psa' });
