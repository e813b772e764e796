import type { NodeDeclaration } from '../../node-declaration.ts';
import { concurrencyField, environmentField, nameField, timeoutField } from '../../shared-fields.ts';

const unless = 'environment';
const oauth2 = { field: 'auth', is: ['oauth2'] };
const tba = { field: 'auth', is: ['tba'] };

/** NetSuite signs in by OAuth 2.0 client credentials with a certificate, or by token-based authentication (OAuth 1.0a). */
export default {
  type: 'erp-connection',
  area: 'erp',
  config: true,
  inputs: 0,
  outputs: 0,
  extra: 'test-connection',
  fields: [
    nameField,
    { name: 'system', kind: 'select', address: true, options: ['netsuite'], default: 'netsuite' },
    { ...environmentField, placeholder: 'NETSUITE' },
    { name: 'accountId', kind: 'text', address: true, default: '', required: true, unless, placeholder: '1234567_SB1' },
    { name: 'baseUrl', kind: 'text', address: true, default: '', placeholder: 'https://1234567-sb1.suitetalk.api.netsuite.com' },
    { name: 'auth', kind: 'select', options: ['oauth2', 'tba'], default: 'oauth2' },
    { name: 'clientId', kind: 'text', credential: true, required: true, unless, when: oauth2 },
    { name: 'certificateId', kind: 'text', credential: true, required: true, unless, when: oauth2 },
    { name: 'privateKey', kind: 'multiline-secret', credential: true, required: true, unless, when: oauth2 },
    { name: 'consumerKey', kind: 'text', credential: true, required: true, unless, when: tba },
    { name: 'consumerSecret', kind: 'secret', credential: true, required: true, unless, when: tba },
    { name: 'tokenId', kind: 'text', credential: true, required: true, unless, when: tba },
    { name: 'tokenSecret', kind: 'secret', credential: true, required: true, unless, when: tba },
    { name: 'serviceItem', kind: 'text', default: 'SVC-CONSULTING', required: true, hintShown: true },
    { name: 'approvalStatus', kind: 'text', default: '', placeholder: '3' },
    { name: 'projectExpenseType', kind: 'text', default: '', placeholder: '-2' },
    concurrencyField(4),
    timeoutField(60_000),
  ],
} satisfies NodeDeclaration;
