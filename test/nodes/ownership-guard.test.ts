import should from 'should';
import declaration from '../../nodes/data/ownership-guard/declaration.ts';
import type { Message } from '../../runtime/message.ts';
import { nodeContract } from './node-contract.ts';

const account = { code: 'ACC-1', id: '001000000000001AAA', name: 'Acme', phone: '+49 30 1234567' };
const guard = (message: Message | undefined) =>
  message?.['ownership'] as { changed: string[]; unchanged: string[]; overtaken: string[]; leftOut: { field: string; why: string }[] };
const why = (message: Message | undefined) => Object.fromEntries(guard(message).leftOut.map((one) => [one.field, one.why]));

nodeContract(
  declaration,
  {
    takes: () => ({ payload: { ...account, code: `ACC-${Math.random()}` } }),
    refuses: [
      {
        what: 'a message that is no record',
        message: { payload: { code: 'A' } },
        fields: { owners: '[]' },
        field: 'owners',
        says: /owners/,
      },
      {
        what: 'a message without a key',
        message: { payload: { name: 'Acme', code: ' ' } },
        field: 'key',
        says: /by which its record is known/,
        german: /woran ihr Datensatz zu erkennen ist/,
      },
      {
        what: 'a list in place of a record',
        message: { payload: [account] },
        fields: { key: 'payload[0].code' },
        field: 'payload',
        says: /not a record/,
      },
      {
        what: 'a message where an owner has no name',
        message: { payload: account },
        fields: { owners: '{"name": ""}' },
        field: 'owners',
        says: /says of “name” not which system/,
      },
    ],
    async behaves(at) {
      at.receive({ payload: { ...account, code: `OF ${at.id}`, taxId: 'DE1' } });
      await at.red.ended();
      at.receive({ payload: { ...account, code: `OF ${at.id}`, name: 'Acme SE', taxId: 'DE1' } });
      await at.red.ended(2);
      const of = ({ payload, ownership }: Message) => [
        { ...(payload as object), code: '' },
        { ...(ownership as object), key: '' },
      ];
      return [at.out(1).map(of), at.out(2).map(of)];
    },
  },
  (at) => {
    /** A record of its own for each test. */
    let records = 0;
    const code = () => `ACC ${at.id} ${records}`;
    const next = () => records++;
    let runs = 0;
    const deploy = async (fields: Record<string, unknown> = {}) => {
      await at.deploy(fields);
      runs = 0;
    };
    const hears = async (fields: object) => {
      at.receive({ payload: { id: account.id, code: code(), ...fields } });
      return (await at.red.ended(++runs)).at(-1)!;
    };

    it('passes on what a system owns and has changed, with what the record is found by', async () => {
      next();
      await deploy();
      await hears({ name: 'Acme', phone: '1234567', taxId: 'DE1', rating: 'hot' });
      await hears({ name: 'Acme SE', phone: '1234567' });
      should(at.out(1).map(({ payload }) => payload)).deepEqual([
        { id: account.id, code: code(), name: 'Acme', phone: '1234567' },
        { id: account.id, code: code(), name: 'Acme SE' },
      ]);
      should(why(at.out(1)[0])).deepEqual({ taxId: 'unknown', rating: 'nobody' });
      should(guard(at.out(1)[1])).match({ changed: ['name'], unchanged: ['phone'], overtaken: [], leftOut: [] });
    });

    it('has nothing to pass on of what was passed on already', async () => {
      next();
      await deploy();
      await hears({ name: 'Acme' });
      await hears({ name: 'Acme' });
      at.out(1).should.have.length(1);
      should(guard(at.out(2)[0])).match({ changed: [], unchanged: ['name'] });
      should(at.out(2)[0]!.payload).match({ name: 'Acme' });
    });

    it('tells what is absent from what is empty: an owner may clear a field', async () => {
      next();
      await deploy();
      for (const phone of ['1234567', null, undefined, '', 0]) await hears({ name: 'Acme', phone });
      should(at.out(1).map(({ payload }) => (payload as { phone?: unknown }).phone)).deepEqual(['1234567', null, '', 0]);
      at.out(2).should.have.length(1);
      should(guard(at.out(2)[0]).unchanged).deepEqual(['name']);
    });

    it('passes on the whole of what a system owns, where the next step needs it', async () => {
      next();
      await deploy({ pass: 'owned' });
      await hears({ name: 'Acme', phone: '1' });
      await hears({ name: 'Acme', phone: '2', taxId: 'DE1' });
      should(at.out(1).at(-1)!.payload).deepEqual({ id: account.id, code: code(), name: 'Acme', phone: '2' });
    });

    it('knows what is heard back from another system as the owner’s word', async () => {
      next();
      const owners = JSON.stringify({ name: 'crm', taxId: 'erp' });
      const key = code();
      const tells = (fields: object) => ({ payload: { code: key, ...fields } });
      await deploy({ owners });
      at.receive(tells({ name: 'Acme' }));
      await at.red.ended();
      await at.red.unload();
      await deploy({ owners, system: 'erp' });
      at.receive(tells({ name: 'Acme', taxId: 'DE1' }));
      await at.red.ended(1);
      at.receive(tells({ name: 'Acme Ltd', taxId: 'DE1' }));
      await at.red.ended(2);
      should(at.out(1).map(({ payload }) => payload)).deepEqual([{ code: key, taxId: 'DE1' }]);
      should(why(at.out(1)[0])).deepEqual({ name: 'echo' });
      should(why(at.out(2)[0])).deepEqual({ name: 'differs' });
    });

    it('stops a run that brings another word than the owner’s, where it is set to; an echo never stops', async () => {
      next();
      const owners = JSON.stringify({ name: 'crm', taxId: 'erp' });
      const key = code();
      await deploy({ owners });
      at.receive({ payload: { code: key, name: 'Acme' } });
      await at.red.ended();
      await at.red.unload();
      await deploy({ owners, system: 'erp', others: 'stop' });
      at.receive({ payload: { code: key, name: 'Acme', taxId: 'DE1', note: 'n' } });
      const [echo] = await at.red.ended(1);
      should(echo!.status).equal('done');
      at.receive({ payload: { code: key, name: 'Another', taxId: 'DE2' } });
      const stopped = (await at.red.ended(2)).find(({ status }) => status === 'dead');
      should(stopped!.failure).match({ class: 'ownership.violation', code: 'NOT_OWNED', field: 'name', record: `account ${key}` });
      should(JSON.stringify(stopped!.failure)).not.containEql('Another');
    });

    describe('with the table of the store', () => {
      const ana = { actor: 'ana', reason: 'as agreed' };
      let object = '';
      let objects = 0;
      const owns = (field: string, owner: string, more: object = {}) => ({
        entry: { table: 'ownership', from: object, value: field, to: '*', target: owner, ...more },
      });
      const change = async (...changes: object[]) => {
        const told = await at.red.pack.engine.store.changeCrosswalk(changes, ana, 1);
        should(told.problems).deepEqual([]);
        return told;
      };
      const kept = (fields: object = {}) => deploy({ ownersFrom: 'table', object, told: 'erp', ...fields });
      beforeEach(() => {
        next();
        object = `client-${++objects}`;
      });

      it('takes owners from there by direction, says which entries, and refuses what is not named', async () => {
        const { states } = await change(owns('name', 'crm'), owns('rating', 'crm', { to: 'psa' }), owns('taxId', 'erp'));
        await kept({ owners: 'no table at all' });
        await hears({ name: 'Acme', rating: 'hot', taxId: 'DE1', note: 'n' });
        const [passed] = at.out(1);
        should(passed!.payload).deepEqual({ id: account.id, code: code(), name: 'Acme' });
        should(why(passed)).deepEqual({ rating: 'direction', taxId: 'unknown', note: 'nobody' });
        const { entries, told } = passed!['ownership'] as { entries: object[]; told: string };
        should(told).equal('erp');
        should(entries).deepEqual([
          { field: 'name', entry: states[0]!.row.id, version: 1 },
          { field: 'taxId', entry: states[2]!.row.id, version: 1 },
        ]);
      });

      it('with * takes only what everybody may be told', async () => {
        await change(owns('name', 'crm'), owns('phone', 'crm', { to: 'erp' }));
        await kept({ told: '*' });
        await hears({ name: 'Acme', phone: '1' });
        should(at.out(1)[0]!.payload).deepEqual({ id: account.id, code: code(), name: 'Acme' });
        should(why(at.out(1)[0])).deepEqual({ phone: 'direction' });
      });

      it('lets a change count from the next message on, without a deploy', async () => {
        const { states } = await change(owns('name', 'crm'), owns('taxId', 'erp'));
        await kept();
        await hears({ name: 'Acme', taxId: 'DE1' });
        const { id, version } = states[1]!.row;
        await change({ id, version, ...owns('taxId', 'crm') });
        await hears({ name: 'Acme', taxId: 'DE1' });
        should(at.out(1).map(({ payload }) => (payload as { taxId?: string }).taxId)).deepEqual([undefined, 'DE1']);
        should(guard(at.out(1)[1]).changed).deepEqual(['taxId']);
      });

      it('counts an entry on its days alone: of the day of the event', async () => {
        await change(
          owns('name', 'crm', { validTo: '2020-12-31' }),
          owns('name', 'erp', { validFrom: '2021-01-01' }),
          owns('phone', 'crm'),
        );
        await kept();
        await hears({ name: 'Acme', phone: '1' });
        should(why(at.out(1)[0])).deepEqual({ name: 'unknown' });
      });

      it('waits for a person where nothing is said of the object, and goes on when it is entered and replayed', async () => {
        await kept();
        const run = await hears({ name: 'Acme' });
        should(run.failure).match({ class: 'mapping.missing', code: 'OWNERSHIP_MISSING', field: 'object', value: object });
        at.out(1).should.have.length(0);
        await change(owns('name', 'crm'));
        const { store } = at.red.pack.engine;
        await store.replay(run.id, ana, at.red.pack.engine.clock.now());
        at.red.pack.engine.wake();
        await at.red.until(() => at.out(1).length === 1, 'it has gone on');
      });

      it('stops where the owner says otherwise, and sends whoever reads it to the console', async () => {
        await change(owns('name', 'crm'), owns('taxId', 'erp', { to: 'crm' }));
        const key = code();
        await kept();
        at.receive({ payload: { code: key, name: 'Acme' } });
        await at.red.ended();
        await at.red.unload();
        await kept({ system: 'erp', told: 'crm', others: 'stop' });
        at.receive({ payload: { code: key, name: 'Another', taxId: 'DE2' } });
        const [stopped] = await at.red.ended(1);
        should(stopped!.failure).match({ class: 'ownership.violation', code: 'NOT_OWNED', field: 'name' });
        should(stopped!.failure?.remedy).match(/in the console under Maps/);
      });

      it('refuses a name that no entry can have', async () => {
        object = 'Client Master';
        await kept();
        should((await hears({ name: 'Acme' })).failure).match({ class: 'contract.invalid', code: 'CROSSWALK_SET_UP', field: 'object' });
      });
    });

    it('forgets a record that is gone', async () => {
      next();
      await deploy();
      await hears({ name: 'Acme' });
      await hears({ IsDeleted: true });
      should(at.out(2)[0]!['ownership']).match({ forgotten: 1 });
      await hears({ name: 'Acme' });
      at.out(1).should.have.length(2);
    });

    it('keeps no value, and no key of a record', async () => {
      next();
      await deploy({ key: 'payload.email' });
      await hears({ name: 'Jana Weiss', email: 'jana@client.example' });
      const { store } = at.red.pack.engine;
      const [said] = at.out(1);
      should(guard(said).changed).deepEqual(['name', 'email']);
      should(await store.stated('jana@client.example')).deepEqual([]);
      should(await store.forgetStatements('jana@client.example')).equal(0);
    });
  },
);
