import should from 'should';
import eventIn from '../../nodes/business/event-in/declaration.ts';
import canonicalMap from '../../nodes/data/canonical-map/declaration.ts';
import { fieldIssue, isActive, missingSecrets, type Syntax } from '../../nodes/editor/field-rules.ts';
import { environmentVariable } from '../../declarations/environment-variable.ts';
import erpConnection from '../../nodes/erp/connection/declaration.ts';
import postTimesheet from '../../nodes/erp/post-timesheet/declaration.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import salesforceConnection from '../../nodes/salesforce/connection/declaration.ts';
import opportunityIn from '../../nodes/salesforce/opportunity-in/declaration.ts';

const syntax: Syntax = {
  jsonata: (expression) => (expression.includes('}') ? undefined : 'Expected "}"'),
  property: (expression) => (/^[\w.]+$/.test(expression) ? undefined : 'Invalid property'),
};

function check(declaration: NodeDeclaration, values: Record<string, unknown>, name: string): string | undefined {
  const field = declaration.fields.find((candidate) => candidate.name === name);
  should.exist(field, name);
  return fieldIssue(declaration, field!, values[name], (other) => values[other], syntax)?.key;
}

/** as Node-RED writes it in a field: https://nodered.org/docs/user-guide/environment-variables */
const inEnvironment = (name: string) => `\${${name}}`;

describe('a form', () => {
  it('asks for the secrets of the chosen sign-in only', () => {
    const missing = (values: Record<string, unknown>) =>
      missingSecrets(salesforceConnection, (name) => values[name]).map((field) => field.name);
    missing({ flow: 'jwt-bearer' }).should.eql(['clientId', 'username', 'privateKey']);
    missing({ flow: 'client-credentials', clientId: 'x' }).should.eql(['clientSecret']);
    missing({ flow: 'refresh-token', clientId: 'x', clientSecret: '__PWRD__' }).should.eql(['refreshToken']);
    missing({ flow: 'username-password' }).should.eql(['clientId', 'clientSecret', 'username', 'password']);
  });

  it('asks for no secret when the environment stands in for them', () => {
    missingSecrets(erpConnection, (name) => ({ auth: 'tba', environment: 'NETSUITE' })[name]).should.be.empty();
    should(check(erpConnection, { auth: 'oauth2', environment: 'NETSUITE' }, 'accountId')).equal(undefined);
    should(check(erpConnection, { auth: 'oauth2', environment: ' ' }, 'accountId')).equal('required');
  });

  it('takes a reference to an environment variable for any value', () => {
    should(check(postTimesheet, { batchSize: inEnvironment('BATCH') }, 'batchSize')).equal(undefined);
    should(check(erpConnection, { baseUrl: inEnvironment('NETSUITE_URL') }, 'baseUrl')).equal(undefined);
  });

  it('keeps numbers in their range', () => {
    const size = (batchSize: unknown) => check(postTimesheet, { batchSize }, 'batchSize');
    should(size(100)).equal(undefined);
    should(size('1000')).equal(undefined);
    should(size(0)).equal('min');
    should(size(1001)).equal('max');
    should(size('10.5')).equal('integer');
    should(size('ten')).equal('number');
    should(size('')).equal('required');
  });

  it('accepts a schedule that comes due and no other', () => {
    const schedule = (text: string) => check(postTimesheet, { schedule: text }, 'schedule');
    should(schedule('')).equal(undefined);
    should(schedule('0 18 * * 5')).equal(undefined);
    should(schedule('every friday')).equal('cron');
    should(schedule('61 18 * * 5')).equal('cron');
    should(schedule('0 0 30 2 *')).equal('cronNever');
  });

  it('accepts a day that exists as the start', () => {
    const since = (text: string) => check(opportunityIn, { since: text }, 'since');
    should(since('')).equal(undefined);
    should(since('2028-02-29')).equal(undefined);
    should(since('2026-02-29')).equal('date');
    should(since('01.03.2026')).equal('date');
  });

  it('wants stages only when stages start a run', () => {
    should(check(opportunityIn, { rule: 'won', stages: '' }, 'stages')).equal(undefined);
    should(check(opportunityIn, { rule: 'stages', stages: '' }, 'stages')).equal('required');
    should(check(opportunityIn, { rule: 'condition', stages: '', condition: '' }, 'condition')).equal('required');
  });

  it('marks an expression that cannot be read, but only when it is used', () => {
    should(check(canonicalMap, { preset: 'custom', expression: '{ "code": Id' }, 'expression')).equal('jsonata');
    should(check(canonicalMap, { preset: 'custom', expression: '{ "code": Id }' }, 'expression')).equal(undefined);
    should(check(canonicalMap, { preset: 'opportunity-to-engagement', expression: '{ "code": Id' }, 'expression')).equal(undefined);
  });

  it('sends credentials nowhere unencrypted, except to this machine', () => {
    const url = (loginUrl: string) => check(salesforceConnection, { loginUrl }, 'loginUrl');
    should(url('https://acme.my.salesforce.com')).equal(undefined);
    should(url('http://127.0.0.1:4100')).equal(undefined);
    should(url('http://localhost:4100')).equal(undefined);
    should(url('http://acme.my.salesforce.com')).equal('https');
    should(url('acme.my.salesforce.com')).equal('url');
  });

  it('takes a path that stands in an address as it is, and no other', () => {
    const path = (text: string) => check(eventIn, { path: text }, 'path');
    for (const good of ['events/time-approved', '/events/v1.2/time_approved~', 'events/']) should(path(good)).equal(undefined, good);
    for (const bad of [
      '/',
      'a//b',
      'events/:id',
      'events/*',
      'zeit/ä',
      'a b',
      '../flows',
      'a/./b',
      'a?b',
      'https://a/b',
      'x'.repeat(201),
    ]) {
      should(path(bad)).equal('path', bad);
    }
    should(path(' ')).equal('required');
  });

  it('wants a name that a header can have', () => {
    const header = (text: string) => check(eventIn, { signature: 'hmac-sha256', signatureHeader: text }, 'signatureHeader');
    should(header('X-Hub-Signature-256')).equal(undefined);
    should(header('X Signature')).equal('header');
    should(header('X-Signature:')).equal('header');
    should(header('')).equal('required');
    should(check(eventIn, { signature: 'bearer', signatureHeader: '' }, 'signatureHeader')).equal(undefined);
  });

  it('asks for the secret of a webhook unless nothing is signed', () => {
    const missing = (values: Record<string, unknown>) => missingSecrets(eventIn, (name) => values[name]).map((field) => field.name);
    missing({ signature: 'standard-webhooks' }).should.eql(['secret']);
    missing({ signature: 'standard-webhooks', environment: 'TIME_EVENTS' }).should.be.empty();
    missing({ signature: 'none' }).should.be.empty();
  });

  it('shows a field while another has the value it belongs to', () => {
    const key = salesforceConnection.fields.find((field) => field.name === 'privateKey')!;
    isActive(salesforceConnection, key, () => 'jwt-bearer').should.be.true();
    isActive(salesforceConnection, key, () => 'refresh-token').should.be.false();
  });
});

describe('the environment prefix', () => {
  it('names the variable of a field in upper snake case', () => {
    environmentVariable('ACME', 'loginUrl').should.equal('ACME_LOGIN_URL');
    environmentVariable('ACME', 'clientId').should.equal('ACME_CLIENT_ID');
    environmentVariable('acme_sf', 'privateKey').should.equal('ACME_SF_PRIVATE_KEY');
  });
});
