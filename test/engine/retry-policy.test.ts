import 'should';
import { type BackOff, defaultPolicy, reactions, verdict } from '../../engine/retry-policy.ts';
import { Failure, failureClasses } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';

const locked = new Failure({ class: 'transient.locked', code: 'ROW_LOCK', message: 'Locked.' });
const delay = (attempt: number, random: number, failure = locked) => {
  const decided = verdict(failure, attempt, defaultPolicy, () => random);
  return decided.park ? undefined : decided.delayMs;
};

describe('How a failure is answered', () => {
  it('is decided for every class of failure', () => {
    Object.keys(reactions)
      .sort()
      .should.deepEqual([...failureClasses].sort());
  });

  it('spreads retries a quarter to each side, so that runs which failed together do not come back together', () => {
    [delay(1, 0), delay(1, 0.5), delay(1, 0.999)].map((ms) => Math.round(ms ?? 0)).should.deepEqual([1500, 2000, 2499]);
  });

  it('never waits longer than the policy’s longest delay and its spread', () => {
    const patient = { ...defaultPolicy, maxAttempts: 100 };
    const decided = verdict(locked, 90, patient, () => 0.999);
    decided.park.should.equal(false);
    (decided as { delayMs: number }).delayMs.should.be.within(0.75 * patient.maxDelayMs, 1.25 * patient.maxDelayMs);
  });

  it('lets pauses grow by a factor, by the first pause, or not at all, as the policy says', () => {
    const pauses = (backOff: BackOff) =>
      [1, 2, 3, 4, 5, 6].map((attempt) => {
        const decided = verdict(locked, attempt, { ...defaultPolicy, backOff, factor: 3, maxDelayMs: 60_000 }, () => 0.5);
        return decided.park ? undefined : decided.delayMs / 1_000;
      });
    pauses('exponential').should.deepEqual([2, 6, 18, 54, 60, 60]);
    pauses('linear').should.deepEqual([2, 4, 6, 8, 10, 12]);
    pauses('constant').should.deepEqual([2, 2, 2, 2, 2, 2]);
  });

  it('says with a given-up run what the system said, what was to be done, and that replaying is next', () => {
    const decided = verdict(locked.with({ remedy: 'Close the record.' }), 8, defaultPolicy);
    decided.should.have.properties({ park: true });
    (decided as { failure: Failure }).failure.toJSON().should.deepEqual({
      class: 'transient.locked',
      code: 'ROW_LOCK',
      message: 'Locked.',
      remedy: 'Close the record. Given up after 8 attempts: replay the run when the cause is gone.',
      words: inWords('GIVEN_UP', { before: wordsOf({ message: 'Locked.', remedy: 'Close the record.' }), attempts: 8 }).words,
    });
  });
});
