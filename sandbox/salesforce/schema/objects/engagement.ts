import {
  auditFields,
  currencyField,
  date,
  decimal,
  deletedField,
  type Field,
  field,
  flag,
  lookup,
  money,
  picklist,
  text,
} from '../field.ts';
import { type SObject, sobject } from '../object.ts';
import { CURRENCIES } from '../picklists.ts';

/** A custom object that belongs to an opportunity (master-detail: deleted with it, needs it, has no owner of its own). */
function detailOfOpportunity(name: string, prefix: string, label: string, plural: string, child: string, fields: Field[]): SObject {
  return sobject(name, prefix, label, plural, [
    field('Id', 'id', 'D', { length: 18, idLookup: true, label: 'Record ID' }),
    deletedField(),
    text('Name', 80, 'CUND', { nameField: true, idLookup: true, label: `${label} Name` }),
    currencyField(CURRENCIES),
    ...auditFields(),
    lookup('Opportunity__c', 'Opportunity', child, 'C', { child: { name: child, cascade: true } }),
    ...fields,
  ]);
}

const count = (name: string): Field => decimal(name, 18, 0);
const hours = (name: string): Field => decimal(name, 18, 2);

export const engagementPhase = detailOfOpportunity(
  'Engagement_Phase__c',
  'a00',
  'Engagement Phase',
  'Engagement Phases',
  'Engagement_Phases__r',
  [
    text('Code__c', 80),
    count('Sequence__c'),
    date('Start_Date__c'),
    date('End_Date__c'),
    text('Country__c', 2),
    text('Legal_Entity__c', 20),
    money('Budget_Amount__c'),
  ],
);

export const engagementTask = detailOfOpportunity(
  'Engagement_Task__c',
  'a01',
  'Engagement Task',
  'Engagement Tasks',
  'Engagement_Tasks__r',
  [text('Code__c', 80), text('Phase_Code__c', 80), count('Sequence__c'), hours('Planned_Hours__c'), flag('Billable__c')],
);

export const engagementMilestone = detailOfOpportunity(
  'Engagement_Milestone__c',
  'a02',
  'Engagement Milestone',
  'Engagement Milestones',
  'Engagement_Milestones__r',
  [text('Code__c', 80), text('Phase_Code__c', 80), date('Due_Date__c'), money('Amount__c')],
);

export const staffingNeed = detailOfOpportunity('Staffing_Need__c', 'a03', 'Staffing Need', 'Staffing Needs', 'Staffing_Needs__r', [
  text('Code__c', 80),
  text('Phase_Code__c', 80),
  text('Role__c', 120),
  field('Skills__c', 'multipicklist', 'CUN', {
    length: 4099,
    values: [
      'Java',
      'TypeScript',
      'SAP',
      'Salesforce',
      'NetSuite',
      'Data Engineering',
      'Project Management',
      'Change Management',
      'Security',
    ],
  }),
  text('Region__c', 80),
  date('Start_Date__c'),
  date('End_Date__c'),
  hours('Effort_Hours__c'),
  count('Headcount__c'),
]);

export const rateCardLine = detailOfOpportunity('Rate_Card_Line__c', 'a04', 'Rate Card Line', 'Rate Card Lines', 'Rate_Card_Lines__r', [
  text('Role__c', 120),
  text('Region__c', 80),
  money('Rate__c'),
  picklist('Unit__c', ['Hour', 'Day'], 'CUN', { restricted: true }),
]);
