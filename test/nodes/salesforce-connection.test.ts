import declaration from '../../nodes/salesforce/connection/declaration.ts';
import { keepsItsSecrets, signsIn } from './connection-facts.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(declaration, { firm: () => undefined, behaves: signsIn, keepDefault: ['apiVersion'] }, (at) =>
  keepsItsSecrets(at, 'privateKey', 'TEST_CRM'),
);
