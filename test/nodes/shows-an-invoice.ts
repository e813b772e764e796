import should from 'should';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import type { ConformanceData } from '../../sandbox/conformance.ts';
import { anInvoice } from '../model/an-invoice.ts';
import { nodeContract } from './node-contract.ts';

interface ShownInvoice {
  /** the property of the message */
  side: 'crm' | 'psa';
  system: 'salesforce' | 'kantata';
  conformance: ConformanceData;
  project: { id: string; code: string };
}

/** What the nodes that show an invoice's status in another system keep, whichever it is. */
export function showsAnInvoice(declaration: NodeDeclaration, { side, system, conformance, project }: ShownInvoice): void {
  const [sample] = conformance.operations[`${side}-invoice-status.write`]!;
  const fields = JSON.stringify((sample!.input as { fields: object }).fields);
  const invoice = (more: object = {}) => ({ ...anInvoice(), project, ...more });

  nodeContract(
    declaration,
    {
      fields: { fields },
      firm(sandbox) {
        const simulator = sandbox[system];
        simulator.definition.load(simulator as never, conformance.given);
        simulator.definition.load(simulator as never, sample!.given);
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
        const sent = at.out(1)[0] as Record<typeof side, { invoiceStatus: object }>;
        should(sent[side].invoiceStatus).containEql({ written: true });
        JSON.stringify(at.sandbox[system].state).should.containEql('netsuite:1001');
      });
    },
  );
}
