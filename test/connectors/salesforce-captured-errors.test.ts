import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { errorTable } from '../../connectors/salesforce-platform/errors/error-table.ts';
import { classify, errorsIn } from '../../connectors/salesforce-platform/errors.ts';
import { classifyTokenAnswer } from '../../connectors/salesforce-platform/errors/token-errors.ts';

const vendor = new URL('../../../shared/vendor/salesforce/', import.meta.url);
const hasVendor = existsSync(vendor);
const captured = (name: string): string => readFileSync(new URL(name, vendor), 'utf8');
const answer = (status: number, body: unknown) => ({ status, body, headers: {} });

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

describe('what Salesforce’s refusals mean, by its own lists and answers', () => {
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
});
