import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { Descriptions, ObjectDescription } from '../../salesforce-platform/query/describe.ts';
import { type SelectedField, type SelectedObject, selectOf } from './selected-fields.ts';

/** The child relationships of a sold engagement; those that an org does not have are left out. */
export const defaultChildren = [
  'OpportunityLineItems',
  'Engagement_Phases__r',
  'Engagement_Tasks__r',
  'Engagement_Milestones__r',
  'Staffing_Needs__r',
  'Rate_Card_Lines__r',
];

/** Standard fields read where they exist: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm */
const standardFields: Record<string, string[]> = {
  Opportunity: [
    'Id',
    'Name',
    'AccountId',
    'StageName',
    'CloseDate',
    'Amount',
    'CurrencyIsoCode',
    'Probability',
    'Type',
    'LeadSource',
    'NextStep',
    'Description',
    'IsClosed',
    'IsWon',
    'ForecastCategoryName',
    'CampaignId',
    'HasOpportunityLineItem',
    'Pricebook2Id',
    'OwnerId',
    'RecordTypeId',
    'ContactId',
    'ContractId',
    'SyncedQuoteId',
    'PartnerAccountId',
    'LastStageChangeDate',
    'CreatedDate',
    'LastModifiedDate',
    'LastModifiedById',
    'SystemModstamp',
  ],
  Account: [
    'Id',
    'Name',
    'AccountNumber',
    'BillingCountry',
    'BillingCountryCode',
    'Industry',
    'Phone',
    'Website',
    'ParentId',
    // of person accounts: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_guidelines_personaccounts.htm
    'IsPersonAccount',
    'PersonContactId',
    'PersonEmail',
    'PersonMailingCountry',
    'PersonMailingCountryCode',
  ],
  User: ['Email', 'Name'],
  OpportunityLineItem: [
    'Id',
    'Name',
    'Product2Id',
    'ProductCode',
    'Quantity',
    'UnitPrice',
    'TotalPrice',
    'Discount',
    'ServiceDate',
    'Description',
    'SortOrder',
    'CurrencyIsoCode',
  ],
};
const otherChildFields = ['Id', 'Name', 'CurrencyIsoCode'];

/** Compound and binary values cannot be selected together with others, or are of no use to a mapping. */
const unwanted = new Set(['address', 'location', 'base64', 'complexvalue', 'anyType']);

export interface SelectionOptions {
  extraFields?: string[];
  children?: string[];
}

export interface Selection {
  /** `SELECT … FROM Opportunity`, all in one */
  soql: string;
  /** the same by object, to be asked for in shares */
  objects: SelectedObject[];
  /** names of the child relationships in it */
  children: string[];
}

/** What is read of each opportunity: the standard fields above and every custom field that the user can see, of its account and children too. */
export async function opportunitySelection(descriptions: Descriptions, options: SelectionOptions, signal: AbortSignal): Promise<Selection> {
  const [opportunity, account, owner] = await Promise.all([
    descriptions.of('Opportunity', signal),
    ifSeen(descriptions, 'Account', signal),
    ifSeen(descriptions, 'User', signal),
  ]);
  const asked = (options.children ?? defaultChildren).map((name) => name.toLowerCase());
  const relationships = opportunity.children.filter((child) => asked.includes(child.relationshipName.toLowerCase()));
  const own = [...wanted(opportunity, standardFields['Opportunity'] as string[]), ...extra(opportunity, options.extraFields ?? [])];
  const objects: SelectedObject[] = [
    { path: '', isList: false, ...named(opportunity, own) },
    ...(account ? [{ path: 'Account', isList: false, ...named(account, wanted(account, standardFields['Account'] as string[])) }] : []),
    ...(owner ? [{ path: 'Owner', isList: false, ...named(owner, standard(owner, standardFields['User'] as string[])) }] : []),
    ...(await Promise.all(relationships.map((child) => childrenOf(descriptions, child, signal)))),
  ];
  return { soql: selectOf(objects), objects, children: relationships.map((child) => child.relationshipName) };
}

/** What is read besides the deal is left out where the integration user may not see it. */
async function ifSeen(descriptions: Descriptions, sobject: string, signal: AbortSignal): Promise<ObjectDescription | undefined> {
  try {
    return await descriptions.of(sobject, signal);
  } catch (error) {
    if (Failure.is(error) && (error.class === 'auth.denied' || ['NOT_FOUND', 'INVALID_TYPE'].includes(error.code))) return undefined;
    throw error;
  }
}

async function childrenOf(
  descriptions: Descriptions,
  relationship: ObjectDescription['children'][number],
  signal: AbortSignal,
): Promise<SelectedObject> {
  const child = await descriptions.of(relationship.sobject, signal);
  const fields = wanted(child, standardFields[child.name] ?? otherChildFields);
  if (child.name === 'OpportunityLineItem' && (await ifSeen(descriptions, 'Product2', signal))) {
    fields.push({ name: 'Product2.Name', calculated: false });
  }
  // the business order where there is one; the id makes it the same on every reading
  const order = ['Sequence__c', 'SortOrder'].filter((field) => child.fields.some((candidate) => candidate.name === field));
  return { path: relationship.relationshipName, isList: true, order: [...order, 'Id'], ...named(child, fields) };
}

const named = ({ name, fields }: ObjectDescription, selected: SelectedField[]) => ({
  sobject: name,
  fields: selected,
  keys: ['Id', 'SystemModstamp'].filter((key) => fields.some((field) => field.name === key)),
});

/** The standard fields asked for and every custom field: those of a person account's contact (`__pc`) are described as such, too. */
function wanted(object: ObjectDescription, names: string[]): SelectedField[] {
  return [...standard(object, names), ...object.fields.filter((field) => field.custom && !unwanted.has(field.type))];
}

function standard({ fields }: ObjectDescription, names: string[]): SelectedField[] {
  return names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
}

/** Fields that the analyst asked for by name must exist; paths over relationships are left to Salesforce to check. */
function extra(object: ObjectDescription, names: string[]): SelectedField[] {
  return names.map((name) => {
    if (!/^\w+(\.\w+)*$/.test(name)) throw unknownField(name, inWords('INVALID_FIELD.no-name', { name }));
    if (name.includes('.')) return { name, calculated: false };
    const field = object.fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (!field) throw unknownField(name, inWords('INVALID_FIELD.of-opportunity', { name }));
    return field;
  });
}

function unknownField(name: string, said: FailureText): Failure {
  return new Failure({
    class: 'contract.drift',
    ...said,
    system: 'salesforce',
    record: 'Opportunity',
    field: name,
  });
}
