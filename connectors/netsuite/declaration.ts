import { concurrencyField, timeoutField } from '../../declarations/shared-fields.ts';
import { type ConnectionValues, numbersIn, type SystemDeclaration, textsIn } from '../../declarations/system.ts';
import { defaults, type NetSuiteConfig, oldestRateDays } from './settings.ts';
import { phrase } from '../../model/phrase.ts';
import { createNetSuite } from './connector.ts';
import { errorWords } from './errors/error-words.ts';
import { recordAddress } from './record-address.ts';

const unless = 'environment';
const people = phrase('CANNOT.netsuite-people');
const oauth2 = { field: 'auth', is: ['oauth2'] };
const tba = { field: 'auth', is: ['tba'] };

/** NetSuite signs in by OAuth 2.0 client credentials with a certificate, or by token-based authentication (OAuth 1.0a). */
export const netsuite: SystemDeclaration = {
  name: 'netsuite',
  title: 'NetSuite',
  prefix: 'NETSUITE',
  fields: [
    { name: 'accountId', kind: 'text', address: true, default: '', required: true, unless, placeholder: '1234567_SB1' },
    { name: 'baseUrl', kind: 'text', address: true, default: '', placeholder: 'https://1234567-sb1.suitetalk.api.netsuite.com' },
    { name: 'auth', kind: 'select', options: ['oauth2', 'tba'], default: defaults.auth },
    { name: 'clientId', kind: 'text', credential: true, required: true, unless, when: oauth2 },
    { name: 'certificateId', kind: 'text', credential: true, required: true, unless, when: oauth2 },
    { name: 'privateKey', kind: 'multiline-secret', credential: true, required: true, unless, when: oauth2 },
    { name: 'consumerKey', kind: 'text', credential: true, required: true, unless, when: tba },
    { name: 'consumerSecret', kind: 'secret', credential: true, required: true, unless, when: tba },
    { name: 'tokenId', kind: 'text', credential: true, required: true, unless, when: tba },
    { name: 'tokenSecret', kind: 'secret', credential: true, required: true, unless, when: tba },
    { name: 'serviceItem', kind: 'text', default: defaults.serviceItem, required: true, hintShown: true },
    { name: 'approvalStatus', kind: 'text', default: '', placeholder: '3' },
    { name: 'projectExpenseType', kind: 'text', default: '', placeholder: defaults.projectExpenseType },
    { name: 'labourAccounts', kind: 'text', default: '', placeholder: '5000, 5010', hintShown: true },
    { name: 'assignmentRecord', kind: 'text', default: '', placeholder: defaults.assignmentRecord, hintShown: true },
    {
      name: 'rateMaxAgeDays',
      kind: 'number',
      default: defaults.rateMaxAgeDays,
      min: 0,
      max: oldestRateDays,
      integer: true,
    },
    concurrencyField(defaults.concurrency),
    timeoutField(defaults.timeoutMs),
  ],
  does: [
    'customer.ensure',
    'customer.change',
    'customer.poll',
    'erp-project.create',
    'erp-project.change',
    'billing-schedule.set',
    'milestone.reach',
    'time.post',
    'posted-time.list',
    'posted-expense.list',
    'expense.post',
    'assignment.record',
    'invoice.poll',
    'customer.find',
    'period.find',
    'posted-time.sum',
    'project-invoices.find',
    'project-finances.find',
  ],
  cannot: { 'staffing.request': people, 'assignment.poll': people, 'availability.find': people, 'utilization.find': people },
  errors: { netsuite: errorWords },
  // SuiteTalk REST records `employee`, `contact`; a reference to one is `{id, refName}`
  personal: {
    anywhere: ['socialSecurityNumber', 'ssn', 'addressee', 'memo'],
    ofPersons: ['firstName', 'lastName', 'middleName', 'initials'],
    names: ['entityId', 'refName', 'altName', 'entityTitle', 'companyName'],
    persons: ['employee', 'supervisor', 'salesRep', 'approver', 'timeApprover', 'projectResource', 'custrecord_psc_employee'],
    types: ['employee', 'contact', 'salesRep'],
    typeIn: ['recordType'],
  },
  recordAddress,
  connect: (values) =>
    createNetSuite({
      accountId: values['accountId'] ?? '',
      ...textsIn(values, 'baseUrl', 'serviceItem', 'approvalStatus', 'projectExpenseType', 'labourAccounts', 'assignmentRecord'),
      ...numbersIn(values, 'concurrency', 'timeoutMs', 'rateMaxAgeDays'),
      auth: authOf(values),
    }),
};

function authOf(values: ConnectionValues): NetSuiteConfig['auth'] {
  const value = (name: string) => values[name] ?? '';
  if ((values['auth'] ?? defaults.auth) === 'tba') {
    return {
      kind: 'tba',
      consumerKey: value('consumerKey'),
      consumerSecret: value('consumerSecret'),
      tokenId: value('tokenId'),
      tokenSecret: value('tokenSecret'),
    };
  }
  return { kind: 'oauth2', clientId: value('clientId'), certificateId: value('certificateId'), privateKey: value('privateKey') };
}
