import should from 'should';
import type { CustomerFound, PeriodFound, PostedTimeSum, ProjectInvoices } from '../../model/operations.ts';
import { contractIssues } from '../../model/contract.ts';
import type { FinanceAmount } from '../../model/project-finances-rules.ts';
import type { ProjectFinances } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';

const { signal } = new AbortController();
const customer = (code: string, entity = 'DE01', more: object = {}) => ({
  ...{
    externalId: `${code}____${entity}`,
    entityId: `${code}@${entity}`,
    companyName: `Client ${code}`,
    subsidiary: { externalId: entity },
  },
  ...more,
});
const job = (code: string, more: object = {}) => ({
  ...{
    externalId: code,
    entityId: code,
    companyName: code,
    parent: { externalId: 'ACC-0001____DE01' },
    subsidiary: { externalId: 'DE01' },
  },
  ...more,
});
const line = (amount: number, more: object = {}) => ({ item: { externalId: 'SVC-CONSULTING' }, quantity: 1, rate: amount, ...more });
const invoice = (externalId: string, more: object = {}) => ({
  ...{ externalId, tranId: externalId, entity: { externalId: 'ACC-0001____DE01' }, job: { externalId: 'ENG-0001' } },
  ...{ subsidiary: { externalId: 'DE01' }, currency: { externalId: 'EUR' }, tranDate: '2026-03-10', item: { items: [line(1200)] } },
  ...more,
});
const time = (hours: string, more: object = {}) => ({
  ...{ employee: { externalId: 'EMP-001' }, customer: { externalId: 'ENG-0001' }, subsidiary: { externalId: 'DE01' } },
  ...{ tranDate: '2026-03-10', hours, isBillable: true, item: { externalId: 'SVC-CONSULTING' }, rate: 160, ...more },
});
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('What NetSuite is asked', () => {
  let box: NetSuiteSandbox;
  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    load({ customer: [customer('ACC-0001'), customer('ACC-0002')], job: [job('ENG-0001'), job('ENG-0002')] });
  });
  afterEach(() => box.stop());

  const load = (records: object, more: object = {}) => netsuite.load(box.sim, { records, ...more });
  const ofProject = { project: 'ENG-0001', legalEntity: 'DE01', account: 'ACC-0001' };
  const invoices = (more: object = {}): Promise<ProjectInvoices> =>
    box.erp.operations['project-invoices.find']({ ...ofProject, ...more }, { signal });
  const timeOf = (more: object = {}): Promise<PostedTimeSum> =>
    box.erp.operations['posted-time.sum']({ ...ofProject, ...more }, { signal });
  const client = (account: string, legalEntity = 'DE01'): Promise<CustomerFound> =>
    box.erp.operations['customer.find']({ account, legalEntity }, { signal });
  const period = (day: string): Promise<PeriodFound> => box.erp.operations['period.find']({ day, legalEntity: 'DE01' }, { signal });

  describe('a project', () => {
    it('that is not there is found by nobody, and one without invoices and time was billed nothing', async () => {
      (await invoices({ project: 'ENG-0009' })).should.deepEqual({ key: 'ENG-0009', found: false, legalEntity: 'DE01' });
      (await timeOf({ project: 'ENG-0009' })).should.deepEqual({ key: 'ENG-0009', found: false, legalEntity: 'DE01' });
      (await invoices()).should.match({ found: true, totals: [], drafts: 0, voided: 0, invoices: [] });
      const none = await timeOf();
      none.should.match({ found: true, entries: 0, minutes: 0, amounts: [] });
      should(none).not.have.any.keys('firstDay', 'days');
    });

    it('of the same code that is another entity’s or client’s is refused, and so is one whose client nobody knows', async () => {
      (await failureOf(invoices({ legalEntity: 'NL01' }))).should.match({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
      (await failureOf(timeOf({ account: 'ACC-0002' }))).should.match({ code: 'RECORD_OF_ANOTHER', field: 'parent' });
      load({ customer: [{ externalId: 'by hand', companyName: 'Hand', subsidiary: { externalId: 'DE01' } }] });
      load({ job: [job('ENG-0003', { parent: { externalId: 'by hand' } })] });
      (await failureOf(invoices({ project: 'ENG-0003' }))).should.match({ code: 'RECORD_OF_ANOTHER', field: 'parent' });
      (await invoices({ project: 'ENG-0003', account: undefined })).should.match({ found: true });
      (await failureOf(invoices({ project: 'eng-0001' }))).should.match({ code: 'EXTERNAL_ID_CASE' });
      (await failureOf(invoices({ legalEntity: 'XX99' }))).should.match({ class: 'mapping.missing', value: 'XX99' });
    });
  });

  describe('invoices of a project', () => {
    it('are told one by one and in sum, to the cent; drafts and voided ones are in no sum', async () => {
      load({
        invoice: [
          invoice('INV-2', { tranDate: '2026-04-10', taxTotal: 0.01, item: { items: [line(0.1), line(0.2)] } }),
          invoice('INV-1', { taxTotal: 228 }),
          invoice('INV-3', { status: { id: 'V' } }),
          invoice('INV-4', { status: { id: 'D' } }),
          invoice('INV-5', { job: { externalId: 'ENG-0002' } }),
        ],
        customerPayment: [
          {
            ...{ externalId: 'PAY-1', customer: { externalId: 'ACC-0001____DE01' }, subsidiary: { externalId: 'DE01' } },
            ...{ tranDate: '2026-03-20', apply: { items: [{ apply: true, doc: { externalId: 'INV-1' }, amount: 1000 }] } },
          },
        ],
      });
      const found = await invoices();
      found.should.match({ drafts: 1, voided: 1 });
      found
        .invoices!.map(({ number, status, net, open }) => [number, status, net.amount, open?.amount])
        .should.deepEqual([
          ['INV-1', 'partly-paid', '1200.00', '428.00'],
          ['INV-3', 'voided', '0.00', '0.00'],
          ['INV-2', 'posted', '0.30', '0.31'],
        ]);
      found.totals!.should.deepEqual([
        {
          ...{ currency: 'EUR', count: 2, net: eur('1200.30'), gross: eur('1428.31') },
          ...{ paid: eur('1000.00'), credited: eur('0.00'), open: eur('428.31') },
        },
      ]);
    });

    it('of several currencies are never one sum', async () => {
      load({ job: [job('ENG-0004')] });
      load({
        invoice: [
          invoice('INV-6', { job: { externalId: 'ENG-0004' }, currency: { externalId: 'USD' } }),
          invoice('INV-7', { job: { externalId: 'ENG-0004' } }),
        ],
      });
      (await failureOf(invoices({ project: 'ENG-0004' }))).should.match({ code: 'INVOICE_UNREADABLE', field: 'currency', value: 'USD' });
      // a project that says no currency may be billed in several
      delete box.records('job').find(({ externalId }) => externalId === 'ENG-0004')!.fields['currency'];
      const found = await invoices({ project: 'ENG-0004' });
      found
        .totals!.map(({ currency, net }) => [currency, net.amount])
        .should.deepEqual([
          ['EUR', '1200.00'],
          ['USD', '1200.00'],
        ]);
    });

    it('that bill other projects, too, count with this one’s share, and what is paid of it is not guessed', async () => {
      const { job: _job, ...shared } = invoice('INV-8', {
        item: { items: [line(700, { job: { externalId: 'ENG-0001' } }), line(500, { job: { externalId: 'ENG-0002' } })] },
      }) as { job: unknown };
      load({ invoice: [shared] });
      const found = await invoices();
      found.invoices!.should.match([{ number: 'INV-8', shared: true, net: eur('700.00'), gross: null, open: null }]);
      found.totals!.should.match([{ net: eur('700.00'), gross: null, paid: null, open: null }]);
    });

    it('whose amounts do not agree end the look-up, and a list that is cut is not all', async () => {
      load({ invoice: [invoice('INV-1', { total: 1 }), invoice('INV-2')] });
      const [stored] = box.records('invoice');
      Object.assign(stored!.fields, { total: 77 });
      (await failureOf(invoices())).should.match({ class: 'contract.invalid', code: 'INVOICE_UNREADABLE', field: 'gross' });
      Object.assign(stored!.fields, { total: 1200 });
      (await invoices()).should.match({ found: true });
    });
  });

  describe('revenue and margin of a project', () => {
    const journal = (account: string, debit: number, more: object = {}) => {
      const [own, other] = [{ account: { id: account }, entity: { externalId: 'ENG-0001' } }, { account: { id: '7' } }];
      const items =
        debit < 0
          ? [
              { ...own, credit: -debit },
              { ...other, debit: -debit },
            ]
          : [
              { ...own, debit },
              { ...other, credit: debit },
            ];
      return { subsidiary: { externalId: 'DE01' }, currency: { externalId: 'EUR' }, tranDate: '2026-03-31', line: { items }, ...more };
    };
    const report = (amount: number, status: string) => ({
      ...{ entity: { externalId: 'EMP-001' }, subsidiary: { externalId: 'DE01' }, tranDate: '2026-03-10', status: { id: status } },
      expense: { items: [{ category: { id: '1' }, amount, customer: { externalId: 'ENG-0001' } }] },
    });
    const asOf = '2026-03-31T10:00:00.000Z';
    const finances = async (config: object = { labourAccounts: '5000' }, project = 'ENG-0001') => {
      const erp = box.another(config);
      const found = await erp.operations['project-finances.find']({ project, legalEntity: 'DE01', asOf }, { signal });
      await erp.close();
      if (found.finances) contractIssues('project-finances', found.finances).should.deepEqual([]);
      return found.finances!;
    };
    const amounts = (of: ProjectFinances, ...fields: FinanceAmount[]) => fields.map((field) => of[field]?.amount ?? null);

    it('are the posted ones of its entity, to the cent', async () => {
      load({ job: [job('ENG-0001', { jobPrice: 5000, jobBillingType: { id: 'FBM' } })] });
      load({
        invoice: [
          invoice('INV-1', { taxTotal: 228 }),
          invoice('INV-2', { status: { id: 'D' } }),
          invoice('INV-3', { job: { externalId: 'ENG-0002' } }),
        ],
        expenseReport: [report(48.9, 'F'), report(77, 'A')],
        journalEntry: [
          journal('5', 500.1),
          journal('3', -300.05), // recognized, and not billed
          journal('4', -9000), // between companies of the group
          journal('3', -9000, { accountingBook: 2 }),
          journal('5', 9000, { approved: false }),
          journal('5', 9000, { subsidiary: { externalId: 'NL01' } }),
          journal('2', -9000),
        ],
      });
      const found = await finances();
      found.should.match({ engagement: 'ENG-0001', currency: 'EUR', billing: 'fixed-price', asOf, unknown: [], marginPercent: '63.40' });
      amounts(found, 'contractValue', 'billed', 'invoiced', 'paid', 'credited', 'open').should.deepEqual([
        ...['5000.00', '1200.00', '1428.00', '0.00', '0.00', '1428.00'],
      ]);
      amounts(found, 'revenue', 'labourCost', 'expenseCost', 'cost', 'margin').should.deepEqual([
        ...['1500.05', '500.10', '48.90', '549.00', '951.05'],
      ]);
      amounts(found, 'unbilled', 'overbilled').should.deepEqual(['300.05', '0.00']);
    });

    it('say why they are not known, and are never zero for it', async () => {
      load({ invoice: [invoice('INV-1')], journalEntry: [journal('3', 2000)] });
      const found = await finances({});
      found.unknown.should.deepEqual([
        { field: 'contractValue', reason: 'not-said' },
        { field: 'labourCost', reason: 'not-configured' },
        { field: 'expenseCost', reason: 'not-configured' },
        { field: 'marginPercent', reason: 'no-revenue' },
      ]);
      amounts(found, 'revenue', 'cost', 'margin', 'overbilled').should.deepEqual(['-800.00', '0.00', '-800.00', '2000.00']);
    });

    it('of a project in another currency than the books’ are its own, where all of it is, and are not converted', async () => {
      const usd = { currency: { externalId: 'USD' } };
      load({ job: [job('ENG-0004', usd)] });
      load({ invoice: [invoice('INV-1', { ...usd, job: { externalId: 'ENG-0004' } })] });
      const own = await finances({ labourAccounts: '5000' }, 'ENG-0004');
      own.should.match({
        currency: 'USD',
        revenue: { amount: '1200.00', currency: 'USD' },
        cost: { amount: '0.00' },
        marginPercent: '100.00',
      });
      const labour = journal('5', 100) as { line: { items: { entity?: object }[] } };
      labour.line.items[0]!.entity = { externalId: 'ENG-0004' };
      load({ journalEntry: [labour] });
      const mixed = await finances({ labourAccounts: '5000' }, 'ENG-0004');
      amounts(mixed, 'revenue', 'labourCost', 'expenseCost', 'cost', 'margin').should.deepEqual(['1200.00', null, '0.00', null, null]);
      mixed.unknown.should
        .containEql({ field: 'labourCost', reason: 'other-currency' })
        .and.containEql({ field: 'margin', reason: 'follows' });
    });

    it('of an invoice that bills other projects, too, leave out what cannot be told apart', async () => {
      const { job: _job, ...shared } = invoice('INV-8', {
        item: { items: [line(700, { job: { externalId: 'ENG-0001' } }), line(500, { job: { externalId: 'ENG-0002' } })] },
      }) as { job: unknown };
      load({ invoice: [shared] });
      const found = await finances();
      amounts(found, 'billed', 'revenue', 'invoiced', 'open').should.deepEqual(['700.00', '700.00', null, null]);
      found.unknown.should.containEql({ field: 'open', reason: 'shared-invoice' });
    });

    it('of a project that is not there are not found', async () => {
      (await box.erp.operations['project-finances.find']({ project: 'ENG-0009', legalEntity: 'DE01', asOf }, { signal })).should.deepEqual({
        ...{ key: 'ENG-0009', found: false, legalEntity: 'DE01' },
      });
    });
  });

  describe('posted time of a project', () => {
    it('is summed by currency and told day by day; what was rejected, planned or is another project’s is left out', async () => {
      load({
        timeBill: [
          time('7:30', { externalId: 'kantata___1', approvalStatus: { id: '3' } }),
          time('0:20', { tranDate: '2026-03-12' }),
          time('1:00', { tranDate: '2026-03-12', isBillable: false, rate: 0 }),
          time('2:00', { tranDate: '2026-03-11', approvalStatus: { id: '4' } }),
          time('8:00', { timeType: { id: 'P' } }),
          time('5:00', { customer: { externalId: 'ENG-0002' } }),
        ],
      });
      const found = await timeOf({ byDay: true });
      found.should.match({
        ...{ entries: 3, minutes: 530, billableMinutes: 470, unpricedMinutes: 0, amounts: [eur('1253.33')] },
        ...{ approvedMinutes: 450, rejectedMinutes: 120, firstDay: '2026-03-10', lastDay: '2026-03-12' },
      });
      found
        .days!.map(({ day, minutes }) => [day, minutes])
        .should.deepEqual([
          ['2026-03-10', 450],
          ['2026-03-12', 80],
        ]);
    });

    it('without a price is not worth nothing', async () => {
      load({ timeBill: [time('1:00', { externalId: 'kantata___1' }), time('2:00', { externalId: 'kantata___2' })] });
      delete box.records('timeBill').find(({ externalId }) => externalId === 'kantata:2')!.fields['rate'];
      (await timeOf()).should.match({ minutes: 180, unpricedMinutes: 120, amounts: [eur('160.00')] });
    });

    it('is all of it, page after page', async function () {
      this.timeout(20_000);
      load({ timeBill: Array.from({ length: 1_001 }, () => time('0:15')) });
      (await timeOf()).should.match({ entries: 1_001, minutes: 15_015, amounts: [eur('40040.00')] });
    });
  });

  describe('a customer', () => {
    it('is the client’s of that legal entity alone', async () => {
      (await client('ACC-0001')).should.match({ key: 'ACC-0001@DE01', found: true, name: 'Client ACC-0001', inactive: false });
      (await client('ACC-0001', 'NL01')).should.deepEqual({ key: 'ACC-0001@NL01', found: false, legalEntity: 'NL01' });
      (await failureOf(client('acc-0001'))).should.match({ code: 'EXTERNAL_ID_CASE' });
      load({ customer: [customer('ACC-0005', 'DE01', { externalId: 'ACC-0005____NL01' })] });
      (await failureOf(client('ACC-0005', 'NL01'))).should.match({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
    });
  });

  describe('an accounting period', () => {
    it('is open, locked as a whole or for one kind of documents, or closed', async () => {
      load(
        {},
        {
          periods: [
            { start: '2026-02-01', arLocked: true },
            { start: '2026-03-01', allLocked: true },
          ],
        },
      );
      const states = await Promise.all(['2026-04-30', '2026-02-01', '2026-03-31', '2026-01-15'].map(period));
      states
        .map(({ name, state, lockedFor }) => [name, state, lockedFor!.receivables, lockedFor!.payables])
        .should.deepEqual([
          ['Apr 2026', 'open', false, false],
          ['Feb 2026', 'open', true, false],
          ['Mar 2026', 'locked', true, true],
          ['Jan 2026', 'closed', true, true],
        ]);
      should(states[0]).match({ start: '2026-04-01', end: '2026-04-30', legalEntity: 'DE01' });
      (await period('2099-01-01')).should.deepEqual({ key: '2099-01-01', found: false, legalEntity: 'DE01' });
    });

    it('of adjustment beside the month is not the one that is meant, and of two months none is chosen', async () => {
      const more = { startDate: '2026-04-30', endDate: '2026-04-30', isQuarter: false, isYear: false, closed: true };
      load({}, { periods: [{ start: '2028-01-01', periodName: 'Adjustment', isAdjust: true, ...more }] });
      (await period('2026-04-30')).should.match({ name: 'Apr 2026', state: 'open' });
      load({}, { periods: [{ start: '2028-02-01', periodName: 'Twice', ...more }] });
      (await failureOf(period('2026-04-30'))).should.match({ class: 'conflict.duplicate', code: 'PERIODS_OVERLAP' });
    });
  });
});
