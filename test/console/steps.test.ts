import 'should';
import { stepState } from '../../console/views/step-state.ts';

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
});
