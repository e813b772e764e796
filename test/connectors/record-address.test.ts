import 'should';
import should from 'should';
import { systems } from '../../connectors/systems.ts';

const of = (system: string, values: Record<string, string>, key: string, id: string) =>
  systems.find(({ name }) => name === system)!.recordAddress!(values, { key, id });

describe('Where people see a record that was written', () => {
  const account = { accountId: '1234567_SB1' };
  for (const [system, values, key, id, address] of [
    ['netsuite', account, 'job ENG-0001', '42', 'https://1234567-sb1.app.netsuite.com/app/accounting/project/project.nl?id=42'],
    ['netsuite', account, 'change customer C-7', '42', 'https://1234567-sb1.app.netsuite.com/app/common/entity/custjob.nl?id=42'],
    ['netsuite', account, 'timeBill k-1', '42', 'https://1234567-sb1.app.netsuite.com/app/accounting/transactions/timebill.nl?id=42'],
    [
      'netsuite',
      account,
      'expenseReport k-1',
      '42',
      'https://1234567-sb1.app.netsuite.com/app/accounting/transactions/transaction.nl?id=42',
    ],
    [
      'netsuite',
      { ...account, baseUrl: 'https://1234567-sb1.suitetalk.api.netsuite.com/' },
      'job ENG-0001',
      '42',
      'https://1234567-sb1.app.netsuite.com/app/accounting/project/project.nl?id=42',
    ],
    ['kantata', {}, 'workspace ENG-0001', '42', 'https://app.mavenlink.com/workspaces/42'],
    ['kantata', { baseUrl: 'https://api.mavenlink.com/api/v1' }, 'change workspace E', '42', 'https://app.mavenlink.com/workspaces/42'],
    [
      'salesforce',
      { loginUrl: 'https://firm.my.salesforce.com' },
      'Opportunity x',
      '006AC000001aBcDEFG',
      'https://firm.my.salesforce.com/006AC000001aBcDEFG',
    ],
  ] as const) {
    it(`${system}, ${key}: ${address}`, () => should(of(system, values, key, id)).equal(address));
  }

  it('is not said where it is not known, nor where an id is none', () => {
    for (const [system, values, key, id] of [
      ['netsuite', account, 'assignment A-1', '42'],
      ['netsuite', account, 'constructor x', '42'],
      ['netsuite', account, 'job ENG-0001', '42&x=y'],
      ['netsuite', { accountId: 'evil.example/' }, 'job ENG-0001', '42'],
      ['netsuite', { ...account, baseUrl: 'http://127.0.0.1:4101' }, 'job ENG-0001', '42'],
      ['kantata', {}, 'story S-1', '42'],
      ['kantata', { baseUrl: 'http://127.0.0.1:4102' }, 'workspace ENG-0001', '42'],
      ['salesforce', { loginUrl: 'https://login.salesforce.com' }, 'Opportunity x', '006AC000001aBcDEFG'],
      ['salesforce', { loginUrl: 'https://firm.my.salesforce.com.evil.example' }, 'Opportunity x', '006AC000001aBcDEFG'],
      ['salesforce', { loginUrl: 'https://firm.my.salesforce.com' }, 'Opportunity x', '../setup'],
    ] as const)
      should(of(system, values, key, id)).be.undefined();
  });
});
