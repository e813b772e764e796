import 'should';
import should from 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

type Asked = Approval & { subject?: string };

const flows = (): FlowNode[] => [
  tab(),
  policy(),
  entry('check'),
  func('check', 'if (msg.payload.bad) throw new Error("bad"); return msg;', [['boss']]),
  node('boss', 'run-approval', [['approved'], ['rejected'], [], []], {
    ...{ title: 'topic', titleType: 'msg', details: '', detailsType: 'jsonata', autoApprove: '', autoApproveType: 'jsonata' },
    ...{ requestedBy: '[payload.owner.email, payload.owner.user]', requestedByType: 'jsonata' },
    ...{ expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'normal', policy: 'policy' },
  }),
  sink('approved'),
  sink('rejected'),
];
const everything = `['ps-connect.read', 'ps-connect.write', 'flows.read', 'flows.write']`;

describe('Who asks does not approve', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start({
      settings: `adminAuth: { type: 'credentials', users: [], default: () => Promise.resolve({ anonymous: true, permissions: ['ps-connect.read', 'ps-connect.approve'] }),
        tokens: async (token) => ['Rob', 'eve', 'ana'].includes(token) ? { username: token, email: token.toLowerCase() + '@firm.example', permissions: ${everything} } : null }`,
    });
    live.token = 'ana';
    await live.deploy(flows());
  });
  after(() => live?.end());

  const asked = async (id: string, payload: object): Promise<Asked> => {
    live.receive('entry', { payload: { id, ...payload }, topic: id });
    return open(id);
  };
  const open = async (id: string): Promise<Asked> => {
    let found: Asked | undefined;
    await live.until(async () => {
      found = (await live.get<Asked[]>('/approvals')).find(({ subject }) => subject === id);
      return found !== undefined && (await live.run(id))?.status === 'waiting';
    }, `${id} is asked for`);
    return found as Asked;
  };
  const decide = async (who: string | undefined, { id }: Asked, act: 'approve' | 'reject' = 'approve') => {
    live.token = who;
    const response = await live.call(`/ps-connect/api/v1/approvals/${id}/${act}`, { method: 'POST', body: {} });
    live.token = 'ana';
    return { status: response.status, message: ((await response.json()) as { message?: string }).message };
  };

  it('by the user name or e-mail address that the node finds in the message', async () => {
    const first = await asked('SD-1', { owner: { email: 'someone@firm.example', user: 'ROB' } });
    should(await decide('Rob', first)).deepEqual({
      status: 403,
      message:
        'This was asked for by you. Who asks does not approve. Somebody else who has ps-connect.approve approves; you may reject it.',
    });
    (await decide('eve', first)).status.should.equal(200);
    (await live.ended('SD-1')).status.should.equal('done');
    const second = await asked('SD-2', { owner: { email: 'Rob@Firm.example' } });
    (await decide('Rob', second)).status.should.equal(403);
    (await decide('Rob', second, 'reject')).status.should.equal(200);
  });

  it('whoever has changed the data, though somebody else was asked for it', async () => {
    live.receive('entry', { payload: { id: 'SD-3', bad: true }, topic: 'SD-3' });
    const { id } = await live.ended('SD-3');
    live.token = 'eve';
    const data = { payload: { id: 'SD-3', discount: '99' }, topic: 'SD-3' };
    (await live.call(`/ps-connect/api/v1/dead-letters/${id}/replay`, { method: 'POST', body: { data } })).status.should.equal(200);
    live.token = 'ana';
    const approval = await open('SD-3');
    const refused = await decide('eve', approval);
    refused.status.should.equal(403);
    refused.message!.should.startWith('You have changed the data that is to be decided about.');
    (await decide('Rob', approval)).status.should.equal(200);
  });

  it('nor anybody who has not signed in, where people sign in', async () => {
    const approval = await asked('SD-4', {});
    const refused = await decide(undefined, approval);
    refused.status.should.equal(403);
    refused.message!.should.startWith('Sign in to decide');
    (await decide('Rob', approval)).status.should.equal(200);
  });

  it('and a name that is none is no name of nobody: the run fails instead of letting anybody approve', async () => {
    live.receive('entry', { payload: { id: 'SD-5', owner: { email: 17 } }, topic: 'SD-5' });
    const run = await live.ended('SD-5');
    run.should.have.property('status', 'dead');
    run.failure!.should.have.properties({ code: 'INPUT_WRONG', field: 'requestedBy' });
  });
});
