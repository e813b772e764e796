import type { PersonalForm } from '../../model/personal-forms.ts';

/**
 * What names a person in the records of an org, whichever product keeps them:
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm, `User`, `Lead`
 */
export const personsOfAnOrg: PersonalForm = {
  anywhere: ['Email', 'Phone', 'Fax', 'CommunityNickname', 'PersonBirthdate', 'Birthdate', 'MailingAddress', 'HomeAddress'],
  ofPersons: ['FirstName', 'LastName', 'MiddleName', 'Salutation'],
  names: ['Name', 'Alias', 'Username', 'Signature', 'AboutMe'],
  persons: ['Owner', 'CreatedBy', 'LastModifiedBy', 'Contact', 'Manager', 'ReportsTo'],
  personsExactly: ['Who'],
  types: ['User', 'Contact', 'Lead', 'Individual', 'PersonAccount'],
  // of a record, of a request to write one, of what a lookup points at
  typeIn: ['attributes.type', 'sobject', 'sobjectType'],
  // of a field of an org's own, of the record that it points at; and of the same of a person account
  endings: ['__c', '__r', '__pc', '__pr'],
};
