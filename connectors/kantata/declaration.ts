import { concurrencyField, timeoutField } from '../../declarations/shared-fields.ts';
import { numbersIn, type SystemDeclaration, textsIn } from '../../declarations/system.ts';
import { createKantata } from './connector.ts';
import { errorWords } from './errors/error-words.ts';
import { defaults } from './settings.ts';
import { recordAddress } from './record-address.ts';

/** Kantata OX (formerly Mavenlink) signs in by the token of a user: https://developer.kantata.com/ "Authentication" */
export const kantata: SystemDeclaration = {
  name: 'kantata',
  title: 'Kantata',
  prefix: 'KANTATA',
  fields: [
    { name: 'baseUrl', kind: 'text', address: true, default: '', placeholder: defaults.baseUrl },
    { name: 'accessToken', kind: 'secret', credential: true, required: true, unless: 'environment' },
    { name: 'approverIds', kind: 'text', default: '', placeholder: '10203, 10204', hintShown: true },
    { name: 'serviceName', kind: 'text', default: '', placeholder: defaults.serviceName },
    { name: 'currency', kind: 'text', default: '', placeholder: 'EUR', hintShown: true },
    concurrencyField(defaults.concurrency),
    timeoutField(defaults.timeoutMs),
    { name: 'settleAfterMs', kind: 'number', default: defaults.settleAfterMs, min: 0, max: 600_000, integer: true, required: true },
  ],
  does: [
    'psa-project.create',
    'psa-project.change',
    'staffing.request',
    'approved-time.poll',
    'approved-time.list',
    'approved-expense.poll',
    'approved-expense.list',
    'milestone.poll',
    'assignment.poll',
    'availability.find',
    'utilization.find',
    'psa-invoice-status.write',
  ],
  errors: { kantata: errorWords },
  // https://developer.kantata.com/ "Users", "Workspace Groups"
  personal: {
    anywhere: ['email_address', 'full_name'],
    names: ['headline', 'bio', 'abbreviated_name'],
    persons: ['user', 'participant', 'lead', 'creator', 'assignee', 'resource'],
    types: ['user'],
  },
  recordAddress,
  connect: (values) =>
    createKantata({
      accessToken: values['accessToken'] ?? '',
      ...textsIn(values, 'baseUrl', 'serviceName', 'currency'),
      ...numbersIn(values, 'concurrency', 'timeoutMs', 'settleAfterMs'),
      ...(values['approverIds'] ? { approverIds: values['approverIds'].split(',').map((id) => id.trim()) } : {}),
    }),
};
