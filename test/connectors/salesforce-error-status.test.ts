import should from 'should';
import { classify } from '../../connectors/salesforce-platform/errors.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers });

describe('what Salesforce’s refusals mean by their status', () => {
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
});
