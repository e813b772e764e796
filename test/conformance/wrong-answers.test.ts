import 'should';
import { operationIds } from '../../declarations/operations.ts';
import { wrongAnswers } from './wrong-answers.ts';

describe('What an operation answers', () => {
  for (const id of operationIds) {
    it(`is known of ${id}, and an answer that is none is found`, () => {
      wrongAnswers(id, ['no answer', { unknown: true }]).length.should.be.aboveOrEqual(2);
    });
  }

  it('is taken as it is declared, with what is absent left out', () => {
    wrongAnswers('time.post', [{ id: '1', legalEntity: 'DE01', leftOut: undefined }]).should.be.empty();
    wrongAnswers('posted-time.list', [
      {
        key: 'kantata:1',
        id: '1',
        workDate: '2026-03-10',
        minutes: 60,
        billable: true,
        person: null,
        rate: { amount: '1.50', currency: 'EUR' },
      },
    ]).should.be.empty();
  });

  it('is not taken where a field has another form, is missing, or is one too many', () => {
    wrongAnswers('time.post', [{ id: 7 }]).should.deepEqual(['it answers no PostedTime: /id must be string']);
    wrongAnswers('time.post', [{}])
      .join()
      .should.match(/required property 'id'/);
    wrongAnswers('time.post', [{ id: '1', amount: '1.00' }])
      .join()
      .should.match(/additional properties/);
    wrongAnswers('customer.ensure', [{ customers: [{ legalEntity: 'DE01', key: 'ACC@DE01' }] }])
      .join()
      .should.match(/required property 'id'/);
  });
});
