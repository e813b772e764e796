import { Readable } from 'node:stream';
import { generateKeyPairSync } from 'node:crypto';
import should from 'should';
import { createSalesforce, type SalesforceConfig } from '../../connectors/salesforce/connector.ts';
import { csvOf, csvRows } from '../../connectors/salesforce-platform/bulk/csv.ts';
import { longId } from '../../connectors/salesforce-platform/wire/record-id.ts';
import { sameValue } from '../../connectors/salesforce-platform/write/same-value.ts';
import { instantOf, soqlText } from '../../connectors/salesforce-platform/query/soql.ts';
import { Failure } from '../../model/failure.ts';

describe('Salesforce connection settings', () => {
  const good: SalesforceConfig = {
    loginUrl: 'https://acme.my.salesforce.com',
    flow: 'client-credentials',
    clientId: 'key',
    clientSecret: 'secret',
  };
  const refused = (change: Partial<SalesforceConfig>): Failure => {
    try {
      createSalesforce({ ...good, ...change });
    } catch (error) {
      return Failure.from(error);
    }
    throw new Error('was accepted');
  };

  it('a complete connection is accepted', () => {
    should(createSalesforce(good).system).equal('salesforce');
  });

  it('the address of the user interface is refused, and the right one named', () => {
    should(refused({ loginUrl: 'https://acme.lightning.force.com' })).match({ field: 'loginUrl', remedy: /acme\.my\.salesforce\.com/ });
  });

  it('client credentials are refused on the general login address', () => {
    should(refused({ loginUrl: 'https://login.salesforce.com' })).match({ field: 'loginUrl', remedy: /My Domain|my\.salesforce/ });
  });

  it('an address without encryption is refused', () => {
    should(refused({ loginUrl: 'http://acme.my.salesforce.com' }).code).equal('URL_NOT_SAFE');
  });

  it('each flow names the field that it misses', () => {
    should(refused({ clientSecret: '' }).field).equal('clientSecret');
    should(refused({ flow: 'refresh-token' }).field).equal('refreshToken');
    should(refused({ flow: 'jwt-bearer', username: 'a@b.example' }).field).equal('privateKey');
    should(refused({ flow: 'username-password', username: 'a' }).field).equal('password');
    should(refused({ apiVersion: 'latest' }).field).equal('apiVersion');
  });

  it('a private key that is not an RSA key is refused without being quoted', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const privateKey of [ec, 'not a key']) {
      const failure = refused({ flow: 'jwt-bearer', username: 'a@b.example', privateKey });
      should(failure.field).equal('privateKey');
      should(JSON.stringify(failure)).not.match(new RegExp(privateKey.split('\n')[1] ?? 'not a key'));
    }
  });

  it('a key with typed line ends and one in the older form are accepted', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const pem = privateKey.export({ type, format: 'pem' }).toString();
      for (const text of [pem, pem.replaceAll('\n', '\\n')]) {
        should(createSalesforce({ ...good, flow: 'jwt-bearer', username: 'a@b.example', privateKey: text }).system).equal('salesforce');
      }
    }
  });
});

describe('Salesforce values', () => {
  it('a value that Salesforce stored in its own form counts as the same', () => {
    for (const [sent, stored] of [
      ['Provisioned', 'Provisioned'],
      [' trailing ', 'trailing'],
      ['', null],
      [null, null],
      [1250.5, 1250.5],
      ['1250.50', 1250.5],
      [true, true],
      ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000+0000'],
      ['2026-11-23T11:00:00+01:00', '2026-11-23T10:00:00.000+0000'],
      ['0060000000000Ab', longId('0060000000000Ab')],
    ] as const)
      should(sameValue(sent, stored)).be.true(`${sent} = ${stored}`);
  });

  it('a value that differs is sent again', () => {
    for (const [sent, stored] of [
      ['Failed', 'Pending'],
      [null, 'x'],
      ['x', null],
      [1250.5, 1250.51],
      [true, false],
      ['2026-11-23T10:00:01Z', '2026-11-23T10:00:00.000+0000'],
      ['a', 'A'],
    ] as const)
      should(sameValue(sent, stored)).be.false(`${sent} ≠ ${stored}`);
  });

  it('a short id grows the suffix that Salesforce gives it', () => {
    should(longId('00DD0000000JZ4z')).equal('00DD0000000JZ4zMAG');
    should(longId('0013000000Hgd1m')).have.length(18);
  });

  it('text in a query cannot end its literal', () => {
    should(soqlText("O'Neill \\ 'x'")).equal("'O\\'Neill \\\\ \\'x\\''");
  });

  it('instants are read in the form Salesforce writes them', () => {
    should(instantOf('2026-11-23T02:10:00.000+0000')).equal('2026-11-23T02:10:00.000Z');
  });

  it('bulk files keep null, absence, quotes and references apart', async () => {
    const text = csvOf([
      { Code__c: 'A', Name: 'Say "hi",\nplease', Note__c: null, Account: { Account_Code__c: 'ACC-1' } },
      { Code__c: 'B', Amount__c: 12.5, Name: '' },
    ]);
    const rows: Record<string, string>[] = [];
    for await (const row of csvRows(Readable.from([text.slice(0, 11), text.slice(11)]))) rows.push(row);
    const [first, second] = rows;
    should(first).eql({ Code__c: 'A', Name: 'Say "hi",\nplease', Note__c: '#N/A', 'Account.Account_Code__c': 'ACC-1', Amount__c: '' });
    should(second).eql({ Code__c: 'B', Name: '#N/A', Note__c: '', 'Account.Account_Code__c': '', Amount__c: '12.5' });
  });
});
