import declaration from '../../nodes/psa/connection/declaration.ts';
import { keepsItsSecrets, signsIn } from './connection-facts.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(declaration, { firm: () => undefined, behaves: signsIn }, (at) => keepsItsSecrets(at, 'accessToken', 'TEST_PSA'));
