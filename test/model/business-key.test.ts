import should from 'should';
import fc from 'fast-check';
import { codeOfPart, joinedKey, keyPart } from '../../model/business-key.ts';
import { demandCode, olderCodes, phaseCode, taskCode } from '../../model/engagement-parts.ts';
import { samplePhase } from './sample-engagement.ts';

/** Codes as they are made to be taken for one another. */
const code = fc.string({ unit: fc.constantFrom('A', '1', '/', '%', '2', 'F', '5', '@', '#', '-'), minLength: 1, maxLength: 8 });

describe('A key of several codes', () => {
  it('reads as it always did when no code has a joint in it', () => {
    taskCode('ENG-0001', 'P1', 'T1').should.equal('ENG-0001/P1/T1');
    joinedKey('@', ['ACC-0001', 'DE01']).should.equal('ACC-0001@DE01');
    keyPart('100% of A.B|C').should.equal('100% of A.B|C');
  });

  it('is the key of these codes and no others', () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 4 }), fc.array(code, { minLength: 1, maxLength: 4 }), (one, other) => {
        for (const joint of ['/', '@'] as const) {
          joinedKey(joint, one)
            .split(joint)
            .map((part) => codeOfPart(part, [joint]))
            .should.deepEqual(one);
          (joinedKey(joint, one) === joinedKey(joint, other)).should.equal(JSON.stringify(one) === JSON.stringify(other));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells a phase P1/T1 from task T1 of P1, a call-off C123/1 from phase 1 of C123, and a need S1#2 from the second head of S1', () => {
    phaseCode('E9', 'P1/T1').should.not.equal(taskCode('E9', 'P1', 'T1'));
    phaseCode('C123/1', 'ANA').should.not.equal(taskCode('C123', '1', 'ANA'));
    demandCode('E9', 'S1#2').should.not.equal(`${demandCode('E9', 'S1')}#2`);
  });

  it('is known by what earlier versions called it, unless that may be two things', () => {
    const phases = (codes: [string, string[]][]) =>
      codes.map(([phase, tasks]) => samplePhase(phase, 'DE01', { tasks: tasks.map((task) => ({ code: task, name: task })) }));
    [...olderCodes({ code: 'C123/1', phases: phases([['ANA', ['T1']]]) })].should.deepEqual([
      ['C123/1/ANA', 'C123%2F1/ANA'],
      ['C123/1/ANA/T1', 'C123%2F1/ANA/T1'],
    ]);
    const both = {
      code: 'E9',
      phases: phases([
        ['P1', ['T1']],
        ['P1/T1', []],
      ]),
    };
    should([...olderCodes(both)]).deepEqual([]);
  });
});
