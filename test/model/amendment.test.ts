import 'should';
import should from 'should';
import { amendmentIn, amendmentLine, mustNotBeOlder } from '../../model/amendment-mark.ts';
import { changed, mustBeApproved } from '../../model/changes.ts';
import { contractIssues } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import { called } from '../../model/record-names.ts';
import { inGerman } from './in-german.ts';
import { sampleAmendment } from './sample-amendment.ts';

const here = { system: 'netsuite', systemName: 'NetSuite' };
const failureOf = (task: () => void) => {
  try {
    task();
  } catch (error) {
    return Failure.from(error);
  }
  return undefined;
};

describe('An amendment', () => {
  it('holds the whole engagement as it shall be, and is held to all that an engagement is held to', () => {
    contractIssues('amendment', sampleAmendment()).should.deepEqual([]);
    const fields = (amendment: unknown) => contractIssues('amendment', amendment).map(({ field, code }) => `${field} ${code}`);
    fields(sampleAmendment({}, { amount: { amount: '12000.505', currency: 'EUR' } })).should.containEql('engagement.amount MONEY_DECIMALS');
    fields(sampleAmendment({}, { code: '' })).should.containEql('engagement.code SCHEMA_MINLENGTH');
    fields(sampleAmendment({}, { milestones: [] })).should.containEql('engagement.milestones MILESTONE_SUM');
  });

  it('has a whole number from zero up, and a day from which it holds', () => {
    for (const number of [-1, 1.5, '1', null, 1e9]) {
      contractIssues('amendment', sampleAmendment({ number: number as number }))
        .map(({ field }) => field)
        .should.containEql('number');
    }
    contractIssues('amendment', sampleAmendment({ number: 0 })).should.deepEqual([]);
    contractIssues('amendment', sampleAmendment({ effective: '0026-01-01' }))
      .map(({ field }) => field)
      .should.deepEqual(['effective']);
    contractIssues('amendment', { ...sampleAmendment(), engagement: undefined })
      .map(({ field }) => field)
      .should.containEql('engagement');
  });

  it('marks a project with its number; a sentence, or a number of a person’s, is no mark', () => {
    should(amendmentIn(`PO 4711\n${amendmentLine({ number: 12, effective: '2027-01-01' })}\r\nAsk Ada.`)).equal(12);
    should(amendmentIn(['Amendment 2, effective 2027-01-01', ' Amendment 10, effective 2027-01-01 '].join('\n'))).equal(10);
    for (const text of [
      undefined,
      '',
      'Amendment 3',
      'See Amendment 3, effective 2027-01-01',
      'Amendment 3, effective 2027-01-01 as agreed',
    ]) {
      should(amendmentIn(text)).equal(undefined, String(text));
    }
  });

  it('is refused when a newer one stands there; the same one may be told again', () => {
    const text = amendmentLine({ number: 3, effective: '2027-01-01' });
    const of = { ...here, record: called.project('ENG-1') };
    for (const number of [3, 4]) mustNotBeOlder({ number, effective: '2027-01-01' }, text, of);
    const failure = failureOf(() => mustNotBeOlder({ number: 2, effective: '2027-02-01' }, text, of))!;
    failure.should.match({ class: 'conflict.stale', code: 'AMENDMENT_OVERTAKEN', record: 'project ENG-1', field: 'number', value: '3' });
    inGerman(failure).message.should.match(/^Nachtrag 2 ist älter als Nachtrag 3/);
  });

  it('is made as it was approved, or of a part that is left of it; nothing else', () => {
    const record = called.project('ENG-1');
    const approved = [changed(record, 'end', '2026-12-31', '2027-01-31'), changed(record, 'name', undefined, 'Rollout')];
    mustBeApproved(approved, approved, here);
    mustBeApproved(approved.slice(1), approved, here);
    mustBeApproved([], approved, here);
    for (const other of [
      changed(record, 'end', '2026-11-30', '2027-01-31'),
      changed(record, 'end', '2026-12-31', '2027-02-28'),
      changed(record, 'name', '', 'Rollout'),
      changed(called.project('ENG-2'), 'end', '2026-12-31', '2027-01-31'),
    ]) {
      should(failureOf(() => mustBeApproved([other], approved, here))).match({ class: 'conflict.stale', code: 'CHANGE_NOT_APPROVED' });
    }
  });
});
