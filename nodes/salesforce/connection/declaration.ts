import { connectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default connectionDeclaration('salesforce-connection');
