import 'should';
import should from 'should';
import { groupDeadLetters } from '../../console/views/group-dead-letters.ts';
import { deadLetter } from './run-row.ts';

describe('dead letters in the console', () => {
  it('stand together when one cause can be put right for all of them, the most frequent first', () => {
    const groups = groupDeadLetters([
      deadLetter('1', { code: 'PERIOD_CLOSED' }),
      deadLetter('2', { code: 'EMPLOYEE_UNKNOWN', class: 'mapping.missing' }),
      deadLetter('3', { code: 'EMPLOYEE_UNKNOWN', class: 'mapping.missing' }),
    ]);
    groups
      .map(({ code, runs }) => [code, runs.map((run) => run.event.subject)])
      .should.eql([
        ['EMPLOYEE_UNKNOWN', ['2', '3']],
        ['PERIOD_CLOSED', ['1']],
      ]);
  });

  it('stand apart when two classes share a code', () => {
    groupDeadLetters([
      deadLetter('1', { code: '400', class: 'contract.invalid' }),
      deadLetter('2', { code: '400', class: 'internal' }),
    ]).should.have.length(2);
  });

  it('say message and remedy once when all of a group say the same, and each its own otherwise', () => {
    const said = { code: 'EMPLOYEE_UNKNOWN', remedy: 'Create the employee.' };
    const [group] = groupDeadLetters([deadLetter('1', { ...said, message: 'no Ada' }), deadLetter('2', { ...said, message: 'no Bob' })]);
    should(group?.remedy).equal('Create the employee.');
    should(group).not.have.property('message');
  });
});
