import { Failure } from '../../model/failure.ts';
import type { Descriptions, FieldDescription, ObjectDescription } from './describe.ts';

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
  Account: ['Id', 'Name', 'AccountNumber', 'BillingCountry', 'BillingCountryCode', 'Industry', 'Phone', 'Website', 'ParentId'],
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
  /** `SELECT … FROM Opportunity` */
  soql: string;
  /** names of the child relationships in it */
  children: string[];
}

/** The opportunity with account, owner and children: whatever of it this org has and this user may see. */
export async function opportunitySelection(descriptions: Descriptions, options: SelectionOptions, signal: AbortSignal): Promise<Selection> {
  const [opportunity, account, owner] = await Promise.all([
    descriptions.of('Opportunity', signal),
    descriptions.of('Account', signal),
    descriptions.of('User', signal),
  ]);
  const asked = (options.children ?? defaultChildren).map((name) => name.toLowerCase());
  const relationships = opportunity.children.filter((child) => asked.includes(child.relationshipName.toLowerCase()));
  const fields = [
    ...wanted(opportunity, standardFields['Opportunity'] as string[]),
    ...wanted(account, standardFields['Account'] as string[]).map((name) => `Account.${name}`),
    ...namesOf(owner.fields, standardFields['User'] as string[]).map((name) => `Owner.${name}`),
    ...extra(opportunity, options.extraFields ?? []),
    ...(await Promise.all(relationships.map((child) => subQuery(descriptions, child, signal)))),
  ];
  const children = relationships.map((child) => child.relationshipName);
  return { soql: `SELECT ${[...new Set(fields)].join(', ')} FROM Opportunity`, children };
}

async function subQuery(
  descriptions: Descriptions,
  relationship: ObjectDescription['children'][number],
  signal: AbortSignal,
): Promise<string> {
  const child = await descriptions.of(relationship.sobject, signal);
  const fields = wanted(child, standardFields[child.name] ?? otherChildFields);
  if (child.name === 'OpportunityLineItem') fields.push('Product2.Name');
  // the business order where there is one; the id makes it the same on every reading
  const order = ['Sequence__c', 'SortOrder'].filter((field) => child.fields.some((candidate) => candidate.name === field));
  return `(SELECT ${fields.join(', ')} FROM ${relationship.relationshipName} ORDER BY ${[...order, 'Id'].join(', ')})`;
}

/** The standard fields asked for and every custom field. */
function wanted(object: ObjectDescription, standard: string[]): string[] {
  const custom = object.fields.filter((field) => field.name.endsWith('__c') && !unwanted.has(field.type)).map((field) => field.name);
  return [...namesOf(object.fields, standard), ...custom];
}

function namesOf(fields: FieldDescription[], wantedNames: string[]): string[] {
  const existing = new Set(fields.map((field) => field.name));
  return wantedNames.filter((name) => existing.has(name));
}

/** Fields that the analyst asked for by name must exist; paths over relationships are left to Salesforce to check. */
function extra(object: ObjectDescription, names: string[]): string[] {
  return names.map((name) => {
    if (!/^\w+(\.\w+)*$/.test(name)) throw unknownField(name, `"${name}" is not a field name.`);
    if (name.includes('.')) return name;
    const field = object.fields.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (!field) throw unknownField(name, `Opportunity has no field ${name}, or the integration user cannot see it.`);
    return field.name;
  });
}

function unknownField(name: string, message: string): Failure {
  return new Failure({
    class: 'contract.drift',
    code: 'INVALID_FIELD',
    system: 'salesforce',
    message,
    record: 'Opportunity',
    field: name,
    remedy: 'Choose another field in the node, or give the integration user the right to see it.',
  });
}
