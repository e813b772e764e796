import * as fc from 'fast-check';
import should from 'should';
import { boundSoql } from '../../connectors/salesforce-platform/query/bound-soql.ts';
import { soqlTokens } from '../../connectors/salesforce-platform/query/soql-tokens.ts';
import { soqlValue } from '../../connectors/salesforce-platform/query/soql-value.ts';
import { Failure } from '../../model/failure.ts';

const bound = (query: string, values: Record<string, unknown> = {}) => boundSoql(query, values);
const refused = (query: string, values: Record<string, unknown> = {}) => {
  try {
    bound(query, values);
  } catch (error) {
    return Failure.from(error);
  }
  throw new Error(`it was taken: ${query}`);
};

describe('Values in a SOQL query', () => {
  it('stand where their name stands, and nowhere else', () => {
    const { soql } = bound(
      "SELECT Id FROM Account WHERE Name = :name AND Description = ':name' AND CreatedDate > 2026-03-01T08:00:00Z AND Id IN :ids",
      {
        name: "a'b",
        ids: ['1', '2'],
      },
    );
    soql.should.equal(
      "SELECT Id FROM Account WHERE Name = 'a\\'b' AND Description = ':name' AND CreatedDate > 2026-03-01T08:00:00Z AND Id IN ('1', '2')",
    );
    bound('SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:days LIMIT :most', { days: 30, most: 5 }).soql.should.endWith(
      'LAST_N_DAYS:30 LIMIT 5',
    );
    bound('SELECT Id FROM Account WHERE Id = :account.id', { account: { id: '001' } }).soql.should.endWith("Id = '001'");
  });

  it('are one text each, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '\\', '"', ':', '(', ')', '%', '_', 'a', '\n', ' ') })),
        (name) => {
          const query = 'SELECT Id FROM Account WHERE (Name = :name) LIMIT 1';
          const tokens = [...soqlTokens(bound(query, { name }).soql)].filter(({ kind }) => kind !== 'space');
          const before = [...soqlTokens(query)].filter(({ kind }) => kind !== 'space');
          should(tokens.map(({ kind }) => kind)).deepEqual(before.map(({ kind }) => (kind === 'bind' ? 'text' : kind)));
        },
      ),
    );
  });

  it('say what they are where a text would be another thing', () => {
    should(soqlValue({ date: '2026-02-28' })).equal('2026-02-28');
    should(soqlValue({ datetime: '2026-03-01T08:00:00+01:00' })).equal('2026-03-01T07:00:00.000Z');
    should(soqlValue({ number: '12.50' })).equal('12.50');
    should(soqlValue({ startsWith: "50%_'" })).equal("'50\\%\\_\\'%'");
    should(soqlValue({ contains: 'a\\b' })).equal("'%a\\\\b%'");
    should(soqlValue(1e21)).equal('1000000000000000000000');
    should(soqlValue(0)).equal('0');
    should(soqlValue(null)).equal('null');
    for (const value of [
      { date: '2026-02-30' },
      { datetime: '2026-03-01T08:00:00' },
      { datetime: 'Tue, 3 Mar 2026 08:00:00 Z' },
      { date: "x' OR 1" },
      { number: '1 OR 2' },
      { a: 'b' },
      {},
      [],
      [[]],
      NaN,
      () => 1,
      { __proto__: 'x' },
    ]) {
      should(soqlValue(value)).equal(undefined, JSON.stringify(value));
    }
  });

  it('that are missing, empty or none are refused by name', () => {
    refused('SELECT Id FROM Account WHERE Id = :id').should.match({ class: 'contract.invalid', code: 'QUERY_WRONG', field: 'id' });
    refused('SELECT Id FROM Account WHERE Id IN :ids', { ids: [] }).should.match({ code: 'QUERY_WRONG', field: 'ids' });
    refused('SELECT Id FROM Account WHERE Id = :toString').should.match({ code: 'QUERY_WRONG', field: 'toString' });
    refused('SELECT Id FROM Account WHERE Id = :id', { id: { a: 1 } }).should.match({ code: 'QUERY_WRONG', field: 'id' });
  });

  it('tell what a query asks, and that it only asks', () => {
    bound('SELECT Id, (SELECT Id FROM Contacts) FROM Account').should.match({ sobject: 'Account', pagesOnly: true });
    bound('SELECT COUNT(Id) FROM Account').pagesOnly.should.equal(true);
    bound('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)').should.match({ sobject: 'Account', pagesOnly: false });
    for (const query of [
      'DELETE FROM Account',
      '',
      'SELECT Id',
      'SELECT Id FROM Account WHERE (Id',
      'SELECT Id FROM Account FOR UPDATE',
      'SELECT Id FROM Account FOR VIEW',
    ]) {
      refused(query).should.match({ class: 'contract.invalid', code: 'QUERY_WRONG' });
    }
  });
});
