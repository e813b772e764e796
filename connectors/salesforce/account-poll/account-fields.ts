import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Descriptions, FieldDescription } from '../../salesforce-platform/query/describe.ts';

/** Standard fields read where they exist: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
const standard = new Set([
  'Id',
  'Name',
  'IsDeleted',
  'MasterRecordId',
  'AccountNumber',
  'Type',
  'ParentId',
  'BillingStreet',
  'BillingCity',
  'BillingState',
  'BillingPostalCode',
  'BillingCountry',
  'BillingCountryCode',
  'ShippingCountry',
  'ShippingCountryCode',
  'Phone',
  'Website',
  'Industry',
  'CurrencyIsoCode',
  'OwnerId',
  'RecordTypeId',
  'CreatedDate',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
  // of person accounts: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_guidelines_personaccounts.htm
  'IsPersonAccount',
  'FirstName',
  'LastName',
  'PersonContactId',
  'PersonEmail',
  'PersonMailingCountry',
  'PersonMailingCountryCode',
]);
/** No account can be told from another, or one version from the next, without these. */
const needed = ['Id', 'SystemModstamp', 'IsDeleted'];
const unwanted = new Set(['address', 'location', 'base64', 'complexvalue', 'anyType']);
/** What moves without a change of the business. */
const audit = new Set(['SystemModstamp', 'LastModifiedDate', 'LastModifiedById']);

export interface AccountFields {
  names: string[];
  /** of them, those that say what the account is: a formula may be another each day */
  content: string[];
}

/** The standard fields above and every custom field that the user can see. */
export async function accountFields(descriptions: Descriptions, signal: AbortSignal): Promise<AccountFields> {
  const { fields } = await descriptions.of('Account', signal);
  const read = fields.filter(isRead);
  const missing = needed.find((name) => !read.some((field) => field.name === name));
  if (missing) {
    throw new Failure({
      class: 'contract.drift',
      ...inWords('INVALID_FIELD.of-account', { name: missing }),
      system: 'salesforce',
      record: 'Account',
      field: missing,
    });
  }
  const content = read.filter(({ name, calculated }) => !calculated && !audit.has(name));
  return { names: read.map(({ name }) => name), content: content.map(({ name }) => name).sort() };
}

const isRead = ({ name, custom, type }: FieldDescription) => standard.has(name) || (custom && !unwanted.has(type));
