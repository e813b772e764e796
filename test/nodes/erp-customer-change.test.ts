import should from 'should';
import declaration from '../../nodes/erp/customer-change/declaration.ts';
import { conformance } from '../../sandbox/netsuite/conformance.ts';
import { nodeContract } from './node-contract.ts';

const [sample] = conformance.operations['customer.change']!;
const entities = ['DE01', 'NL01'].map((legalEntity) => ({ legalEntity, currency: 'EUR' }));
const account = { code: 'ACC-0001', name: 'Acme SE', entities };

nodeContract(
  declaration,
  {
    firm: ({ netsuite }) => netsuite.definition.load(netsuite, sample!.given),
    takes: () => ({ payload: account }),
    refuses: [
      { what: 'a message that is no account', message: { payload: 'ACC-0001' }, says: /account/ },
      { what: 'a field that is none of an account', message: { payload: { ...account, phone: 7 } }, field: /phone/, says: /phone/ },
      {
        what: 'an account of which no legal entity is named',
        message: { payload: { code: 'ACC-0001', name: 'Acme' } },
        field: 'entities',
        says: /codes of the legal entities/,
        german: /Codes der Gesellschaften/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, at.out(1).map(({ erp }) => erp)];
    },
  },
  (at) => {
    const customer = () => Object.values(at.sandbox.netsuite.state.records['customer'] ?? {});
    const hears = async (payload: object, count = 1) => {
      at.receive({ payload });
      return (await at.red.ended(count)).at(-1)!;
    };

    it('writes to the customer of each legal entity what is said, and nothing else', async () => {
      await at.deploy();
      should((await hears({ code: 'ACC-0001', phone: '+49 30 7654321', creditHold: 'on', entities })).failure).equal(undefined);
      should(customer().map(({ fields }) => [fields['phone'], fields['creditHoldOverride']])).deepEqual([
        ['+49 30 7654321', 'ON'],
        ['+49 30 7654321', 'ON'],
      ]);
      should(at.out(1)[0]!.erp).match({ changedCustomers: [{ key: 'ACC-0001@DE01' }, { key: 'ACC-0001@NL01' }] });
    });

    it('empties what is said to be empty, and writes nothing twice', async () => {
      await at.deploy({ entities: '["NL01"]', entitiesType: 'json' });
      await hears({ code: 'ACC-0001', phone: null });
      const before = at.sandbox.netsuite.journal.entries.length;
      const again = await hears({ code: 'ACC-0001', phone: null }, 2);
      should(again.status).equal('done');
      at.sandbox.netsuite.journal.entries.length.should.equal(before);
      should(customer().map(({ fields }) => fields['phone'] === undefined)).deepEqual([false, true]);
    });

    it('stops at terms that nobody knows, before anything is written', async () => {
      await at.deploy();
      const before = at.sandbox.netsuite.journal.entries.length;
      const run = await hears({ ...account, phone: '+49 1111111', paymentTerms: 'NEVER' });
      should(run.failure).match({
        class: 'mapping.missing',
        code: 'CUSTOMER_TERMS_UNKNOWN',
        field: 'account.paymentTerms',
        value: 'NEVER',
      });
      at.sandbox.netsuite.journal.entries.length.should.equal(before);
    });
  },
);
