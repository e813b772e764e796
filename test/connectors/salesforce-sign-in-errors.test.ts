import should from 'should';
import { classifyTokenAnswer, tokenErrors } from '../../connectors/salesforce-platform/errors/token-errors.ts';
import { signInWords } from '../../connectors/salesforce-platform/errors/error-words.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers });

describe('what a sign-in that Salesforce refuses means', () => {
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
});
