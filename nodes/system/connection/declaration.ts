import { connectionDeclaration } from '../../../connectors/connection-declaration.ts';

export default connectionDeclaration();
