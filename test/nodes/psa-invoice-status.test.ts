import should from 'should';
import declaration from '../../nodes/psa/invoice-status/declaration.ts';
import { conformance } from '../../sandbox/kantata/conformance.ts';
import { anInvoice } from '../model/an-invoice.ts';
import { nodeContract } from './node-contract.ts';

const [sample] = conformance.operations['psa-invoice-status.write']!;
const fields = JSON.stringify((sample!.input as { fields: object }).fields);
const invoice = (more: object = {}) => ({ ...anInvoice(), project: { id: '102', code: 'ENG-0001' }, ...more });

nodeContract(
  declaration,
  {
    fields: { fields },
    firm({ kantata }) {
      kantata.definition.load(kantata, conformance.given);
      kantata.definition.load(kantata, sample!.given);
    },
    takes: () => ({ payload: invoice() }),
    refuses: [
      { what: 'what is no invoice', message: { payload: { id: '1' } }, field: /./, says: /is missing/ },
      {
        what: 'an invoice of no project',
        message: { payload: invoice({ project: undefined }) },
        field: 'key',
        says: /nothing by which its record is found/,
        german: /nennt nichts, wonach ihr Datensatz zu finden wäre/,
      },
      {
        what: 'an invoice that is paid above what it is over',
        message: { payload: invoice({ payments: [{ id: '1', date: '2026-03-11', amount: { amount: '2000.00', currency: 'EUR' } }] }) },
        field: 'payments',
        says: /2000\.00 EUR are paid of an invoice over 1190\.00 EUR/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, at.out(1).length];
    },
  },
  (at) => {
    it('shows the invoice on its record, and says which that is', async () => {
      await at.deploy();
      at.receive();
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      should((at.out(1)[0]!.psa as { invoiceStatus: object }).invoiceStatus).containEql({ written: true });
      JSON.stringify(at.sandbox.kantata.state).should.containEql('netsuite:1001');
    });
  },
);
