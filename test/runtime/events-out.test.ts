import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';
import { secret } from './webhook-sender.ts';

interface Told {
  id: string;
  type: string;
  subject: string;
  data: { code: string; engagement?: string };
}

describe('The template flow "Events to other systems"', function () {
  this.timeout(120_000);
  const at = templateAtWork('events-to-other-systems.json');
  const told = () => Object.values((at.sandbox['event-receiver'].state as unknown as { events: Record<string, Told> }).events);

  it('tells a won deal and each of its staffing demands once, also when answers are lost', async () => {
    const { live, deal, flow } = at;
    const receiver = at.sandbox['event-receiver'];
    receiver.faults.add([
      { kind: 'dropAfter', match: { method: 'POST', bodyContains: `"subject":"${deal}"` } },
      { kind: 'status', status: 503, match: { method: 'POST', bodyContains: `"subject":"${deal}/` } },
    ]);
    await live.deploy(flow);
    const run = await live.ended(deal, 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    const mine = told().filter(({ data }) => (data.engagement ?? data.code) === deal);
    const demands = mine.filter(({ type }) => type === 'com.psconnect.staffing.demanded');
    demands.length.should.be.above(0);
    mine
      .filter(({ type }) => type === 'com.psconnect.opportunity.won')
      .map(({ subject }) => subject)
      .should.deepEqual([deal]);
    demands.every(({ subject, data }) => subject === `${deal}/${data.code}`).should.be.true();
    new Set(mine.map(({ subject }) => subject)).size.should.equal(mine.length);
    const created = receiver.journal.entries.filter(({ outcome }) => outcome === 'created').map(({ id }) => id);
    new Set(created).size.should.equal(created.length);
    receiver.journal.entries.some(({ outcome }) => outcome === 'unchanged').should.be.true();
  });
});

describe('An event that one Node-RED tells another', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ environment: { TIME_EVENTS_SECRET: secret, RECEIVER_SECRET: secret } });
  });
  after(() => live?.end());

  const flow = (receiver: object = {}, to: object = {}): FlowNode[] => [
    ...[tab(), policy(), eventIn(to), sink(), entry('tell')],
    {
      ...{ id: 'receiver', type: 'system-connection', system: 'event-receiver', eventReceiverEnvironment: 'RECEIVER' },
      ...{ eventReceiverUrl: `${live.editor}/events/time`, eventReceiverTimeoutMs: 30_000, ...receiver },
    },
    node('tell', 'business-event-out', [[]], {
      ...{ connection: 'receiver', eventType: 'com.example.told', eventSource: '/here' },
      ...{
        subject: 'payload.id',
        subjectType: 'msg',
        data: 'payload',
        dataType: 'msg',
        eventId: '',
        eventIdType: 'jsonata',
        policy: 'policy',
      },
    }),
  ];

  for (const signature of ['standard-webhooks', 'hmac-sha256', 'bearer']) {
    it(`arrives as it was told, signed by ${signature}`, async () => {
      await live.deploy(flow({ eventReceiverSignature: signature }, { signature }));
      live.sunk = [];
      live.receive('entry', { payload: { id: `OUT-${signature}`, name: 'Zürich – 東京' } });
      await live.until(() => live.sunk.length > 0, 'it has arrived');
      live.sunk.map(({ payload }) => payload).should.deepEqual([{ id: `OUT-${signature}`, name: 'Zürich – 東京' }]);
    });
  }

  it('waits where the other does not accept the signature, and arrives once it does', async () => {
    await live.deploy(flow({ eventReceiverSignature: 'bearer' }, { signature: 'standard-webhooks' }));
    live.sunk = [];
    live.receive('entry', { payload: { id: 'OUT-wrong' } });
    await live.until(async () => (await live.run('OUT-wrong'))?.failure?.code === 'SIGNATURE_REFUSED', 'it is refused');
    (await live.run('OUT-wrong'))!.status.should.equal('waiting');
    await live.deploy(flow());
    await live.until(() => live.sunk.length > 0, 'it has arrived', 30);
    should(live.log.join('')).not.containEql(secret);
  });
});
