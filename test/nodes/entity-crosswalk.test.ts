import should from 'should';
import type { CrosswalkEntry } from '../../model/crosswalk-entry.ts';
import declaration from '../../nodes/data/entity-crosswalk/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const entry = (more: Partial<CrosswalkEntry> = {}): CrosswalkEntry => ({
  ...{ table: 'legal-entity', from: 'crm', value: 'ACME-DE', to: 'erp', target: '3' },
  ...more,
});
const enter = async (at: NodeAtWork, ...entries: Partial<CrosswalkEntry>[]) => {
  const { store } = at.red.pack.engine;
  const { problems, states } = await store.changeCrosswalk(
    entries.map((more) => ({ entry: entry(more) })),
    { actor: 'ana' },
    1,
  );
  problems.should.deepEqual([]);
  return states.map(({ row }) => row);
};
/** Every test finds empty maps. */
const clear = async (at: NodeAtWork) => {
  const { store } = at.red.pack.engine;
  const rows = await store.crosswalkRows({ limit: 1_000 });
  await store.changeCrosswalk(
    rows.map(({ id, version }) => ({ id, version })),
    { actor: 'ana' },
    2,
  );
};
const signed = { legalEntity: 'ACME-DE', contract: { start: '2026-06-30', end: '2026-12-31' } };
const wrong = (payload: unknown) => ({ payload: { ...signed, ...(payload as object) } });

nodeContract(
  declaration,
  {
    takes: () => ({ payload: signed }),
    refuses: [
      {
        what: 'a value that there is nothing for',
        message: wrong({ legalEntity: 'ACME-FR' }),
        field: 'payload.legalEntity',
        says: /legal-entity has nothing for “ACME-FR” of crm in erp on 2026-06-30/,
        german: /hat am 2026-06-30 für „ACME-FR“ von crm nichts in erp/,
      },
      {
        what: 'a message without the value',
        message: wrong({ legalEntity: undefined }),
        field: 'payload.legalEntity',
        says: /There is nothing at/,
      },
      { what: 'a value that is null', message: wrong({ legalEntity: null }), field: 'payload.legalEntity', says: /is null/ },
      {
        what: 'a value that is empty',
        message: wrong({ legalEntity: '' }),
        field: 'payload.legalEntity',
        says: /is empty/,
        german: /ist leer/,
      },
      {
        what: 'a value with a space at its end',
        message: wrong({ legalEntity: 'ACME-DE ' }),
        field: 'payload.legalEntity',
        says: /there is a space/,
      },
      {
        what: 'a value with what cannot be seen',
        message: wrong({ legalEntity: 'ACME\u200b-DE' }),
        field: 'payload.legalEntity',
        says: /cannot be seen/,
      },
      {
        what: 'a part of a number',
        message: wrong({ legalEntity: 1.1 }),
        field: 'payload.legalEntity',
        says: /neither a text nor a whole number/,
      },
      { what: 'several values', message: wrong({ legalEntity: ['ACME-DE'] }), field: 'payload.legalEntity', says: /neither a text/ },
      {
        what: 'a payload without a business date',
        message: { payload: { legalEntity: 'ACME-DE' } },
        field: 'date',
        says: /no business date/,
        german: /kein Geschäftsdatum/,
      },
      { what: 'a payload with two business dates', message: wrong({ start: '2026-07-01' }), field: 'date', says: /several that differ/ },
      {
        what: 'a time in place of a day',
        message: wrong({ at: '2026-06-30T23:30:00Z' }),
        fields: { date: 'payload.at' },
        field: 'payload.at',
        says: /not a day of the calendar/,
      },
      {
        what: 'a message where the result has no place',
        message: wrong({}),
        fields: { result: 'payload.legalEntity.code' },
        field: 'msg.payload.legalEntity',
        says: /no object there/,
      },
      {
        what: 'a place that no flow may write',
        message: wrong({}),
        fields: { result: 'payload.__proto__.x' },
        field: 'result',
        says: /no place in a message/,
      },
      {
        what: 'a name with capitals',
        message: wrong({}),
        fields: { table: 'Legal Entity' },
        field: 'table',
        says: /“Map” is empty or no name/,
      },
    ],
    async behaves(at) {
      await clear(at);
      await enter(at, {});
      at.receive();
      await at.red.ended();
      return at.out(1).map(({ payload, legalEntity, crosswalk }) => [payload, legalEntity, { ...(crosswalk as object), entry: '' }]);
    },
  },
  (at) => {
    beforeEach(() => clear(at));

    it('says what the value is on the business date, to the letter, and which entry said it', async () => {
      await at.deploy();
      const [, row] = await enter(
        at,
        { target: '2', validTo: '2026-06-29' },
        { validFrom: '2026-06-30', validTo: '2026-06-30' },
        { target: '4', validFrom: '2026-07-01' },
      );
      at.receive();
      await at.red.ended();
      should(at.out(1)[0]).match({ payload: signed, legalEntity: '3' });
      should(at.out(1)[0]!['crosswalk']).deepEqual({
        ...{ table: 'legal-entity', from: 'crm', value: 'ACME-DE', to: 'erp', date: '2026-06-30', target: '3' },
        ...{ entry: row!.id, version: 1 },
      });
    });

    it('takes the business date where the field of the day is empty, whatever it would be else', async () => {
      await at.deploy({ date: ' ', dateType: 'jsonata' });
      await enter(at, {});
      at.receive();
      (await at.red.ended())[0]!.status.should.equal('done');
    });

    it('takes 0 for a value, and a place that is not there yet for the result', async () => {
      await at.deploy({
        table: 'tax-code',
        value: 'payload.tax.code',
        result: 'msg.payload.erp.tax',
        date: '"2026-07-01"',
        dateType: 'jsonata',
      });
      await enter(at, { table: 'tax-code', value: '0', target: 'VAT-0', to: '*' });
      at.receive({ payload: { tax: { code: 0 } } });
      await at.red.ended();
      should(at.out(1)[0]!.payload).deepEqual({ tax: { code: 0 }, erp: { tax: 'VAT-0' } });
    });

    it('lists once what several runs lack, and lets them go on when it is entered, also when nobody is there who entered it', async () => {
      await at.deploy();
      const { store } = at.red.pack.engine;
      for (const legalEntity of ['ACME-AT', 'ACME-AT', 'ACME-CH']) at.receive({ payload: { ...signed, legalEntity } });
      const dead = await at.red.ended(3);
      should(dead.map(({ status, failure }) => [status, failure?.class])).deepEqual(Array(3).fill(['dead', 'mapping.missing']));
      const missing = async () => (await store.unmapped(10)).filter(({ value }) => ['ACME-AT', 'ACME-CH'].includes(value));
      should((await missing()).map(({ value, runs, firstDate }) => [value, runs, firstDate])).deepEqual([
        ['ACME-AT', 2, '2026-06-30'],
        ['ACME-CH', 1, '2026-06-30'],
      ]);
      await enter(at, { value: 'ACME-AT', target: '7' });
      at.red.timers.pass(30_000);
      await at.red.until(() => at.out(1).length === 2, 'both have gone on');
      should(at.out(1).map(({ legalEntity }) => legalEntity)).deepEqual(['7', '7']);
      should((await missing()).map(({ value }) => value)).deepEqual(['ACME-CH']);
      const lines = (await store.journal({ limit: 500 })).filter(({ action }) => action === 'run.replayed');
      should(lines).have.length(2);
      should(lines[0]).match({ actor: 'ana', detail: { reason: 'legal-entity: there is an entry for ACME-AT', edited: false } });
      const [waiting] = await Promise.all(dead.map(({ id }) => store.run(id))).then((runs) => runs.filter((run) => run?.status === 'dead'));
      await store.discard(waiting!.id, { actor: 'ana' }, 3);
    });

    it('does not touch a message that others hold, too', async () => {
      await at.deploy({ result: 'payload.legalEntity' });
      await enter(at, {});
      const message = { payload: structuredClone(signed) };
      at.receive(message);
      await at.red.ended();
      should(message.payload).deepEqual(signed);
      should(at.out(1)[0]!.payload).deepEqual({ ...signed, legalEntity: '3' });
    });
  },
);
