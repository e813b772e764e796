import {
  auditFields,
  currencyField,
  date,
  deletedField,
  flag,
  idField,
  instant,
  longText,
  lookup,
  ownerField,
  picklist,
  text,
} from '../field.ts';
import { sobject } from '../object.ts';
import { CURRENCIES } from '../picklists.ts';

export const task = sobject('Task', '00T', 'Task', 'Tasks', [
  idField('Activity'),
  lookup('WhoId', ['Contact'], 'Tasks', 'CUN', { label: 'Name ID' }),
  lookup('WhatId', ['Account', 'Opportunity', 'Contract', 'Product2'], 'Tasks', 'CUN', { label: 'Related To ID' }),
  text('Subject', 255, 'CUN', { nameField: true }),
  date('ActivityDate', 'CUN', { label: 'Due Date Only' }),
  picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], 'CUD', {
    length: 255,
    initial: 'Not Started',
  }),
  picklist('Priority', ['High', 'Normal', 'Low'], 'CUD', { initial: 'Normal' }),
  flag('IsHighPriority', 'D'),
  ownerField(),
  longText('Description'),
  currencyField(CURRENCIES),
  picklist('Type', ['Call', 'Email', 'Meeting', 'Other']),
  deletedField(),
  lookup('AccountId', 'Account', null, 'N'),
  flag('IsClosed', 'D', { label: 'Closed' }),
  ...auditFields(),
  flag('IsArchived', 'D'),
  picklist('TaskSubtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], 'CN', { length: 40, restricted: true }),
  instant('CompletedDateTime'),
]);
