import 'should';
import { activityIn } from '../../console/activity.ts';

describe('what lights up on the canvas', () => {
  it('is every node that holds messages of runs, with how many', () => {
    activityIn({ nodes: { post: 12, check: 1, idle: 0 }, ready: true }).nodes.should.eql({ post: 12, check: 1 });
  });

  it('is nothing when the runtime says something else', () => {
    for (const data of [undefined, null, 'x', {}, { nodes: null }, { nodes: { post: 'many' } }]) activityIn(data).nodes.should.eql({});
  });
});
