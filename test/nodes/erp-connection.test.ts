import declaration from '../../nodes/erp/connection/declaration.ts';
import { keepsItsSecrets, signsIn } from './connection-facts.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(declaration, { firm: () => undefined, behaves: signsIn, keepDefault: ['serviceItem'] }, (at) =>
  keepsItsSecrets(at, 'privateKey', 'TEST_ERP'),
);
