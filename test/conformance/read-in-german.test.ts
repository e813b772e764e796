import should from 'should';
import { Failure } from '../../model/failure.ts';
import { Comparison } from '../../model/found-record.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { called } from '../../model/record-names.ts';
import { englishLeft } from './read-in-german.ts';

const left = (told: object, ...heard: string[]) => englishLeft({ told: JSON.parse(JSON.stringify(told)), heard }).join();
const said = (found: string) => inWords('RECORD_PUT_ASIDE', { found, state: phrase('NETSUITE.inactive'), systemName: 'NetSuite' });

describe('What a German analyst would read in English', () => {
  it('is found in a record, in the title of a write, in what differs and in what was left out', () => {
    const failure = { class: 'business.rejected', ...said('X') } as const;
    left(new Failure({ ...failure, record: 'time entry 1' })).should.equal('record: time entry 1');
    left({ title: 'Time entry 1 in NetSuite', business: 'timeBill 1' }).should.equal('title: Time entry 1 in NetSuite');
    left(new Comparison('billing schedule 1').text('title', 'A', 'B').differences).should.match(
      /RECORD_DIFFERS\.field record: billing schedule 1/,
    );
    left(new Comparison(called.task('1')).text('which phase', 'A', 'B').differences).should.match(
      /RECORD_DIFFERS\.field field: which phase/,
    );
    left({ leftOut: [{ field: 'terms', code: 'NO', message: 'There are no such terms.' }] }).should.equal(
      'message: There are no such terms.',
    );
    left({ failure: { ...failure, issues: [{ field: 'x', ...said('time entry 1') }] } }).should.match(
      /RECORD_PUT_ASIDE found: time entry 1/,
    );
  });

  it('is nothing that has words, that a system or the event said, or that is a key', () => {
    const failure = new Failure({ class: 'business.rejected', ...said('Time is over'), record: called.timeEntry('1') });
    left(failure, '{"message":"Time is over, and more"}').should.equal('');
    left({ business: 'time entry 1', failure: { record: 'time entry 1' } }).should.equal('');
    left({ title: 'Meilenstein 1' }).should.equal('');
    should(failure.record).equal('time entry 1');
  });
});
