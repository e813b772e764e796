import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { callLimitFields, nameField } from '../../../declarations/shared-fields.ts';

const byKeySet = { field: 'tokens', is: ['jwks'] } as const;
const byKey = { field: 'tokens', is: ['public-key'] } as const;
const signed = { field: 'tokens', is: ['jwks', 'public-key'] } as const;

/** Who may call business APIs, and how much at a time. Keys are made by the admin API and lie in the store; nothing secret is in the flow. */
export default {
  type: 'business-api-access',
  area: 'business',
  config: true,
  inputs: 0,
  outputs: 0,
  fields: [
    nameField,
    { name: 'apiKeys', kind: 'checkbox', default: true },
    { name: 'tokens', kind: 'select', options: ['none', 'jwks', 'public-key'], default: 'none' },
    { name: 'issuer', kind: 'text', default: '', required: true, placeholder: 'https://login.example.com/', when: signed },
    { name: 'audience', kind: 'text', default: '', required: true, placeholder: 'api://psa', when: signed, hintShown: true },
    {
      name: 'jwksUrl',
      kind: 'text',
      default: '',
      required: true,
      placeholder: 'https://login.example.com/.well-known/jwks.json',
      when: byKeySet,
    },
    { name: 'publicKey', kind: 'text', default: '', required: true, placeholder: '-----BEGIN PUBLIC KEY-----', when: byKey },
    { name: 'consumerClaim', kind: 'text', default: 'client_id', when: signed, hintShown: true },
    { name: 'scopeClaim', kind: 'text', default: 'scope', when: signed, hintShown: true },
    ...callLimitFields,
  ],
} as const satisfies NodeDeclaration;
