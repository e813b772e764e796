import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { errorTable } from '../../connectors/salesforce-platform/errors/error-table.ts';
import { classify, errorsIn, failureOf } from '../../connectors/salesforce-platform/errors.ts';
import { classifyTokenAnswer, tokenErrors } from '../../connectors/salesforce-platform/errors/token-errors.ts';
import { parseDescription } from '../../connectors/salesforce-platform/query/describe.ts';
import { checkedConfig } from '../../connectors/salesforce-platform/settings.ts';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { languageOf, sentence } from '../../model/failure-sentence.ts';
import { signInWords } from '../../connectors/salesforce-platform/errors/error-words.ts';
import { resultOf } from '../../connectors/salesforce-platform/write/upsert-collection.ts';
import { bulkError } from '../../connectors/salesforce-platform/bulk/upsert-bulk.ts';

const vendor = new URL('../../../shared/vendor/salesforce/', import.meta.url);
const hasVendor = existsSync(vendor);
const captured = (name: string): string => readFileSync(new URL(name, vendor), 'utf8');
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers });

/** Codes that only the REST and Bulk 2.0 APIs know, or that are ours. */
const notInWsdl = new Set([
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'APEX_ERROR',
  'INVALIDJOB',
  'INVALIDJOBSTATE',
  'INVALIDENTITY',
  'BULK_JOB_FAILED',
  'API_ERROR',
  'TooManyLockFailure',
  'InternalServerError',
]);

describe('what Salesforce’s refusals mean', () => {
  before(() => {
    if (hasVendor) return;
    console.warn('\n*** The folder with the vendor’s contracts is absent: the tests on captured answers are skipped. ***\n');
  });

  it('every code of the table is one that the vendor’s WSDL lists, or a known one of REST and Bulk', function () {
    if (!hasVendor) return this.skip();
    const listed = new Set(
      [...captured('partner-wsdl-47.0.xml').matchAll(/enumeration value="(?:fns:)?([A-Z_]+)"/g)].map((match) => match[1]),
    );
    should(listed.size).be.above(300);
    should(Object.keys(errorTable).filter((code) => !listed.has(code) && !notInWsdl.has(code))).eql([]);
    should([...notInWsdl].filter((code) => listed.has(code))).eql([]);
  });

  it('captured error bodies are understood', function () {
    if (!hasVendor) return this.skip();
    const bodies = JSON.parse(captured('response-bodies.restforce.json')) as Record<string, unknown>;
    const classOf = (name: string, status: number) => classify(answer(status, bodies[name])).class;
    should(classOf('expired_session_response.json', 401)).equal('auth.expired');
    should(classOf('query_error_response.json', 400)).equal('contract.drift');
    should(classOf('search_error_response.json', 400)).equal('contract.invalid');
    should(classOf('sobject_describe_error_response.json', 404)).equal('contract.drift');
    should(classOf('upsert_error_response.json', 404)).equal('contract.drift');
    should(classify(answer(400, bodies['write_error_response.json'])).field).equal('foo');
    should(classifyTokenAnswer(answer(400, bodies['refresh_error_response.json']), 0).remedy).match(/sign in again/);
    should(classifyTokenAnswer(answer(400, bodies['auth_error_response.json']), 0).remedy).match(/security token/);
  });

  it('every error inside the captured exchanges has a code, and the ones that can be met have a meaning', function () {
    if (!hasVendor) return this.skip();
    const exchanges = JSON.parse(captured('captured-exchanges.cumulusci.json')) as { response: { body: unknown } }[];
    const found: string[] = [];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) found.push(...errorsIn(value).map((error) => error.code));
      if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    for (const exchange of exchanges) walk(exchange.response.body);
    should(found.length).be.above(1);
    should([...new Set(found)].filter((code) => !(code in errorTable))).eql([]);
  });

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

  for (const [status, code, wanted] of [
    [400, 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE', 'transient.unavailable'],
    [503, 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE', 'transient.unavailable'],
    [503, 'FUNCTIONALITY_TEMPORARILY_UNAVAILABLE', 'transient.unavailable'],
    [500, 'ORG_IN_MAINTENANCE', 'transient.unavailable'],
    [403, 'APEX_REST_SERVICES_DISABLED', 'auth.denied'],
    [400, 'QUERY_TOO_COMPLICATED', 'contract.invalid'],
    [400, 'TOO_MANY_APEX_REQUESTS', 'transient.throttled'],
    [400, 'REQUEST_RUNNING_TOO_LONG', 'transient.timeout'],
    // codes that the table does not have
    [429, 'INTERNAL_SERVER_ERROR', 'transient.throttled'],
    [429, 'UNKNOWN_EXCEPTION', 'transient.throttled'],
    [410, 'UNSUPPORTED_API_VERSION', 'contract.drift'],
    [500, 'INTERNAL_SERVER_ERROR', 'transient.unavailable'],
    [502, 'SOME_NEW_CODE', 'transient.unavailable'],
    [503, 'API_CURRENTLY_DISABLED', 'transient.unavailable'],
    [403, 'SOME_NEW_CODE', 'auth.denied'],
    [423, 'SOME_NEW_CODE', 'transient.locked'],
    [400, 'SOME_NEW_CODE', 'business.rejected'],
    [500, 'APEX_ERROR', 'business.rejected'],
  ] as const) {
    it(`${code} with status ${status} is ${wanted}`, () => {
      should(classify(answer(status, [{ errorCode: code, message: 'x' }])).class).equal(wanted);
    });
  }

  for (const [status, body] of [
    [302, '<html/>'],
    [302, ''],
    [403, '<html>blocked</html>'],
    [404, '<html/>'],
    [404, ''],
    [404, { message: 'no route' }],
    [400, 'Bad Request'],
    [400, { error: 'x' }],
  ] as const) {
    it(`status ${status} with ${JSON.stringify(body)} is not Salesforce’s word, and a write so answered is in doubt`, () => {
      const patch = { method: 'PATCH', url: 'sobjects/Account/1' } as const;
      should(classify(answer(status, body), patch)).match({ class: 'transient.unavailable', code: 'ANSWER_FOREIGN', outcome: 'unknown' });
      should(classify(answer(status, body), { ...patch, method: 'GET' })).not.have.property('outcome');
    });
  }

  it('where a redirect leads is told', () => {
    const moved = classify(answer(302, '', { location: 'https://www.example.com/maintenance.html?x=1' }));
    should(moved.message).match(/www\.example\.com\.$/);
  });

  it('the daily quota is told from a moment’s rush', () => {
    const body = (text: string) => [{ message: text, errorCode: 'REQUEST_LIMIT_EXCEEDED' }];
    should(classify(answer(403, body('TotalRequests Limit exceeded.'))).class).equal('quota.exhausted');
    should(classify(answer(403, body('ConcurrentRequests (Concurrent API Requests) Limit exceeded.'))).class).equal('transient.throttled');
    const header = (usage: string) => ({ 'sforce-limit-info': `api-usage=${usage}` });
    should(classify(answer(403, body('Limit überschritten.'), header('15000/15000'))).class).equal('quota.exhausted');
    const atOnce = classify(answer(403, body('ConcurrentPerOrgLongTxn Limit exceeded.'), header('15000/15000')));
    should(atOnce.class).equal('transient.throttled');
    should(atOnce.retryAfterMs).be.undefined();
    should(classify(answer(403, body('Limit überschritten.'), header('10/15000'))).class).equal('transient.throttled');
  });

  it('a session that may never use the API is not renewed for ever', () => {
    const body = (message: string) => [{ message, errorCode: 'INVALID_SESSION_ID' }];
    should(classify(answer(401, body('Session expired or invalid'))).class).equal('auth.expired');
    should(classify(answer(401, body('This session is not valid for use with the REST API'))).class).equal('auth.denied');
    should(classify(answer(401, body('Connected app is not attached to Agent'))).class).equal('auth.denied');
  });

  it('a duplicate rule’s answer names the records that it found, under its misspelt key', () => {
    const matchRecords = [{ record: { Id: '001000000000001AAA' } }, { record: { Id: '001000000000002AAA' } }];
    const body = [
      { message: 'Use one of these records?', errorCode: 'DUPLICATES_DETECTED', duplicateResut: { matchResults: [{ matchRecords }] } },
    ];
    should(classify(answer(400, body))).match({ class: 'conflict.duplicate', value: '001000000000001AAA, 001000000000002AAA' });
  });

  for (const [status, body, wanted] of [
    [502, '<html>Bad Gateway</html>', 'transient.unavailable'],
    [503, '', 'transient.unavailable'],
    [420, '', 'transient.unavailable'],
    [429, '', 'transient.throttled'],
    [500, [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred. ErrorId: 1' }], 'transient.unavailable'],
    [503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Our service is down' }], 'transient.unavailable'],
    [431, '<html/>', 'contract.invalid'],
    [410, '', 'contract.drift'],
    [401, { exceptionCode: 'INVALID_SESSION_ID', exceptionMessage: 'x' }, 'auth.expired'],
  ] as const) {
    it(`status ${status} with ${body === '' ? 'no body' : JSON.stringify(body).slice(0, 40)} is ${wanted}`, () => {
      should(classify(answer(status, body)).class).equal(wanted);
    });
  }

  it('bulk results carry the same codes', () => {
    should(bulkError('REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --')).eql({
      code: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Name]',
      fields: ['Name'],
    });
    should(bulkError('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--').code).equal('UNABLE_TO_LOCK_ROW');
    should(bulkError('DUPLICATE_VALUE:duplicate value found: A__c: x:A__c,B__c --').fields).eql(['A__c', 'B__c']);
  });

  // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
  for (const [error, description, remedy] of [
    ['invalid_grant', 'audience is invalid', /Set the audience/],
    ['invalid_grant', "user hasn't approved this consumer", /pre-authorized/],
    ['invalid_grant', 'expired access/refresh token', /sign in again/],
    ['invalid_grant', 'authentication failure', /security token/],
    ['invalid_grant', 'no valid scopes defined', /scope/],
    ['invalid_grant', 'request not supported on this domain', /My Domain/],
    ['invalid_grant', 'no client credentials user enabled', /Run-As/],
    ['invalid_grant', 'External client app is not installed in this org', /Install/],
    ['invalid_app_access', 'user is not admin approved to access this app', /permission set/],
    ['invalid_client_id', 'client identifier invalid', /consumer key/],
    ['invalid_client', 'invalid client credentials', /secret/],
    ['unsupported_grant_type', 'grant type not supported', /JWT/],
    ['inactive_user', 'user is inactive', /activate/],
    ['invalid_grant', 'ip restricted', /login IP ranges/],
    ['invalid_grant', 'user is locked', /unlock/],
    ['inactive_org', 'organization is inactive', /ask Salesforce/],
  ] as const) {
    it(`a sign-in refused with "${description}" tells what to do`, () => {
      should(classifyTokenAnswer(answer(400, { error, error_description: description }), 0)).match({
        class: 'auth.denied',
        code: error,
        remedy,
      });
    });
  }

  it('every refusal of the sign-in has a remedy of its own, and a wrong clock is told', () => {
    const remedies = signInWords().rows.map((row) => row.at(-1));
    should(new Set(remedies).size).equal(tokenErrors.length);
    const refusal = answer(
      400,
      { error: 'invalid_grant', error_description: 'invalid assertion' },
      { date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
    );
    const told = classifyTokenAnswer(refusal, Date.parse('2026-11-23T10:07:00Z'));
    should(told.class).equal('auth.denied');
    should(told.remedy).match(/clock is 420 seconds ahead/);
    should(classifyTokenAnswer(answer(400, { error: 'invalid_app_access' }), 0).remedy).match(/permission set/);
    should(classifyTokenAnswer(answer(503, '<html/>'), 0).class).equal('transient.unavailable');
  });

  describe('read in German', () => {
    const inGerman = (details: FailureDetails) => sentence(new Failure(details), languageOf('de', german));

    const thrownBy = (act: () => unknown): FailureDetails => {
      try {
        act();
      } catch (error) {
        return Failure.from(error).toJSON();
      }
      throw new Error('nothing was thrown');
    };

    it('every refusal has a German remedy, beside what Salesforce said as it is', () => {
      for (const code of Object.keys(errorTable)) {
        const refusal = failureOf({ code, message: 'Bad __value__ $& of the deal.', fields: [] });
        const read = inGerman(refusal);
        should(read.message).equal('Bad __value__ $& of the deal.', code);
        should(read.remedy).be.a.String().and.not.equal(refusal.remedy, code);
      }
      for (const { error = 'invalid_grant', description } of tokenErrors) {
        const said = description?.source.split('|')[0]?.replaceAll('\\/', '/') ?? 'nothing known';
        const refusal = classifyTokenAnswer(answer(400, { error, error_description: said }), 0);
        const read = inGerman(refusal);
        should(read.message).equal(`Salesforce hat die Anmeldung abgelehnt: ${said}.`);
        should(read.remedy).be.a.String().and.not.equal(refusal.remedy, said);
      }
    });

    it('so has each of several errors of one answer', () => {
      const errors = ['REQUIRED_FIELD_MISSING', 'STRING_TOO_LONG'].map((errorCode) => ({ errorCode, message: 'No.' }));
      const { issues = [] } = new Failure(classify(answer(400, errors)));
      should(issues.map((issue) => sentence(issue, languageOf('de', german)).remedy)).eql([
        'Füllen Sie das Pflichtfeld in der Abbildung aus.',
        'Kürzen Sie den Wert, oder verlängern Sie das Feld.',
      ]);
    });

    it('what Salesforce does not say, it is said for it', () => {
      should(inGerman(failureOf(bulkError(''))).message).equal('Salesforce nannte keinen Grund.');
      should(failureOf(bulkError('')).message).equal('Salesforce gave no reason.');
      should(inGerman(classify(answer(418, ''))).message).match(/Salesforce/);
    });

    it('a wrong clock and another address are told, too', () => {
      const refusal = answer(400, { error: 'invalid_grant' }, { date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
      should(inGerman(classifyTokenAnswer(refusal, Date.parse('2026-11-23T09:53:00Z'))).remedy).match(/420 Sekunden nach\.$/);
      const moved = answer(302, '', { location: 'https://new.my.salesforce.com/' });
      should(inGerman(classifyTokenAnswer(moved, 0)).remedy).match(/verweist auf new\.my\.salesforce\.com: Ist das Ihre/);
      should(inGerman(classify(answer(403, '<html>', { location: 'https://proxy.example/' }))).message).match(
        /verweist auf proxy\.example/,
      );
    });

    it('settings that cannot work are told', () => {
      const config = {
        loginUrl: 'https://firm.my.salesforce.com',
        flow: 'jwt-bearer',
        clientId: 'a',
        username: 'b',
        privateKey: 'c',
      } as const;
      should(inGerman(thrownBy(() => checkedConfig(config))).message).equal(
        'Der private Schlüssel ist keiner in PEM-Form ohne Passphrase.',
      );
    });

    it('an answer of another form names what was asked, and what was wanted', () => {
      should(inGerman(thrownBy(() => parseDescription([]))).message).equal(
        'Als Antwort auf die Frage nach der Beschreibung wurde ein Objekt erwartet; es kam etwas anderes.',
      );
    });
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
