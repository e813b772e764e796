import { concurrencyField, timeoutField } from '../../declarations/shared-fields.ts';
import { numbersIn, type SystemDeclaration } from '../../declarations/system.ts';
import { defaults, type SalesforceFlow } from '../salesforce-platform/settings.ts';
import { createSalesforce } from './connector.ts';
import { errorWords, signInWords } from '../salesforce-platform/errors/error-words.ts';
import { callErrorWords } from '../salesforce-platform/pub-sub/pub-sub-errors.ts';
import { personsOfAnOrg } from '../salesforce-platform/persons-of-an-org.ts';
import { accountToAccount } from './mappings/account-to-account.ts';
import { contractToAmendment } from './mappings/contract-to-amendment.ts';
import { opportunityToEngagement } from './mappings/opportunity-to-engagement.ts';
import { recordAddress } from './record-address.ts';

const unless = 'environment';
const flow = (...is: string[]) => ({ field: 'flow', is });

/** OAuth flows of Salesforce: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flows.htm */
export const salesforce: SystemDeclaration = {
  name: 'salesforce',
  title: 'Salesforce',
  prefix: 'SALESFORCE',
  fields: [
    { name: 'loginUrl', kind: 'text', address: true, default: '', required: true, unless, placeholder: 'https://login.salesforce.com' },
    {
      name: 'flow',
      kind: 'select',
      options: ['jwt-bearer', 'client-credentials', 'refresh-token', 'username-password'],
      default: defaults.flow,
      hintShown: true,
    },
    { name: 'clientId', kind: 'text', credential: true, required: true, unless },
    {
      name: 'clientSecret',
      kind: 'secret',
      credential: true,
      required: true,
      unless,
      when: flow('client-credentials', 'refresh-token', 'username-password'),
    },
    { name: 'username', kind: 'text', credential: true, required: true, unless, when: flow('jwt-bearer', 'username-password') },
    { name: 'password', kind: 'secret', credential: true, required: true, unless, when: flow('username-password') },
    { name: 'refreshToken', kind: 'secret', credential: true, required: true, unless, when: flow('refresh-token') },
    { name: 'privateKey', kind: 'multiline-secret', credential: true, required: true, unless, when: flow('jwt-bearer') },
    { name: 'audience', kind: 'text', address: true, default: '', placeholder: 'https://login.salesforce.com', when: flow('jwt-bearer') },
    { name: 'pubsub', kind: 'text', address: true, default: '', placeholder: defaults.pubsub },
    { name: 'apiVersion', kind: 'text', default: defaults.apiVersion, required: true },
    concurrencyField(defaults.concurrency),
    timeoutField(defaults.timeoutMs),
  ],
  does: [
    'opportunity.poll',
    'opportunity.stream',
    'account.poll',
    'contract.poll',
    'record.upsert',
    'record.query',
    'crm-invoice-status.write',
  ],
  errors: { salesforce: errorWords, 'salesforce sign-in': signInWords, 'salesforce pub/sub': callErrorWords },
  personal: personsOfAnOrg,
  mappings: {
    'opportunity-to-engagement': opportunityToEngagement,
    'account-to-account': accountToAccount,
    'contract-to-amendment': contractToAmendment,
  },
  recordAddress,
  connect: (values, credentials) =>
    createSalesforce(
      {
        ...values,
        loginUrl: values['loginUrl'] ?? '',
        clientId: values['clientId'] ?? '',
        flow: (values['flow'] ?? defaults.flow) as SalesforceFlow,
        ...numbersIn(values, 'concurrency', 'timeoutMs'),
      },
      credentials ? { credentials } : {},
    ),
};
