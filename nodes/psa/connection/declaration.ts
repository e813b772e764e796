import { formerConnectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default formerConnectionDeclaration('psa-connection');
