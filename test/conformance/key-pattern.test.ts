import should from 'should';
import type { WriteFacts } from '../../declarations/operation-facts.ts';
import { keyPattern, writeOf } from './key-pattern.ts';

describe('A declared business key', () => {
  for (const [key, fits, not] of [
    [
      'projectTask CODE/PHASE[/TASK]',
      ['projectTask ENG-1/P1', 'projectTask ENG-1/P1/T1'],
      ['projectTask ENG-1', 'projecttask ENG-1/P1', 'a projectTask ENG-1/P1'],
    ],
    ['timeBill ENTRY', ['timeBill kantata:4711'], ['timeBill', 'timeBills kantata:4711']],
    ['skill CODE[#HEAD] NAME', ['skill ENG-1/S1 SAP', 'skill ENG-1/S1#2 SAP FI', 'skill ENG.1/(S1) C++'], ['skill SAP']],
    ['reference of …', ['reference of story ENG-1/P1'], ['reference of ', 'story ENG-1/P1']],
    ['wait', ['wait'], ['wait for it', 'await']],
  ] as const) {
    it(`${key} is that of its writes, and of no other`, () => {
      fits.filter((business) => !keyPattern(key).test(business)).should.deepEqual([]);
      not.filter((business) => keyPattern(key).test(business)).should.deepEqual([]);
    });
  }

  it('belongs to the write that says most of it', () => {
    const write = (key: string) => ({ keys: [key] }) as unknown as WriteFacts;
    const [job, billing] = [write('job CODE'), write('job CODE billingSchedule')];
    should(writeOf('job ENG-1 billingSchedule', [job, billing])).equal(billing);
    should(writeOf('job ENG-1', [job, billing])).equal(job);
    should(writeOf('customer ACC-1', [job, billing])).equal(undefined);
  });
});
