import 'should';
import should from 'should';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

type Row = RunHead & { withoutEntry?: true };
interface Notice {
  code: string;
  message: string;
  remedy: string;
}

const flows: FlowNode[] = [
  tab(),
  policy(),
  entry('check'),
  func('check', 'if (msg.payload.wrong) throw new Error("wrong"); return msg;', [['boss']]),
  node('boss', 'run-approval', [['sink'], [], [], []], {
    ...{ title: 'payload.id', titleType: 'msg', details: '', detailsType: 'jsonata', severity: 'normal', policy: 'policy' },
    ...{ autoApprove: '', autoApproveType: 'jsonata', expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0 },
  }),
  sink(),
];
const other = entry('check', { type: 'function', func: 'return msg;', outputs: 1 });
const withEntry = (...nodes: FlowNode[]) => [...flows.filter(({ id }) => id !== 'entry'), ...nodes];

for (const store of ['embedded', 'shared'] as const) {
  describe(`A node that is taken out of the flow while runs are open, with the ${store} store`, function () {
    this.timeout(120_000);
    let database: TestDatabase | undefined;
    let live: LiveNodeRed;
    before(async () => {
      database = store === 'shared' ? await startPostgres() : undefined;
      live = await LiveNodeRed.start({ flows, environment: database ? { PSCONNECT_STORE: database.url } : {} });
      await live.until(async () => (await live.get<{ ready: boolean }>('/overview').catch(() => undefined))?.ready === true, 'it is ready');
      live.receive('entry', { payload: { id: 'R-1' } });
      await live.until(async () => (await runs())[0]?.status === 'waiting', 'the run waits for a person');
    });
    after(async () => {
      await live?.end();
      await database?.remove();
    });

    const runs = () => live.get<Row[]>('/runs');
    const notices = async () => (await live.get<{ notices: Notice[] }>('/overview')).notices;
    const details = async () => live.get<{ withoutEntry?: true }>(`/runs/${(await runs())[0]!.id}`);

    it('says nothing while the node is there', async () => {
      (await notices()).should.deepEqual([]);
      should((await runs())[0]!.withoutEntry).equal(undefined);
    });

    for (const [how, changed] of [
      ['removed', withEntry()],
      ['disabled', withEntry(entry('check', { d: true }))],
      ['replaced by one of another type', withEntry(other)],
    ] as const) {
      it(`says in the overview and at the run for which node it waits: ${how}`, async () => {
        await live.deploy(changed);
        const [notice, ...more] = await notices();
        more.should.deepEqual([]);
        notice!.code.should.equal('ENTRY_NOT_IN_FLOWS');
        notice!.message.should.endWith(': entry (1).');
        notice!.remedy.should.containEql('cancel');
        (await runs())[0]!.should.have.properties({ status: 'waiting', withoutEntry: true });
        (await details()).withoutEntry!.should.equal(true);
      });
    }

    it('says it, too, when the run is to go on', async () => {
      const [question] = await live.get<{ id: string }[]>('/approvals');
      (await live.call(`/ps-connect/api/v1/approvals/${question!.id}/approve`, { method: 'POST', body: {} })).status.should.equal(200);
      const [run] = await runs();
      run!.withoutEntry!.should.equal(true);
      run!.availableAt.should.be.belowOrEqual(Date.now());
      (await notices()).length.should.equal(1);
    });

    it('goes on by itself when the node is back', async () => {
      await live.deploy(flows);
      (await notices()).should.deepEqual([]);
      const [run] = await runs();
      (await live.ended(run!.event.subject)).status.should.equal('done');
    });

    it('says it of a dead letter as soon as it is replayed, which can be cancelled', async () => {
      live.receive('entry', { payload: { id: 'R-2', wrong: true } });
      (await live.ended('R-2')).status.should.equal('dead');
      await live.deploy(withEntry());
      (await notices()).should.deepEqual([]);
      const [{ id } = { id: '' }] = await runs();
      const post = async (path: string) => (await live.call(`/ps-connect/api/v1${path}`, { method: 'POST', body: {} })).status;
      (await post(`/dead-letters/${id}/replay`)).should.equal(200);
      (await runs())[0]!.should.have.properties({ status: 'ready', withoutEntry: true });
      (await notices()).length.should.equal(1);
      (await post(`/runs/${id}/cancel`)).should.equal(200);
      should((await runs())[0]!.withoutEntry).equal(undefined);
      (await notices()).should.deepEqual([]);
    });
  });
}
