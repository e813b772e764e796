import should from 'should';
import { SandboxClock } from '../../sandbox/clock.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import type { Failure } from '../../sandbox/salesforce/failure.ts';
import { runQuery } from '../../sandbox/salesforce/soql/run.ts';
import { recordsOf } from '../../sandbox/salesforce/store/records.ts';
import type { SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

const ACCOUNT = '0015g000000000AAAQ';
const NOW = new Date('2026-11-23T12:00:00Z');

describe('SOQL in the Salesforce sandbox', () => {
  let sim: Simulator<SalesforceState>;

  before(() => {
    const clock = new SandboxClock();
    clock.set(NOW);
    sim = new Simulator(salesforce, { port: 0, clock });
    const opportunity = (Name: string, values: Record<string, unknown>) => ({
      attributes: { type: 'Opportunity' },
      Name,
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
      ...values,
    });
    sim.definition.load(sim, {
      records: [
        { attributes: { type: 'Account' }, Id: ACCOUNT, Name: "O'Neil & Söhne", Industry: 'Banking' },
        opportunity('Alpha', { Amount: 100, AccountId: ACCOUNT, SystemModstamp: '2026-11-20T10:00:00Z', StageName: 'Closed Won' }),
        opportunity('beta', { Amount: 110, CurrencyIsoCode: 'USD', SystemModstamp: '2026-11-23T09:00:00Z', CloseDate: '2026-11-23' }),
        opportunity('Gamma_1', { SystemModstamp: '2026-11-23T09:00:00Z', CloseDate: '2027-01-15', StageName: 'Closed Won' }),
        opportunity('Delta', { Amount: 50.5, AccountId: ACCOUNT, SystemModstamp: '2026-11-22T09:00:00Z', CloseDate: '2026-11-30' }),
      ],
    });
    const need = { attributes: { type: 'Staffing_Need__c' }, Opportunity__c: Object.keys(sim.state.records['Opportunity']!)[0] };
    sim.definition.load(sim, {
      records: [
        { ...need, Code__c: 'N1', Skills__c: 'Java;SAP' },
        { ...need, Code__c: 'N2', Skills__c: 'SAP' },
      ],
    });
  });

  const run = (query: string) => runQuery({ records: recordsOf(sim.state), now: NOW, query, version: '66.0', deleted: false });
  const names = (where: string): unknown[] => run(`SELECT Name FROM Opportunity WHERE ${where}`).records.map((each) => each['Name']);

  const filters: [string, string, string[]][] = [
    ['text compares without regard to case', "Name = 'ALPHA'", ['Alpha']],
    ['AND, OR and parentheses', "(Name = 'Alpha' OR Name = 'beta') AND Amount > 105", ['beta']],
    ['NOT reaches one condition', "NOT Name = 'Alpha' AND Amount != null", ['beta', 'Delta']],
    ['NOT reaches a group', "NOT (Name = 'Alpha' OR Name = 'Delta')", ['beta', 'Gamma_1']],
    ['a missing amount is neither above nor below', 'Amount > 0 OR Amount <= 0', ['Alpha', 'beta', 'Delta']],
    ['!= finds records without a value', 'Amount != 100', ['beta', 'Gamma_1', 'Delta']],
    ['LIKE with % and _', "Name LIKE '_e%'", ['beta', 'Delta']],
    ['LIKE with an escaped underscore', "Name LIKE '%a\\_1'", ['Gamma_1']],
    ['IN and NOT IN', "Name IN ('Alpha','beta') AND Name NOT IN ('beta')", ['Alpha']],
    ['a quote in a literal', "Account.Name = 'O\\'Neil & Söhne'", ['Alpha', 'Delta']],
    ['a parent that is not there', 'AccountId = null', ['beta', 'Gamma_1']],
    ['booleans', 'IsWon = true', ['Alpha', 'Gamma_1']],
    ['15-character ids', `AccountId = '${ACCOUNT.slice(0, 15)}'`, ['Alpha', 'Delta']],
    ['datetimes in another zone', 'SystemModstamp >= 2026-11-23T10:00:00+01:00', ['beta', 'Gamma_1']],
    ['datetimes without regard to milliseconds', 'SystemModstamp = 2026-11-22T09:00:00.999Z', ['Delta']],
    ['TODAY on a date', 'CloseDate = TODAY', ['beta']],
    ['TODAY on a datetime', 'SystemModstamp = TODAY', ['beta', 'Gamma_1']],
    ['LAST_N_DAYS includes today', 'SystemModstamp = LAST_N_DAYS:1', ['beta', 'Gamma_1', 'Delta']],
    ['NEXT_N_DAYS', 'CloseDate = NEXT_N_DAYS:7', ['Delta']],
    ['THIS_MONTH', 'CloseDate = THIS_MONTH', ['beta', 'Delta']],
    ['NEXT_YEAR', 'CloseDate = NEXT_YEAR', ['Gamma_1']],
    ['before a range', 'SystemModstamp < LAST_N_DAYS:1', ['Alpha']],
    ['date functions', 'CALENDAR_YEAR(CloseDate) = 2027', ['Gamma_1']],
    ['a semi-join', "AccountId IN (SELECT Id FROM Account WHERE Industry = 'Banking')", ['Alpha', 'Delta']],
    [
      'the tie-break of a watermark',
      "(SystemModstamp = 2026-11-23T09:00:00Z AND Name > 'beta') OR SystemModstamp > 2026-11-23T09:00:00Z",
      ['Gamma_1'],
    ],
  ];
  for (const [what, where, expected] of filters) {
    it(`filters: ${what}`, () => {
      [...names(where)].sort().should.eql([...expected].sort());
    });
  }

  it('filters multi-select picklists', () => {
    const codes = (where: string) => run(`SELECT Code__c FROM Staffing_Need__c WHERE ${where}`).records.map((each) => each['Code__c']);
    codes("Skills__c INCLUDES ('Java;SAP')").should.eql(['N1']);
    codes("Skills__c INCLUDES ('Java','SAP')").should.eql(['N1', 'N2']);
    codes("Skills__c EXCLUDES ('Java')").should.eql(['N2']);
  });

  it('orders with nulls first unless told otherwise, and slices', () => {
    const order = (clause: string) => run(`SELECT Name FROM Opportunity ORDER BY ${clause}`).records.map((each) => each['Name']);
    order('Amount').should.eql(['Gamma_1', 'Delta', 'Alpha', 'beta']);
    order('Amount DESC NULLS LAST').should.eql(['beta', 'Alpha', 'Delta', 'Gamma_1']);
    order('SystemModstamp DESC, Name').should.eql(['beta', 'Gamma_1', 'Delta', 'Alpha']);
    order('Name LIMIT 2 OFFSET 1').should.eql(['beta', 'Delta']);
  });

  it('counts and sums, amounts in the corporate currency', () => {
    should(run('SELECT COUNT() FROM Opportunity').totalSize).equal(4);
    const [all] = run('SELECT COUNT(Id), SUM(Amount) total, MIN(CloseDate), COUNT_DISTINCT(AccountId) FROM Opportunity').records;
    should(all).eql({ attributes: { type: 'AggregateResult' }, expr0: 4, total: 250.5, expr1: '2026-11-23', expr2: 1 });
    const groups = run('SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1 ORDER BY StageName').records;
    groups
      .map((each) => [each['StageName'], each['n']])
      .should.eql([
        ['Closed Won', 2],
        ['Prospecting', 2],
      ]);
    const years = run(
      'SELECT CALENDAR_YEAR(CloseDate), COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate)',
    ).records;
    years
      .map((each) => [each['expr0'], each['expr1']])
      .should.eql([
        [2026, 3],
        [2027, 1],
      ]);
    const parents = run(
      'SELECT Account.Name, COUNT(Id) FROM Opportunity GROUP BY Account.Name ORDER BY COUNT(Id) DESC, Account.Name',
    ).records;
    parents.map((each) => each['Name']).should.eql([null, "O'Neil & Söhne"]);
  });

  it('pages by id without losing or repeating a record', () => {
    const own = new Simulator(salesforce, { port: 0 });
    own.definition.load(own, { records: Array.from({ length: 200 }, (_e, n) => ({ attributes: { type: 'Account' }, Name: `A${n}` })) });
    const seen: string[] = [];
    for (let last = '001000000000000'; ; last = seen.at(-1) as string) {
      const query = `SELECT Id FROM Account WHERE Id > '${last}' ORDER BY Id LIMIT 7`;
      const { records } = runQuery({ records: recordsOf(own.state), now: NOW, query, version: '66.0', deleted: false });
      if (records.length === 0) break;
      seen.push(...records.map((each) => String(each['Id'])));
    }
    should(new Set(seen).size).equal(200);
    should(seen).have.length(200);
  });

  it('converts an amount, and gives an alias its value', () => {
    const [row] = run("SELECT o.Name, convertCurrency(Amount) euro, o.Account.Name FROM Opportunity o WHERE o.Name = 'beta'").records;
    should(row).containEql({ Name: 'beta', euro: 100, Account: null });
  });

  it('answers all fields only with a limit', () => {
    const [row] = run('SELECT FIELDS(ALL) FROM Account LIMIT 200').records;
    should(row).have.properties(['Id', 'Account_Code__c', 'BillingAddress', 'SystemModstamp']);
    should(() => run('SELECT FIELDS(ALL) FROM Account')).throw(/must have a LIMIT of at most 200/);
  });

  const refusals: [string, string, string, RegExp][] = [
    [
      'an unknown column',
      'SELECT Foo FROM Account',
      'INVALID_FIELD',
      /\nSELECT Foo FROM Account\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'/,
    ],
    ['an unknown parent', 'SELECT Foo.Name FROM Account', 'INVALID_FIELD', /Didn't understand relationship 'Foo' in field path/],
    ['an unknown child list', 'SELECT (SELECT Id FROM Foos) FROM Account', 'INVALID_TYPE', /'Foos' in FROM part of query call/],
    [
      'a number in quotes',
      "SELECT Id FROM Opportunity WHERE Amount = '5'",
      'INVALID_FIELD',
      /must be of type double and should not be enclosed in quotes/,
    ],
    [
      'a text without quotes',
      'SELECT Id FROM Opportunity WHERE Name = 5',
      'INVALID_FIELD',
      /must be of type string and should be enclosed in quotes/,
    ],
    ['a date for a datetime', 'SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', /must be of type dateTime/],
    ['a long text in WHERE', "SELECT Id FROM Opportunity WHERE Description = 'x'", 'INVALID_FIELD', /can not be filtered/],
    [
      'a mix of AND and OR',
      "SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Phone = 'c'",
      'MALFORMED_QUERY',
      /unexpected token: 'AND'/,
    ],
    [
      'a column that is not grouped',
      'SELECT Name, COUNT(Id) FROM Account GROUP BY Phone',
      'MALFORMED_QUERY',
      /Field must be grouped or aggregated: Name/,
    ],
    ['an id that is none', "SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: x/],
    ['a column twice', 'SELECT Id, Id FROM Account', 'MALFORMED_QUERY', /duplicate field selected: Id/],
    ['no query', 'hello', 'MALFORMED_QUERY', /unexpected token: 'hello'/],
  ];
  for (const [what, query, code, message] of refusals) {
    it(`refuses ${what}`, () => {
      let caught: unknown;
      try {
        run(query);
      } catch (error) {
        caught = error;
      }
      const [error] = (caught as Failure).errors;
      should(error?.code).equal(code);
      should(error?.message).match(message);
    });
  }
});
