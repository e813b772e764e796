import { type CalendarDate } from '../../firm/calendar-date.ts';
import type { AccountingDesk } from '../../firm/desks.ts';
import type { Bill, InvoiceAct } from '../../firm/month/invoice-script.ts';
import { toJsonNumber } from '../../firm/minor-units.ts';
import { erpId } from './erp-ids.ts';
import type { NetSuiteDesk } from './netsuite-desk.ts';

const SERVICE = { externalId: 'SVC-CONSULTING' };

/** What accounting does in NetSuite. */
export class NetSuiteAccountingDesk implements AccountingDesk {
  private readonly netsuite: NetSuiteDesk;

  constructor(netsuite: NetSuiteDesk) {
    this.netsuite = netsuite;
  }

  async removeExpense(note: string): Promise<boolean> {
    const rows = await this.netsuite.query(
      `SELECT DISTINCT t.id FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.type = 'ExpRept' AND tl.memo = ${quoted(note)}`,
    );
    for (const { id = '' } of rows) await this.netsuite.remove('expenseReport', id);
    return rows.length > 0;
  }

  async enter(act: InvoiceAct, day: CalendarDate): Promise<boolean> {
    if (act.kind === 'void') return this.voidInvoice(act.bill);
    const number = act.kind === 'post' ? act.bill.number : act.document;
    if (await this.transaction(number)) return false;
    if (act.kind === 'post') await this.post(act.bill, day);
    else await this.settle(act, day);
    return true;
  }

  private async post({ number, project, currency, net, toProject }: Bill, day: CalendarDate): Promise<void> {
    const [job] = await this.netsuite.query(`SELECT id, customer FROM job WHERE externalid = ${quoted(erpId(project))}`);
    if (!job) throw new Error(`the ERP has no project ${project}`);
    await this.netsuite.create('invoice', {
      tranId: number,
      ...(toProject ? { entity: { id: job['id'] } } : { entity: { id: job['customer'] }, job: { id: job['id'] } }),
      currency: { externalId: currency },
      tranDate: day,
      item: { items: [{ item: SERVICE, quantity: 1, rate: toJsonNumber(net, currency) }] },
    });
  }

  private async settle(act: InvoiceAct & { kind: 'pay' | 'credit' }, day: CalendarDate): Promise<void> {
    const { bill, document, kind } = act;
    const invoice = await this.transaction(bill.number);
    if (!invoice) throw new Error(`the ERP has no invoice ${bill.number}`);
    const amount = toJsonNumber(act.amount, bill.currency);
    const of = { tranId: document, tranDate: day, currency: { externalId: bill.currency } };
    const apply = { items: [{ apply: true, doc: { id: invoice['id'] }, amount }] };
    const customer = { id: invoice['entity'] };
    const [job] = bill.toProject ? [] : await this.netsuite.query(`SELECT id FROM job WHERE externalid = ${quoted(erpId(bill.project))}`);
    if (kind === 'pay') await this.netsuite.create('customerPayment', { ...of, customer, payment: amount, apply });
    else
      await this.netsuite.create('creditMemo', {
        ...of,
        entity: customer,
        ...(job ? { job: { id: job['id'] } } : {}),
        item: { items: [{ item: SERVICE, quantity: 1, rate: amount }] },
        apply,
      });
  }

  /** There is a button for it in the user interface, and nothing in the record service. */
  private async voidInvoice({ number }: Bill): Promise<boolean> {
    const invoice = await this.transaction(number);
    if (!invoice) throw new Error(`the ERP has no invoice ${number}`);
    if (invoice['status'] === 'V') return false;
    await this.netsuite.pressVoid('invoice', invoice['id'] as string);
    return true;
  }

  private async transaction(number: string): Promise<Record<string, string | undefined> | undefined> {
    const [found] = await this.netsuite.query(`SELECT id, entity, status FROM transaction WHERE tranid = ${quoted(number)}`);
    return found;
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
