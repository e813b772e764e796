import should from 'should';
import { defaultPolicy, type RunPolicy } from '../../engine/retry-policy.ts';
import declaration from '../../nodes/run/policy/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const policyAt = (at: NodeAtWork) => (at.node as unknown as { policy: RunPolicy }).policy;

nodeContract(declaration, { behaves: async (at) => policyAt(at) }, (at) => {
  it('is what a node without a policy keeps to, as long as nothing is changed', async () => {
    await at.deploy();
    should(policyAt(at)).deepEqual(defaultPolicy);
  });

  it('says in the units of the form how often and when a run is tried again', async () => {
    await at.deploy({
      maxAttempts: 3,
      backOff: 'linear',
      firstDelaySeconds: 0.5,
      maxDelaySeconds: 60,
      stallAfterMinutes: 2,
      deadlineHours: 1,
    });
    should(policyAt(at)).containEql({
      maxAttempts: 3,
      backOff: 'linear',
      firstDelayMs: 500,
      maxDelayMs: 60_000,
      stallAfterMs: 120_000,
      deadlineMs: 3_600_000,
    });
  });

  it('keeps to the default where a flow that was written by hand has no number', async () => {
    await at.deploy({ maxAttempts: 'many', factor: -1, backOff: 'sometimes', severity: '' });
    should(policyAt(at)).deepEqual(defaultPolicy);
  });
});
