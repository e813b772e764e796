import should from 'should';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import type { ConformanceData } from '../../sandbox/conformance.ts';
import { someFinances } from '../model/some-finances.ts';
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

      it('shows the margin of the project where it is allowed to and the books were asked, and no figures that contradict each other', async () => {
        const figures = someFinances({ project: { id: '9', code: project.code }, legalEntity: invoice().legalEntity });
        const [field] = Object.entries(JSON.parse(fields) as Record<string, string>).find(([, part]) => part === 'status')!;
        const allowed = { ...(JSON.parse(fields) as object), [field]: 'projectMargin' };
        const hears = async (projectFinances: object, count: number) => {
          at.receive({ payload: invoice({ version: `2026-04-0${count}T10:00:00Z` }), erp: { projectFinances } });
          return (await at.red.ended(count)).at(-1)!;
        };
        await at.deploy({ fields: JSON.stringify(allowed) });
        const { margin } = figures;
        const contradicts = { ...figures, paid: { amount: '99000.00', currency: 'EUR' } };
        should((await hears({ found: true, finances: contradicts }, 1)).failure).match({ code: 'FINANCES_OVERPAID', field: 'paid' });
        const others = { ...figures, project: { id: '8', code: 'ENG-0088' } };
        should((await hears({ found: true, finances: others }, 2)).failure).match({ code: 'INPUT_WRONG', value: 'ENG-0088' });
        JSON.stringify(at.sandbox[system].state).should.not.containEql(`${margin!.amount} EUR`);
        should((await hears({ found: true, finances: figures }, 3)).failure).equal(undefined);
        JSON.stringify(at.sandbox[system].state).should.containEql(`${margin!.amount} EUR`);
        should((await hears({ found: false }, 4)).failure).equal(undefined);
        JSON.stringify(at.sandbox[system].state).should.not.containEql(`${margin!.amount} EUR`);
      });
    },
  );
}
