import should from 'should';
import { bulkError } from '../../connectors/salesforce-platform/bulk/upsert-bulk.ts';
import { classify, failureOf } from '../../connectors/salesforce-platform/errors.ts';
import { resultOf } from '../../connectors/salesforce-platform/write/upsert-collection.ts';

const answer = (status: number, body: unknown) => ({ status, body, headers: {} });

describe('what Salesforce’s refusals mean', () => {
  it('a refusal names field, reason and remedy', () => {
    const body = [{ message: 'Required fields are missing: [Name]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }];
    should(classify(answer(400, body))).match({
      class: 'contract.invalid',
      code: 'REQUIRED_FIELD_MISSING',
      field: 'Name',
      remedy: /required/i,
    });
  });

  it('an unknown column is named even where only the text says it', () => {
    const body = [
      { message: "\nSELECT Foo__c FROM Account\n ^\nNo such column 'Foo__c' on entity 'Account'.", errorCode: 'INVALID_FIELD' },
    ];
    should(classify(answer(400, body))).match({ class: 'contract.drift', field: 'Foo__c' });
  });

  it('a locked row is tried again', () => {
    should(failureOf({ code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', fields: [] }).class).equal(
      'transient.locked',
    );
  });

  // https://github.com/SFDO-Community/declarative-lookup-rollup-summaries/issues/847 and /1241
  const lockedInTrigger =
    'acme.RollupTrigger: execution of AfterUpdate\n\ncaused by: System.DmlException: Update failed. First exception on row 0 with id 006000000000001AAA; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record: []\n\nTrigger.acme.RollupTrigger: line 7, column 1';
  for (const [code, message, wanted] of [
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', lockedInTrigger, 'transient.locked UNABLE_TO_LOCK_ROW'],
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'Outer: execution of AfterInsert caused by: System.DmlException: first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, Inner: first error: UNABLE_TO_LOCK_ROW, unable to',
      'transient.locked UNABLE_TO_LOCK_ROW',
    ],
    [
      'CANNOT_EXECUTE_FLOW_TRIGGER',
      'Der Datensatz konnte nicht gespeichert werden. UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records',
      'transient.locked UNABLE_TO_LOCK_ROW',
    ],
    ['APEX_ERROR', 'System.DmlException: first error: RECORD_IN_USE_BY_WORKFLOW, in use', 'transient.locked RECORD_IN_USE_BY_WORKFLOW'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', `Update failed: ${lockedInTrigger}`, 'transient.locked UNABLE_TO_LOCK_ROW'],
    ['FLOW_ELEMENT_ERROR', 'first error: UNABLE_TO_LOCK_ROW, unable to', 'transient.locked UNABLE_TO_LOCK_ROW'],
    ['UNKNOWN_EXCEPTION', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access', 'transient.locked UNABLE_TO_LOCK_ROW'],
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'T: first error: INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE, read-only: []',
      'transient.unavailable INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    ],
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'T: first error: DUPLICATE_VALUE, duplicate value found: []',
      'conflict.duplicate DUPLICATE_VALUE',
    ],
    // the session of a call that the trigger made elsewhere is not ours
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      '{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}',
      'business.rejected CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    ],
    // what people write is no cause
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'NOT_FOUND: choose another', 'business.rejected FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['REQUIRED_FIELD_MISSING', 'UNABLE_TO_LOCK_ROW__c is missing', 'contract.invalid REQUIRED_FIELD_MISSING'],
  ] as const) {
    it(`${code} with "${message.slice(0, 60)}" is ${wanted}`, () => {
      const failure = failureOf({ code, message, fields: [] });
      should(`${failure.class} ${failure.code}`).equal(wanted);
      should(failure.message).equal(message.trim());
    });
  }

  it('what went wrong in a trigger is for the administrator, not for the mapping', () => {
    const failure = failureOf({
      code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message: 'T: first error: STRING_TOO_LONG, x: []',
      fields: [],
    });
    should(failure).match({ class: 'contract.invalid', remedy: /trigger.*administrator/ });
  });

  it('an error without its list, or as a text, is understood all the same', () => {
    for (const body of [
      { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' },
      'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access',
      'UNABLE_TO_LOCK_ROW',
      ['UNABLE_TO_LOCK_ROW'],
      [{ message: 'UNABLE_TO_LOCK_ROW, unable to obtain exclusive access' }],
    ]) {
      should(classify(answer(400, body))).match({ class: 'transient.locked', code: 'UNABLE_TO_LOCK_ROW' });
    }
    should(bulkError('UNABLE_TO_LOCK_ROW').code).equal('UNABLE_TO_LOCK_ROW');
  });

  it('a duplicate rule’s answer names the records that it found, under its misspelt key', () => {
    const matchRecords = [{ record: { Id: '001000000000001AAA' } }, { record: { Id: '001000000000002AAA' } }];
    const body = [
      { message: 'Use one of these records?', errorCode: 'DUPLICATES_DETECTED', duplicateResut: { matchResults: [{ matchRecords }] } },
    ];
    should(classify(answer(400, body))).match({ class: 'conflict.duplicate', value: '001000000000001AAA, 001000000000002AAA' });
  });

  it('bulk results carry the same codes', () => {
    should(bulkError('REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --')).eql({
      code: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Name]',
      fields: ['Name'],
    });
    should(bulkError('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--').code).equal('UNABLE_TO_LOCK_ROW');
    should(bulkError('DUPLICATE_VALUE:duplicate value found: A__c: x:A__c,B__c --').fields).eql(['A__c', 'B__c']);
  });
});

describe('A record that Salesforce refuses for several reasons', () => {
  it('tells all of them, also as one of a collection', () => {
    const target = { sobject: 'Opportunity', externalIdField: 'Code__c', byId: false };
    const errors = [
      { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [CloseDate]', fields: ['CloseDate'] },
      { statusCode: 'STRING_TOO_LONG', message: 'Name: data value too large', fields: ['Name'] },
    ];
    const { failure } = resultOf(target, { key: 'ENG-1', fields: { Name: 'x' } }, { errors });
    should(failure).have.properties({ code: 'REQUIRED_FIELD_MISSING', field: 'CloseDate', record: 'Opportunity ENG-1' });
    failure!
      .issues!.map(({ code, field }) => [code, field])
      .should.deepEqual([
        ['REQUIRED_FIELD_MISSING', 'CloseDate'],
        ['STRING_TOO_LONG', 'Name'],
      ]);
    should(resultOf(target, { key: 'ENG-1', fields: {} }, { errors: errors.slice(0, 1) }).failure!.issues).equal(undefined);
  });
});
