import 'should';
import should from 'should';
import { connectionHealth } from '../../console/view-models/connection-health.ts';

const failed = (failureClass: string) => ({
  health: { inFlight: 0, lastFailure: { at: '2026-11-23T15:12:36.554Z', class: failureClass, message: 'What the system said.' } },
});

describe('health of a connection in the console', () => {
  it('is not called bad because the system refused a record', () => {
    const health = connectionHealth(failed('business.rejected'));
    health.state.should.equal('answers');
    should(health.lastFailure?.message).equal('What the system said.');
  });

  it('is bad when the sign-in was refused, and troubled when the system did not answer or its quota is used up', () => {
    connectionHealth(failed('auth.denied')).state.should.equal('denied');
    connectionHealth(failed('transient.unavailable')).state.should.equal('troubled');
    connectionHealth(failed('quota.exhausted')).state.should.equal('troubled');
  });

  it('is unusable when the connection cannot even be made', () => {
    connectionHealth({ failure: { class: 'contract.invalid', code: 'X', message: 'no address' } }).state.should.equal('unusable');
  });

  it('shows the quota only where the system tells it', () => {
    should(connectionHealth({ health: { inFlight: 2, apiRequestsUsed: 44, apiRequestsMax: 1000 } }).quota).eql({ used: 44, max: 1000 });
    should(connectionHealth({ health: { inFlight: 2, concurrency: 4, lastFailure: null } })).eql({
      tone: 'good',
      state: 'answers',
      inFlight: 2,
      concurrency: 4,
    });
  });
});
