import type { NodeDeclaration } from '../../node-declaration.ts';
import { concurrencyField, environmentField, nameField, timeoutField } from '../../shared-fields.ts';

export default {
  type: 'psa-connection',
  area: 'psa',
  config: true,
  inputs: 0,
  outputs: 0,
  extra: 'test-connection',
  fields: [
    nameField,
    { name: 'system', kind: 'select', address: true, options: ['kantata'], default: 'kantata' },
    { ...environmentField, placeholder: 'KANTATA' },
    { name: 'baseUrl', kind: 'text', address: true, default: '', placeholder: 'https://api.mavenlink.com' },
    { name: 'accessToken', kind: 'secret', credential: true, required: true, unless: 'environment' },
    { name: 'approverIds', kind: 'text', default: '', placeholder: '10203, 10204', hintShown: true },
    { name: 'serviceName', kind: 'text', default: '', placeholder: 'ps-connect' },
    { name: 'currency', kind: 'text', default: '', placeholder: 'EUR', hintShown: true },
    concurrencyField(4),
    timeoutField(180_000),
    { name: 'settleAfterMs', kind: 'number', default: 5000, min: 0, max: 600000, integer: true, required: true },
  ],
} satisfies NodeDeclaration;
