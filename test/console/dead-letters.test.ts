import 'should';
import should from 'should';
import type { RunRow } from '../../console/answers.ts';
import { firstOf, issueCount } from '../../console/view-models/first-of.ts';
import { groupDeadLetters } from '../../console/view-models/group-dead-letters.ts';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { Failure } from '../../model/failure.ts';
import { languageOf } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';
import { deadLetter } from './run-row.ts';

const grouped = (runs: RunRow[], failures = languageOf('en-US', {})) => groupDeadLetters(runs, failures);

describe('dead letters in the console', () => {
  it('stand together when one cause can be put right for all of them, the most frequent first', () => {
    const groups = grouped([
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
    grouped([
      deadLetter('1', { code: '400', class: 'contract.invalid' }),
      deadLetter('2', { code: '400', class: 'internal' }),
    ]).should.have.length(2);
  });

  it('say message and remedy once when all of a group say the same, and each its own otherwise', () => {
    const said = { code: 'EMPLOYEE_UNKNOWN', remedy: 'Create the employee.' };
    const [group] = grouped([deadLetter('1', { ...said, message: 'no Ada' }), deadLetter('2', { ...said, message: 'no Bob' })]);
    should(group?.remedy).equal('Create the employee.');
    should(group).not.have.property('message');
  });

  it('say in German what is wrong, to whom reads German; one that was stored before there were words says it as it was stored', () => {
    const sum = inWords('MILESTONE_SUM', { sum: '90.00 EUR', amount: '100.00 EUR', difference: '10.00' });
    const [worded, old] = grouped(
      [
        deadLetter('1', { ...sum, class: 'contract.invalid' }),
        deadLetter('2', { ...sum, class: 'contract.invalid' }),
        deadLetter('3', { code: 'OLD', message: 'It is so.', remedy: 'Do this.' }),
      ],
      languageOf('de', german),
    );
    should(worded).have.properties({
      message: 'Die Meilensteine ergeben zusammen 90.00 EUR, der Betrag des Geschäfts ist 100.00 EUR (Differenz 10.00).',
      remedy: 'Korrigieren Sie die Beträge der Meilensteine oder den Betrag der Opportunity, bis beide gleich sind.',
    });
    should(old).have.properties({ message: 'It is so.', remedy: 'Do this.' });
  });
});

describe('what the console shows of a long list', () => {
  it('is the first of it, and that there are more', () => {
    firstOf([1, 2, 3], 2).should.eql({ shown: [1, 2], more: true });
    firstOf([1, 2], 2).should.eql({ shown: [1, 2], more: false });
    firstOf([1, 2], Infinity).should.eql({ shown: [1, 2], more: false });
  });

  it('counts of a failure also what is wrong and not listed', () => {
    const issues = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ code: 'A', field: `f${n}`, message: 'no', remedy: 'mend' }));
    const counted = (count: number) =>
      issueCount(new Failure({ class: 'contract.invalid', code: 'X', message: 'no', issues: issues(count) }).toJSON().issues!);
    [1, 200, 201, 1_000].map(counted).should.eql([1, 200, 201, 1_000]);
  });
});
