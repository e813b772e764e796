import 'should';
import { readRight, signedRight } from '../../runtime/approval-links/link.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

interface Asked {
  approver: string;
  link: string;
  title: string;
  what: string;
}

const secret = 'a secret of the test, long enough to be one';
const [ana, bob] = ['ana@firm.example', 'bob@firm.example'];

describe('A question that is answered by a link', function () {
  this.timeout(90_000);
  let live: LiveNodeRed;
  const flows = (ask: object = {}, question: object = {}): FlowNode[] => [
    ...[tab(), policy(), entry('check'), sink('asked'), sink('approved'), sink('rejected'), sink('up')],
    func('check', 'if (msg.payload.bad) throw new Error("bad"); return msg;', [['boss']]),
    node('boss', 'run-approval', [['approved'], ['rejected'], [], []], {
      ...{
        title: '"May " & topic & "?"',
        titleType: 'jsonata',
        details: 'payload',
        detailsType: 'msg',
        requestedBy: 'payload.by',
        requestedByType: 'msg',
      },
      ...{ escalateAfterHours: 0, severity: 'high', policy: 'policy', ...question },
    }),
    func(
      'relay',
      `if (msg.payload.title === 'May L-12?' && msg.payload.approver === '${ana}') throw new Error('the chat is away'); return msg;`,
      [['asked']],
    ),
    node('ask', 'run-approval-in', [['relay'], ['up']], {
      ...{ approver: `["${ana}", "${bob}"]`, approverType: 'jsonata', address: `${live.editor}/?x=1#y`, environment: 'APPROVALS' },
      ...{ intervalSeconds: 0.2, policy: 'policy', ...ask },
    }),
  ];

  before(async () => {
    live = await LiveNodeRed.start({ environment: { APPROVALS_SECRET: secret } });
    await live.deploy(flows());
  });
  after(() => live?.end());

  const told = (id: string) => live.sunk.map(({ payload }) => payload as Asked).filter(({ title }) => title === `May ${id}?`);
  const ask = async (id: string, payload: object = {}, each = 2): Promise<Asked[]> => {
    live.receive('entry', { payload: { id, amount: { amount: '50000.00', currency: 'EUR' }, ...payload }, topic: id });
    await live.until(() => told(id).length === each, `${id} is asked`);
    return told(id);
  };
  const answer = (link: string, form: Record<string, string>) =>
    fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const decision = async (id: string) =>
    (await live.get<{ run: string; title: string; status: string; decidedBy?: string; reason?: string }[]>('/approvals?status=all')).find(
      ({ title }) => title === `May ${id}?`,
    )!;

  it('goes to each approver with a link of his own, which shows it and decides it once, in his name', async () => {
    const asked = await ask('L-1', { client: '<b>bold</b>' });
    asked.map(({ approver }) => approver).should.deepEqual([ana, bob]);
    const page = await fetch(asked[0]!.link, { headers: { 'Accept-Language': 'de' } });
    page.status.should.equal(200);
    const html = await page.text();
    for (const part of ['L-1', '50.000,00 EUR', '&#60;b&#62;bold', ana, 'Freigeben', 'lang="de"']) html.should.containEql(part);
    html.should.not.match(/<b>bold|<script/);
    page.headers.get('content-security-policy')!.should.match(/default-src 'none'.*form-action 'self'; frame-ancestors 'none'/);
    page.headers.get('referrer-policy')!.should.equal('no-referrer');
    page.headers.get('cache-control')!.should.equal('no-store');
    (await decision('L-1')).status.should.equal('open'); // whoever only looks has decided nothing
    const decided = await answer(asked[0]!.link, { decision: 'approved', reason: 'old client' });
    decided.status.should.equal(200);
    (await live.ended('L-1')).status.should.equal('done');
    (await decision('L-1')).should.match({ status: 'approved', decidedBy: /^link:/, reason: 'old client' });
    for (const { link } of asked) {
      const again = await answer(link, { decision: 'rejected' });
      again.status.should.equal(409);
      (await again.text()).should.match(/approved/i);
      (await fetch(link)).status.should.equal(409);
    }
  });

  it('is decided once when both answer at the same moment', async () => {
    const [one, other] = (await ask('L-2')) as [Asked, Asked];
    const answers = await Promise.all([answer(one.link, { decision: 'rejected' }), answer(other.link, { decision: 'approved' })]);
    answers
      .map(({ status }) => status)
      .sort()
      .should.deepEqual([200, 409]);
    (await live.ended('L-2')).status.should.equal('done');
  });

  it('is not approved by whom it is asked for, but may be taken back by him', async () => {
    const [own] = (await ask('L-3', { by: ana.toUpperCase() })) as [Asked];
    const refused = await answer(own.link, { decision: 'approved' });
    refused.status.should.equal(403);
    (await refused.text()).should.match(/asked for by you/);
    (await answer(own.link, { decision: 'rejected' })).status.should.equal(200);
  });

  it('is not decided by a link that is changed, made up, or cut, nor by a choice that is none', async () => {
    const [{ link }] = (await ask('L-4')) as [Asked];
    const [root, token] = [link.slice(0, link.lastIndexOf('/') + 1), link.slice(link.lastIndexOf('/') + 1)];
    const [said, signature] = token.split('.') as [string, string];
    const parts = JSON.parse(Buffer.from(said, 'base64url').toString()) as unknown[];
    const forged = Buffer.from(JSON.stringify([...parts.slice(0, 5), 'eve@firm.example'])).toString('base64url');
    for (const other of [`${forged}.${signature}`, token.slice(0, -1), `${said}.`, '', '%00', 'x'.repeat(10_000)]) {
      (await answer(root + other, { decision: 'approved' })).status.should.be.oneOf([404, 431]);
    }
    for (const form of [{}, { decision: '' }, { decision: 'approve' }, { decision: 'expired' }])
      (await answer(link, form as Record<string, string>)).status.should.equal(400);
    (await fetch(link, { method: 'PUT' })).status.should.equal(405);
    (await fetch(link, { method: 'HEAD' })).status.should.equal(200);
    (await answer(link, { decision: 'approved', reason: 'x'.repeat(100_000) })).status.should.equal(400);
    (await decision('L-4')).status.should.equal('open');
    (await answer(link, { decision: 'rejected', reason: `${'y'.repeat(3_999)}\u{1f600}` })).status.should.equal(200);
    (await decision('L-4')).reason!.should.equal('y'.repeat(3_999));
  });

  it('is not approved by a link when somebody has changed its data, who may bear another name there', async () => {
    live.receive('entry', { payload: { id: 'L-11', bad: true }, topic: 'L-11' });
    const { id } = await live.ended('L-11');
    await live.call(`/ps-connect/api/v1/dead-letters/${id}/replay`, {
      method: 'POST',
      body: { data: { payload: { id: 'L-11' }, topic: 'L-11' } },
    });
    await live.until(() => told('L-11').length === 2, 'it is asked');
    const [{ link }] = told('L-11') as [Asked];
    const refused = await answer(link, { decision: 'approved' });
    refused.status.should.equal(403);
    (await refused.text()).should.match(/changed the data/);
    (await answer(link, { decision: 'rejected' })).status.should.equal(200);
  });

  it('goes to one approver though another one’s message fails, which nobody who may edit can turn into a link of his own', async () => {
    await ask('L-12', {}, 1);
    const subject = 'L-12/asked';
    const asking = async () =>
      (await live.get<{ id: string; status: string; event: { subject: string } }[]>('/runs?search=L-12')).filter(
        ({ event }) => event.subject === subject,
      );
    await live.until(async () => (await asking()).some(({ status }) => status === 'dead'), 'one message has failed');
    const dead = (await asking()).find(({ status }) => status === 'dead')!;
    const whole = await live.get<{ run: { event: { data: { approval: string } } } }>(`/dead-letters/${dead.id}`);
    const data = { ...whole.run.event.data, approver: 'eve@evil.example' };
    (await live.call(`/ps-connect/api/v1/dead-letters/${dead.id}/replay`, { method: 'POST', body: { data } })).status.should.be.below(300);
    await live.until(
      async () => (await live.get<{ run: { failure?: { code: string } } }>(`/runs/${dead.id}`)).run.failure?.code === 'LINK_APPROVER',
      'it is refused',
    );
    told('L-12')
      .map(({ approver }) => approver)
      .should.deepEqual([bob]);
    JSON.stringify(whole).should.not.match(/May L-12/); // what is asked is in the store once
  });

  it('is over, and not asked any more, when its run has ended', async () => {
    const [{ link }] = (await ask('L-13')) as [Asked];
    const { id } = (await live.run('L-13'))!;
    (await live.call(`/ps-connect/api/v1/runs/${id}/cancel`, { method: 'POST', body: { reason: 'not wanted' } })).status.should.be.below(
      300,
    );
    for (const page of [await fetch(link), await answer(link, { decision: 'approved' })]) page.status.should.equal(409);
  });

  it('names no person on its page but the one who is asked, and not what links are signed with', async () => {
    const [{ link }] = (await ask('L-5', { contact: { email: 'ada.berg@client.example', name: 'Ada Berg' }, client: secret })) as [Asked];
    (await (await fetch(link)).text()).should.not.match(/ada\.berg|secret of the test/);
    JSON.stringify(await live.get('/approvals')).should.not.containEql(secret);
  });

  it('is told by nobody again, and its link goes on, after a restart; it ends with its time, and when it was asked anew', async () => {
    const [{ link }] = (await ask('L-6')) as [Asked];
    await live.stop('SIGKILL');
    await live.restart();
    await live.until(async () => (await fetch(link)).status === 200, 'it can be answered');
    const root = link.slice(0, link.lastIndexOf('/') + 1);
    const { right } = readRight(link.slice(root.length))!;
    right.until.should.be.within(right.requestedAt + 72 * 3_600_000, Date.now() + 72 * 3_600_000);
    for (const over of [{ until: Date.now() - 1 }, { requestedAt: right.requestedAt - 1 }])
      (await fetch(root + signedRight({ ...right, ...over }, secret))).status.should.equal(410);
    told('L-6').should.have.length(2);
    (await answer(link, { decision: 'approved' })).status.should.equal(200);
  });

  it('is asked though the approver of another one cannot be found out, which is asked once that is mended', async () => {
    await live.deploy(flows({ approver: `payload.subject = "L-8" ? 7 : "${ana}"` }));
    live.receive('entry', { payload: { id: 'L-8' }, topic: 'L-8' });
    await live.until(async () => (await live.run('L-8'))?.status === 'waiting', 'it waits');
    await ask('L-9', {}, 1);
    const failing = async () => (await live.get<{ sources: { failure: { code: string } | null }[] }>('/overview')).sources;
    await live.until(async () => (await failing()).some(({ failure }) => failure?.code === 'LINK_APPROVER'), 'it says so');
    told('L-8').should.be.empty();
    await live.deploy(flows({ approver: `"${bob}"` }));
    await live.until(() => told('L-8').length === 1, 'it is asked');
    told('L-9').should.have.length(1);
  });

  it('is told once more when nobody answers in time', async () => {
    await live.deploy(flows({ approver: `"${ana}"` }, { escalateAfterHours: 0.000_1 }));
    await ask('L-10', {}, 2);
    told('L-10')
      .map(({ what }) => what)
      .should.deepEqual(['asked', 'escalated']);
    const up = told('L-10')[1]!;
    (await answer(up.link, { decision: 'approved' })).status.should.equal(200);
  });

  it('is given as what chat and mail take, in which no name of a record is a command or markup', async () => {
    const payloads: unknown[] = [];
    for (const format of ['text', 'slack', 'teams', 'mail']) {
      const told = func('told', 'return { payload: { to: msg.to, payload: msg.payload } };', [['asked']]);
      await live.deploy([...flows({ format, approver: `"${ana}"`, wires: [['told'], []] }), told]);
      const id = `L-${format} <!channel> [a](http://b)`;
      live.sunk = [];
      live.receive('entry', { payload: { id }, topic: id });
      await live.until(() => live.sunk.length > 0, `${format} is there`);
      const { to, payload } = live.sunk[0]!.payload as { to: string; payload: unknown };
      to.should.equal(ana);
      payloads.push(payload);
    }
    const [text, slack, teams, mail] = payloads as [string, { text: string }, object, string];
    text.should.match(/\nLook and answer: http:\/\/\S+$/);
    slack.text.should.match(/&lt;!channel&gt;[^]*<http:\/\/\S+\|Look and answer>$/);
    JSON.stringify(teams).should.match(/"actions":\[\{"type":"Action.OpenUrl","title":"Look and answer","url":"http:/);
    JSON.stringify(teams).should.containEql('\\\\[a\\\\]\\\\(http://b\\\\)');
    mail.should.match(/&#60;!channel&#62;[^]*<a href="http:\/\/[^"]+">Look and answer<\/a>/);
  });
});
