import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';
import { cloudEvent, postEvent, secret } from './webhook-sender.ts';

const endless = '($f := function($x){ $f($x) }; $f(1))';
const evil = `${'a'.repeat(42)}!`;

const map = (id: string, expression: string, to = 'sink'): FlowNode =>
  node(id, 'canonical-map', [[to]], { preset: 'custom', contract: 'none', policy: 'policy', expression });

const flows = (): FlowNode[] => [
  ...[tab(), policy(), sink(), entry('sink')],
  map('endless', endless),
  map('matched', '{"id": payload.id, "matched": $contains(payload.text, /^(a+)+$/)}'),
  map('padded', '$pad("a", 2e8)'),
  eventIn({ key: endless }),
  eventIn({ path: 'events/matched', key: '$contains(data.text, /^(a+)+$/) ? "matched" : "other"' }, 'in-matched'),
  node('ask', 'run-approval', [['sink'], ['sink'], ['sink'], []], {
    ...{ title: 'payload.id', titleType: 'jsonata', details: 'payload', detailsType: 'jsonata', policy: 'policy' },
    ...{
      autoApprove: endless,
      autoApproveType: 'jsonata',
      expiresAfterHours: 0,
      onExpiry: 'reject',
      escalateAfterHours: 0,
      severity: 'normal',
    },
  }),
  func('remember', 'flow.set("region", "EMEA"); return msg;', [['told']]),
  node('told', 'run-approval', [['sink'], ['sink'], ['sink'], []], {
    ...{ title: '$env("GREETING") & " " & $flowContext("region") & " " & $moment(payload.date).format("YYYY")', titleType: 'jsonata' },
    ...{ details: '$eval("$flowContext(\\"region\\")")', detailsType: 'jsonata', autoApprove: 'true', autoApproveType: 'jsonata' },
    ...{ expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'normal', policy: 'policy' },
  }),
];

describe('An expression of a flow that takes too much', function () {
  this.timeout(90_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ environment: { TIME_EVENTS_SECRET: secret, GREETING: 'Hello' } });
    await live.deploy(flows());
  });
  after(() => live?.end());
  beforeEach(() => {
    live.sunk = [];
  });

  const post = (path: string, body: object, signal?: AbortSignal) =>
    fetch(`${live.editor}/ps-connect/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: live.editor },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const dead = async (subject: string): Promise<RunHead['failure']> => {
    const run = await live.ended(subject, 40);
    run.status.should.equal('dead');
    return run.failure;
  };

  it('makes its run a dead letter that names the expression and the limit, and others go on meanwhile', async () => {
    live.receive('endless', { payload: { id: 'EX-1' } });
    await live.until(async () => (await live.run('EX-1'))?.status === 'running', 'it is under way');
    live.receive('entry', { payload: { id: 'EX-2' } });
    const other = await live.ended('EX-2');
    other.status.should.equal('done');
    should(await dead('EX-1')).have.properties({
      class: 'contract.invalid',
      code: 'EXPRESSION_LIMIT',
      message: 'The expression of "expression" was ended: it took longer than 5 seconds.',
      field: 'expression',
      value: endless,
    });
    other.updatedAt.should.be.below((await live.run('EX-1'))!.updatedAt); // it still had time left
  });

  it('is ended again after the process was killed over it, and holds up no start', async () => {
    live.receive('endless', { payload: { id: 'EX-3' } });
    await live.until(async () => (await live.run('EX-3'))?.status === 'running', 'it is under way');
    await live.stop('SIGKILL');
    await live.restart();
    live.receive('entry', { payload: { id: 'EX-4' } });
    (await live.ended('EX-4')).status.should.equal('done');
    should(await dead('EX-3')).have.property('code', 'EXPRESSION_LIMIT');
  });

  it('is a dead letter where it makes a text of two hundred million letters', async () => {
    live.receive('padded', { payload: { id: 'EX-5' } });
    should(await dead('EX-5')).have.property('code', 'EXPRESSION_LIMIT');
  });

  it('is none where only the text is bad: a regular expression takes linear time', async () => {
    live.receive('matched', { payload: { id: 'EX-6', text: evil } });
    (await live.ended('EX-6')).status.should.equal('done');
    live.sunk.map(({ payload }) => payload).should.deepEqual([{ id: 'EX-6', matched: false }]);
  });

  it('is said in the preview, and ended when the analyst goes on typing', async () => {
    const left = new AbortController();
    const typing = Array.from({ length: 6 }, () => post('/preview', { preset: 'custom', expression: endless, sample: {} }, left.signal));
    const gone = Promise.allSettled(typing);
    await new Promise((resolve) => setTimeout(resolve, 500));
    left.abort();
    await gone;
    const began = performance.now();
    const answer = await post('/preview', { preset: 'custom', expression: '$eval("payload.n + 1")', sample: { n: 1 } });
    should(await answer.json()).have.property('result', 2);
    (performance.now() - began).should.be.below(10_000); // six of five seconds each, two at a time, would be before it
    const said = (await (await post('/preview', { preset: 'custom', expression: endless, sample: {} })).json()) as { error: string };
    said.error.should.equal('The expression of "expression" was ended: it took longer than 5 seconds.');
  });

  it('corrects nothing: the dead letter stays, and the answer says why', async () => {
    live.receive('padded', { payload: { id: 'EX-7' } });
    await dead('EX-7');
    const answer = (await (await post('/replays', { search: 'EX-7', correction: endless })).json()) as {
      notCorrected: { subject: string; message: string }[];
    };
    answer.notCorrected
      .map(({ subject, message }) => `${subject}: ${message}`)
      .should.deepEqual(['EX-7: The expression of "correction" was ended: it took longer than 5 seconds.']);
    (await live.run('EX-7'))!.status.should.equal('dead');
    (await post('/replays', { search: 'EX-7', correction: '('.repeat(40_000) })).status.should.equal(400);
  });

  it('as a key lets the event not in, and the sender is told the limit', async () => {
    const refused = await postEvent(live, cloudEvent('EX-8'));
    refused.status.should.equal(400);
    refused.body
      .issues!.map(({ code, field, message }) => ({ code, field, message }))
      .should.deepEqual([
        { code: 'EXPRESSION_LIMIT', field: 'key', message: 'The expression of "key" was ended: it took longer than 5 seconds.' },
      ]);
    const taken = await postEvent(live, cloudEvent('EX-9', { data: { text: evil } }), { path: '/events/matched' });
    taken.status.should.equal(202);
  });

  it('as a rule of an approval makes a dead letter that names the rule', async () => {
    live.receive('ask', { payload: { id: 'EX-10' } });
    should(await dead('EX-10')).have.properties({ code: 'EXPRESSION_LIMIT', field: 'autoApprove' });
  });

  it('reads the context, the environment and dates as elsewhere in Node-RED, at once and in a process of its own', async () => {
    live.receive('remember', { payload: { id: 'EX-11', date: '2026-03-02' } });
    const run = await live.ended('EX-11');
    should(run.failure).equal(undefined);
    run.status.should.equal('done');
    const asked = await live.get<{ title: string; details: unknown }[]>('/approvals?status=approved');
    asked.map(({ title, details }) => ({ title, details })).should.deepEqual([{ title: 'Hello EMEA 2026', details: 'EMEA' }]);
  });
});
