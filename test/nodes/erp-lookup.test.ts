import should from 'should';
import declaration from '../../nodes/erp/lookup/declaration.ts';
import { conformance } from '../../sandbox/netsuite/conformance.ts';
import { nodeContract } from './node-contract.ts';

const [invoices] = conformance.operations['project-invoices.find']!;
const [time] = conformance.operations['posted-time.sum']!;
const payload = { project: { code: 'ENG-0001' }, customer: { code: 'ACC-0001' }, legalEntity: 'DE01', day: '2026-01-15' };

nodeContract(
  declaration,
  {
    firm: ({ netsuite }) => {
      netsuite.definition.load(netsuite, conformance.given);
      netsuite.definition.load(netsuite, invoices!.given);
      netsuite.definition.load(netsuite, { records: { timeBill: (time!.given as { records: { timeBill: object[] } }).records.timeBill } });
      netsuite.definition.load(netsuite, { periods: [{ start: '2026-01-01', closed: true }] });
    },
    takes: () => ({ payload }),
    refuses: [
      {
        what: 'a project without a code',
        message: { payload: { ...payload, project: { id: '7' } } },
        field: 'project',
        says: /needs the code of the project/,
        german: /braucht den Code des Projekts/,
      },
      {
        what: 'a legal entity that is no text',
        message: { payload: { ...payload, legalEntity: 7 } },
        field: 'legalEntity',
        says: /legal entity/,
      },
      { what: 'no client', fields: { what: 'customer' }, message: { payload: {} }, field: 'account', says: /code of the client/ },
      {
        what: 'a day that the calendar does not have',
        fields: { what: 'period' },
        message: { payload: { ...payload, day: '2026-02-30' } },
        field: 'day',
        says: /needs a day/,
        german: /braucht einen Tag/,
      },
      {
        what: 'a project of another client',
        message: { payload: { ...payload, customer: { code: 'ACC-0002' } } },
        field: 'parent',
        says: /ACC-0002/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, at.out(1).map(({ erp }) => erp)];
    },
  },
  (at) => {
    const asks = async (fields: Record<string, unknown>, asked: object = payload) => {
      await at.deploy(fields);
      at.receive({ payload: asked });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      return [...at.out(1), ...at.out(2)].map(({ erp }) => erp);
    };

    it('puts what is found where its operation says, and writes nothing', async () => {
      const before = at.sandbox.netsuite.journal.entries.length;
      should(await asks({})).match([{ projectInvoices: { found: true, totals: [{ count: 2, net: { amount: '2400.00' } }] } }]);
      await at.red.unload();
      should(await asks({ what: 'time', byDay: true })).match([{ postedTime: { minutes: 900, days: [{ day: '2026-03-10' }] } }]);
      await at.red.unload();
      should(await asks({ what: 'customer' })).match([{ customer: { key: 'ACC-0001@DE01', found: true } }]);
      await at.red.unload();
      should(await asks({ what: 'period' })).match([{ period: { state: 'closed', name: 'Jan 2026' } }]);
      at.sandbox.netsuite.journal.entries.length.should.equal(before);
    });

    it('sends what is not there to its second output', async () => {
      await asks({}, { ...payload, project: { code: 'ENG-0009' } });
      at.out(1).should.have.length(0);
      should(at.out(2)[0]!.erp).deepEqual({ projectInvoices: { key: 'ENG-0009', found: false, legalEntity: 'DE01' } });
    });
  },
);
