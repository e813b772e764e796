/**
 * What is personal in records of a system's own form, which stand in no contract of ours: the annotations that
 * `x-personal` is for canonical objects. Names are written without case, blanks, `_`, `__c` and a number at the end, and
 * stand for their plural too.
 */
export interface PersonalForm {
  /** personal wherever it stands, also as the end of a longer name: `Delivery_Manager_Email__c` */
  anywhere?: readonly string[];
  /** of a person only, and so says that the object is one: its `names` are personal too */
  ofPersons?: readonly string[];
  /** personal if the object is a person */
  names?: readonly string[];
  /** holds a person, also as the end of a longer name: `Project_Manager__r`; a text in its place is the person's name */
  persons?: readonly string[];
  /** the same, but only as the whole name */
  personsExactly?: readonly string[];
  /** types of records that are persons */
  types?: readonly string[];
}

export const personalForms = {
  /** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm, `User`, `Lead` */
  salesforce: {
    anywhere: ['email', 'phone', 'fax', 'communitynickname', 'personbirthdate', 'birthdate', 'mailingaddress', 'homeaddress'],
    ofPersons: ['firstname', 'lastname', 'middlename', 'salutation'],
    names: ['name', 'alias', 'username', 'signature', 'aboutme'],
    persons: ['owner', 'createdby', 'lastmodifiedby', 'contact', 'manager', 'reportsto'],
    personsExactly: ['who'],
    types: ['user', 'contact', 'lead', 'individual', 'personaccount'],
  },
  /** SuiteTalk REST records `employee`, `contact`; a reference to one is `{id, refName}` */
  netsuite: {
    anywhere: ['socialsecuritynumber', 'ssn', 'addressee', 'memo'],
    ofPersons: ['firstname', 'lastname', 'middlename', 'initials'],
    names: ['entityid', 'refname', 'altname', 'entitytitle', 'companyname'],
    persons: ['employee', 'supervisor', 'salesrep', 'approver', 'timeapprover', 'projectresource'],
    types: ['employee', 'contact', 'salesrep'],
  },
  /** https://developer.kantata.com/ "Users", "Workspace Groups" */
  kantata: {
    anywhere: ['emailaddress', 'fullname'],
    names: ['headline', 'bio', 'abbreviatedname'],
    persons: ['user', 'participant', 'lead', 'creator', 'assignee', 'resource'],
    types: ['user'],
  },
  /** what flows and other systems call the same */
  common: {
    anywhere: [
      'mail',
      'mailaddress',
      'telephone',
      'phonenumber',
      'mobile',
      'mobilenumber',
      'tel',
      'dateofbirth',
      'nickname',
      'surname',
      'givenname',
      'familyname',
      'maidenname',
      'vorname',
      'nachname',
      'telefon',
      'geburtsdatum',
    ],
    ofPersons: ['givenname', 'familyname', 'surname', 'vorname', 'nachname'],
    names: ['displayname', 'label', 'login', 'initials'],
    persons: [
      'person',
      'consultant',
      'worker',
      'colleague',
      'member',
      'freelancer',
      'subcontractor',
      'contractor',
      'candidate',
      'teamlead',
      'projectlead',
      'requester',
      'requestor',
      'requestedby',
      'submitter',
      'submittedby',
      'approvedby',
      'updatedby',
      'modifiedby',
      'assignedto',
      'reporter',
      'author',
      'attendee',
      'recipient',
      'signatory',
      'sponsor',
      'stakeholder',
      'representative',
      'accountexecutive',
      'buyer',
    ],
    personsExactly: ['people', 'staff'],
    types: ['person', 'people', 'resource', 'consultant'],
  },
} satisfies Record<string, PersonalForm>;

/** What lets somebody into a system: never shown, whoever asks. */
export const secretFields = [
  'password',
  'passwd',
  'secret',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'token',
  'apikey',
  'privatekey',
  'authorization',
  'credentials',
  'sessionid',
  'cookie',
  'assertion',
];
