import 'should';
import { leftOutIn } from '../../console/view-models/left-out.ts';
import { stepState } from '../../console/view-models/step-state.ts';

describe('steps of a run in the console', () => {
  it('tell a write that was found in the system from one that was made', () => {
    stepState({ status: 'done', found: true }, 'done').should.equal('found');
    stepState({ status: 'done' }, 'done').should.equal('done');
  });

  it('are under way while their run is, and in doubt once it is over without an outcome', () => {
    stepState({ status: 'intended' }, 'running').should.equal('under-way');
    for (const status of ['ready', 'waiting', 'dead', 'done', 'cancelled'] as const) {
      stepState({ status: 'intended' }, status).should.equal('in-doubt', status);
    }
  });

  it('never show a write as made when the system refused it or it was not sent', () => {
    stepState({ status: 'rejected' }, 'done').should.equal('rejected');
    stepState({ status: 'not-made' }, 'waiting').should.equal('not-made');
    stepState({ status: 'in-doubt' }, 'running').should.equal('in-doubt');
  });

  it('show which optional fields a record was made without', () => {
    const note = { field: 'account.phone', value: '•••', code: 'USER_ERROR', message: 'NetSuite: no.' };
    leftOutIn({ id: '7', leftOut: [note] }).should.deepEqual([note]);
    for (const result of [undefined, null, 'x', [], { id: '7' }, { leftOut: 'x' }, { leftOut: [null, 1, {}] }]) {
      leftOutIn(result).should.deepEqual([]);
    }
  });
});
