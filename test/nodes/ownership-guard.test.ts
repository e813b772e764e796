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
