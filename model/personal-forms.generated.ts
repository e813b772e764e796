/* Made from the systems of connectors/systems.ts by scripts/generate-types.ts: do not edit. */
import type { PersonalForm } from './personal-forms.ts';

export const formOfSystems: PersonalForm = {
  anywhere: ['Email', 'Phone', 'Fax', 'CommunityNickname', 'PersonBirthdate', 'Birthdate', 'MailingAddress', 'HomeAddress', 'socialSecurityNumber', 'ssn', 'addressee', 'memo', 'email_address', 'full_name'],
  ofPersons: ['FirstName', 'LastName', 'MiddleName', 'Salutation', 'firstName', 'lastName', 'middleName', 'initials'],
  names: ['Name', 'Alias', 'Username', 'Signature', 'AboutMe', 'entityId', 'refName', 'altName', 'entityTitle', 'companyName', 'headline', 'bio', 'abbreviated_name'],
  persons: ['Owner', 'CreatedBy', 'LastModifiedBy', 'Contact', 'Manager', 'ReportsTo', 'employee', 'supervisor', 'salesRep', 'approver', 'timeApprover', 'projectResource', 'custrecord_psc_employee', 'user', 'participant', 'lead', 'creator', 'assignee', 'resource'],
  personsExactly: ['Who'],
  types: ['User', 'Contact', 'Lead', 'Individual', 'PersonAccount', 'employee', 'contact', 'salesRep', 'user'],
  typeIn: ['attributes.type', 'sobject', 'sobjectType', 'recordType'],
  endings: ['__c', '__r', '__pc', '__pr'],
};
