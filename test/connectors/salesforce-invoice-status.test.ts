import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import { Turns } from '../../connectors/kit/turns.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CrmInvoiceStatus } from '../../model/operations.ts';
import { conformance } from '../../sandbox/salesforce/conformance.ts';
import { anInvoice, eur, settled } from '../model/an-invoice.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

const sample = conformance.operations['crm-invoice-status.write']![0]!;
const fields: CrmInvoiceStatus['fields'] = {
  Invoice_Id__c: 'id',
  Invoice_Version__c: 'version',
  Invoice_Date__c: 'invoiceDate',
  Invoice_Status__c: 'status',
  Invoice_Gross__c: 'gross',
  Invoice_Due_Date__c: 'dueDate',
  Invoice_Amount__c: 'open',
};

describe('The state of an invoice in Salesforce', () => {
  const records = [conformance.given, sample.given].flatMap((given) => (given as { records: JsonObject[] }).records);
  let org: SalesforceSandbox;
  let crm: SalesforceConnector;
  beforeEach(async () => {
    org = await new SalesforceSandbox().start(records);
    crm = org.connector();
  });
  afterEach(async () => {
    await crm.close();
    await org.stop();
  });

  const write = (invoice = anInvoice(), more: Partial<CrmInvoiceStatus> = {}, effects = new InMemoryEffects()) =>
    crm.operations['crm-invoice-status.write'](
      { invoice, type: 'Opportunity', keyField: 'Engagement_Code__c', key: 'ENG-1', fields, ...more },
      contextOf(effects),
    );
  const deal = () => Object.values(org.sim.state.records['Opportunity'] ?? {})[0]!;
  const writes = () => org.sim.journal.entries.filter(({ type }) => type === 'Opportunity');

  it('is written in the listed fields alone, with amounts as the fields take them', async () => {
    should(await write()).containEql({ written: true });
    should(deal()).containEql({
      Invoice_Id__c: 'netsuite:1001',
      Invoice_Status__c: 'posted',
      Invoice_Gross__c: 1190,
      Invoice_Due_Date__c: '2026-04-09',
      Invoice_Amount__c: '1190.00 EUR',
    });
    Object.keys(writes()[0]!.body as object)
      .sort()
      .should.deepEqual(Object.keys(fields).sort());
    JSON.stringify(org.sim.journal.entries).should.not.containEql('400');
  });

  it('is not written again when it is shown already: nothing changes in the org, and no automation runs', async () => {
    await write();
    const { SystemModstamp } = deal();
    await write();
    should(deal()['SystemModstamp']).equal(SystemModstamp);
    writes().should.have.length(1);
  });

  it('empties what a newer state has no more', async () => {
    await write();
    const { dueDate: _gone, ...without } = anInvoice({
      status: 'paid',
      payments: [settled('1190.00')],
      open: eur('0.00'),
      version: '2026-03-20T10:00:00.000Z',
    });
    await write(without);
    should(deal()).containEql({ Invoice_Status__c: 'paid', Invoice_Amount__c: '0.00 EUR' });
    should(deal()['Invoice_Due_Date__c']).equal(undefined);
  });

  it('stays that of its newest invoice when an older one is paid', async () => {
    const former = { id: 'netsuite:7', number: 'INV-7', invoiceDate: '2026-02-10' };
    await write(anInvoice({ ...former, version: '2026-02-10T10:00:00.000Z' }));
    await write();
    const paid = { status: 'paid' as const, payments: [settled('1190.00')], open: eur('0.00'), version: '2026-06-01T10:00:00.000Z' };
    should(await write(anInvoice({ ...former, ...paid }))).containEql({ written: false, shows: 'netsuite:1001' });
    should(deal()).containEql({ Invoice_Id__c: 'netsuite:1001', Invoice_Status__c: 'posted', Invoice_Amount__c: '1190.00 EUR' });
  });

  it('never gives way to an older one: of the same invoice it is refused, of another it is left', async () => {
    await write();
    await write(anInvoice({ version: '2026-03-09T10:00:00.000Z' })).should.be.rejectedWith({
      class: 'conflict.stale',
      code: 'INVOICE_STALE',
      record: 'Opportunity ENG-1',
      field: 'Invoice_Version__c',
    });
    should(await write(anInvoice({ id: 'netsuite:7', version: '2026-03-09T10:00:00.000Z' }))).containEql({
      written: false,
      shows: 'netsuite:1001',
    });
    should(deal()['Invoice_Id__c']).equal('netsuite:1001');
  });

  describe('of two deals of one client', () => {
    const onAccount = { type: 'Account', keyField: 'Account_Code__c', key: 'ACC-0101' };
    const older = anInvoice({ id: 'netsuite:7', number: 'INV-7', invoiceDate: '2026-02-10', version: '2026-06-01T10:00:00.000Z' });
    const account = () => Object.values(org.sim.state.records['Account'] ?? {}).find(({ Id }) => Id === '001000000000101AAA')!;
    const shown = () => account()['Invoice_Id__c'];

    for (const [first, invoices] of Object.entries({ newer: [anInvoice(), older], older: [older, anInvoice()] })) {
      it(`told at once, is that of the newer one, the ${first} one asked for first`, async () => {
        // within the second in which the account was changed last
        await write(anInvoice({ id: 'netsuite:3', invoiceDate: '2026-01-10' }), onAccount);
        const written = await Promise.all(invoices.map((invoice) => write(invoice, onAccount)));
        shown()!.should.equal('netsuite:1001');
        written.map((result) => result.written).should.deepEqual(first === 'newer' ? [true, false] : [true, true]);
      });
    }

    it('is not overwritten by another process that had read before, and whose older one arrives second', async () => {
      account()['SystemModstamp'] = '2026-03-01T10:00:00.000Z';
      const other = org.connector();
      const effects = new InMemoryEffects();
      const late = effects.write.bind(effects);
      // it has read and compared; the newer one is written now
      effects.write = async (one) => {
        should(await write(anInvoice(), onAccount)).containEql({ written: true });
        return late(one);
      };
      const tell = (by: InMemoryEffects) =>
        other.operations['crm-invoice-status.write']({ invoice: older, fields, ...onAccount }, contextOf(by));
      await tell(effects).should.be.rejectedWith({ class: 'transient.locked', code: 'RECORD_MOVED_ON', outcome: 'not-made' });
      shown()!.should.equal('netsuite:1001');
      // the run comes again
      effects.write = late;
      should(await tell(effects)).containEql({ written: false, shows: 'netsuite:1001' });
      await other.close();
    });

    it('lets the others go on when one that waits for its turn is given up', async () => {
      const turns = new Turns();
      const order: string[] = [];
      let open = () => {};
      const first = turns.take('a', () => new Promise<void>((resolve) => (open = resolve)), new AbortController().signal);
      const gone = new AbortController();
      const second = turns.take('a', async () => void order.push('second'), gone.signal);
      const third = turns.take('a', async () => void order.push('third'), new AbortController().signal);
      await turns.take('b', async () => void order.push('another'), new AbortController().signal);
      gone.abort();
      await second.should.be.rejectedWith({ code: 'ABORTED' });
      order.should.deepEqual(['another']);
      open();
      await Promise.all([first, third]);
      order.should.deepEqual(['another', 'third']);
    });
  });

  it('is written onto the account of the client', async () => {
    const onAccount = { type: 'Account', keyField: 'Account_Code__c', key: 'ACC-0101' };
    should(await write(anInvoice(), onAccount)).containEql({ record: '001000000000101AAA', written: true });
  });

  it('that the CRM has no record for, or no writable field, or no room in its currency, is refused before anything is written', async () => {
    const refusals = [
      [
        () => write(anInvoice(), { key: 'ENG-404' }),
        { class: 'mapping.missing', code: 'CRM_RECORD_UNKNOWN', field: 'Engagement_Code__c', value: 'ENG-404' },
      ],
      [
        () => write(anInvoice(), { fields: { ...fields, Invoice_Margin__c: 'margin' } }),
        { class: 'contract.drift', code: 'FIELD_NOT_WRITABLE', field: 'Invoice_Margin__c' },
      ],
      [
        () => write(anInvoice(), { fields: { ...fields, No_Such__c: 'net' } }),
        { class: 'contract.drift', code: 'INVALID_FIELD', field: 'No_Such__c' },
      ],
      [
        () => write(anInvoice({ gross: { amount: '1190.00', currency: 'USD' } })),
        { class: 'business.rejected', code: 'RECORD_CURRENCY', field: 'Invoice_Gross__c', value: 'EUR' },
      ],
    ] as const;
    for (const [refused, failure] of refusals) {
      const said = (await refused().catch((error: unknown) => error)) as { remedy?: string };
      should(said).containEql(failure);
      should(said.remedy).be.ok();
    }
    writes().should.deepEqual([]);
  });

  it('two records of one key are for a person', async () => {
    org.load([{ ...records[1]!, Id: '006000000000777AAA', Engagement_Code__c: 'ENG-2' }]);
    await write(anInvoice(), { keyField: 'Name', key: 'Deal 1' }).should.be.rejectedWith({
      class: 'conflict.duplicate',
      code: 'CRM_RECORD_TWICE',
      value: 'Deal 1',
    });
  });
});
