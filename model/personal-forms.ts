/**
 * What is personal in records that stand in no contract of ours: the annotations that `x-personal` is for canonical objects. Names are written
 * as the records have them; case, blanks, `_` and a number at the end do not count, and each stands for its plural too.
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
  /** where a record says its type: `attributes.type` */
  typeIn?: readonly string[];
  /** what names end in and say nothing by: `__c` */
  endings?: readonly string[];
}

/** What flows and systems call the same. What a system calls by a name of its own stands in its declaration (`SystemDeclaration.personal`). */
export const commonForm: PersonalForm = {
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
  typeIn: ['type'],
};

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
