import { formerConnectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default formerConnectionDeclaration('erp-connection');
