import 'should';
import { Failure } from '../../model/failure.ts';
import { maskEmails, personalFields, redact } from '../../model/redact.ts';

describe('A failure', () => {
  it('is recognised when another copy of the pack made it', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('psconnect.failure')]: true });
    Failure.is(foreign).should.equal(true);
    Failure.is(new Error('x')).should.equal(false);
  });

  it('that nobody classified is a defect of ours', () => {
    Failure.from('boom').should.containEql({ class: 'internal', code: 'UNEXPECTED', message: 'boom' });
  });

  it('is stored without loss', () => {
    const failure = new Failure({
      class: 'business.rejected',
      code: 'PERIOD_CLOSED',
      message: 'closed',
      field: 'tranDate',
      value: '2026-01-31',
      remedy: 'open it',
      outcome: 'not-made',
      retryAfterMs: 5,
    });
    new Failure(failure.toJSON()).toJSON().should.deepEqual(failure.toJSON());
  });
});

describe('Personal data', () => {
  it('is masked wherever a schema marks it', () => {
    [...personalFields].should.containDeep(['email', 'note', 'deliveryManagerEmail']);
    JSON.stringify(redact({ resource: { email: 'jana@firm.example', id: '7' }, note: 'ill', minutes: 60 })).should.equal(
      '{"resource":{"email":"•••","id":"7"},"note":"•••","minutes":60}',
    );
  });

  it('is masked inside sentences too', () => {
    maskEmails("Nobody has the address viktor.o'neil@free-lance.example in the ERP.").should.equal(
      'Nobody has the address •••@free-lance.example in the ERP.',
    );
  });
});
