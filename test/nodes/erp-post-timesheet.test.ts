import should from 'should';
import declaration from '../../nodes/erp/post-timesheet/declaration.ts';
import { loadTimeFirm, psaId } from '../system/time-firm.ts';
import { inGerman } from '../model/in-german.ts';
import { nodeContract } from './node-contract.ts';
import { approvedTime, smallFirm } from './small-firm.ts';

const seconds = 10_000;

nodeContract(
  declaration,
  {
    firm: (sandbox) => loadTimeFirm(sandbox, smallFirm),
    takes: () => ({ payload: approvedTime(1) }),
    collectsFor: seconds,
    refuses: [
      { what: 'a message without a payload', message: {}, field: /./, says: /^time-entry: / },
      {
        what: 'an entry without minutes',
        message: { payload: { ...approvedTime(2), minutes: undefined } },
        field: 'minutes',
        says: /^time entry kantata:\d+: .*minutes/,
      },
      ...['draft', 'submitted', 'rejected', 'invoiced'].map((status) => ({
        what: `an entry that is ${status}`,
        message: { payload: { ...approvedTime(3), status } },
        field: 'status',
        says: new RegExp(`^time entry kantata:\\d+: .*${status}, not approved`),
      })),
    ],
    async behaves(at) {
      at.receive();
      await at.shows(/^collecting, 1/, 'blue');
      return at.red.timers.lengths.includes(seconds);
    },
  },
  (at) => {
    it('posts what has collected when its time is over, each entry with its own run, and counts the one that was refused', async () => {
      await at.deploy();
      at.receive({ payload: approvedTime(11) });
      at.receive({ payload: approvedTime(12, { minutes: 90 }) });
      at.receive({ payload: approvedTime(13, { resource: { id: '9', email: 'nobody@firm.example' } }) });
      await at.shows(/^collecting, 3/, 'blue');
      at.red.timers.pass(seconds);
      const runs = await at.red.ended(3);
      runs
        .map(({ status }) => status)
        .sort()
        .should.deepEqual(['dead', 'done', 'done']);
      await at.red.until(() => at.out(2).length === 1, 'the totals are there');
      should(at.out(2)[0]).containEql({ topic: 'batch' });
      should(at.out(2)[0]!.payload).match({ entries: 3, posted: 2, refused: 1 });
      at.out(1)
        .map(({ payload }) => (payload as { minutes: number }).minutes)
        .sort()
        .should.deepEqual([60, 90]);
      at.out(1).forEach(({ erp }) => should(erp!['timeEntry']).be.ok());
      const [refused] = at.red.seen.at('caught');
      should(refused!.psConnect!.failure).match({ class: 'mapping.missing' });
      should(refused!.payload).containEql({ id: approvedTime(13).id });
    });

    const taken = (entry: number) => ({ payload: approvedTime(entry, { status: 'withdrawn', version: 'v2' }) });
    const postedTimes = () =>
      Object.values(at.sandbox.netsuite.state.records['timeBill'] ?? {}).filter(({ externalId }) => externalId?.endsWith(psaId.entry('41')))
        .length;

    it('tells a person of time that was taken back, and takes it out where its form says so', async () => {
      await at.deploy({ batchSize: 1 });
      at.receive({ payload: approvedTime(41) });
      await at.red.ended();
      postedTimes().should.equal(1);
      at.receive(taken(41));
      const [, told] = await at.red.ended(2);
      should(told!.failure).match({ code: 'TIME_WITHDRAWN', field: 'status' });
      inGerman(told!.failure!).message.should.match(/zurückgenommen/);
      postedTimes().should.equal(1);
      await at.red.unload();
      await at.deploy({ batchSize: 1, withdrawn: 'remove' });
      at.receive(taken(41));
      const removed = (await at.red.ended()).at(-1);
      should(removed!.failure).equal(undefined);
      postedTimes().should.equal(0);
      should(at.out(1).at(-1)!.erp!['timeEntry']).deepEqual({ withdrawn: true });
      await at.red.until(() => at.out(2).length > 0, 'the totals are there');
      should(at.out(2).at(-1)!.payload).match({ entries: 1, posted: 1, withdrawn: 1, minutes: 0 });
    });

    it('posts at once when the batch is full', async () => {
      await at.deploy({ batchSize: 2 });
      at.receive({ payload: approvedTime(21) });
      at.receive({ payload: approvedTime(22) });
      (await at.red.ended(2)).map(({ status }) => status).should.deepEqual(['done', 'done']);
    });

    it('waits for its schedule where there is one, however long', async () => {
      await at.deploy({ schedule: '0 18 * * 5', batchSize: 1 });
      at.receive({ payload: approvedTime(31) });
      await at.shows(/^collecting, 1/, 'blue');
      at.red.timers.lengths.should.not.containEql(seconds);
      at.out(1).should.be.empty();
    });
  },
);
