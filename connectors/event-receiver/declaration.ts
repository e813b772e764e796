import { concurrencyField, timeoutField } from '../../declarations/shared-fields.ts';
import { numbersIn, type SystemDeclaration, textsIn } from '../../declarations/system.ts';
import { createEventReceiver } from './connector.ts';
import { errorWords } from './errors.ts';
import { defaults, signatureKinds } from './settings.ts';

/** Whoever is told events by webhook: another Node-RED with *event in*, an event broker, a product that takes CloudEvents. */
export const eventReceiver: SystemDeclaration = {
  name: 'event-receiver',
  title: 'Webhooks',
  prefix: 'RECEIVER',
  fields: [
    {
      name: 'url',
      kind: 'text',
      address: true,
      default: '',
      required: true,
      unless: 'environment',
      placeholder: 'https://events.example/psconnect',
    },
    { name: 'signature', kind: 'select', options: signatureKinds, default: defaults.signature, warnings: ['none'] },
    {
      name: 'signatureHeader',
      kind: 'header',
      default: defaults.signatureHeader,
      when: { field: 'signature', is: ['hmac-sha256'] },
    },
    {
      name: 'secret',
      kind: 'secret',
      credential: true,
      required: true,
      unless: 'environment',
      when: { field: 'signature', is: ['standard-webhooks', 'hmac-sha256', 'bearer'] },
    },
    { name: 'origin', kind: 'text', default: '', placeholder: 'node-red.firm.example', hintShown: true },
    concurrencyField(defaults.concurrency),
    timeoutField(defaults.timeoutMs),
  ],
  does: ['event.publish'],
  errors: { 'event-receiver': errorWords },
  personal: {},
  connect: (values) =>
    createEventReceiver({
      url: values['url'] ?? '',
      ...textsIn(values, 'signature', 'signatureHeader', 'secret', 'origin'),
      ...numbersIn(values, 'concurrency', 'timeoutMs'),
    }),
};
