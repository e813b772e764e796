import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Invoice } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { advanced, parseCursor, unread } from '../../connectors/netsuite/records/change-cursor.ts';
import { NetSuiteSandbox } from './netsuite-sandbox.ts';

const signal = new AbortController().signal;
const since = '2025-01-01T00:00:00Z';
const subsidiary = { externalId: 'DE01' };
const customer = (entity: string) => ({
  externalId: `ACC-0001____${entity}`,
  entityId: `ACC-0001 ${entity}`,
  companyName: `Acme ${entity}`,
  subsidiary: { externalId: entity },
});
const project = {
  externalId: 'ENG-0001',
  entityId: 'ENG-0001',
  companyName: 'ERP rollout',
  parent: { externalId: 'ACC-0001____DE01' },
  subsidiary,
};
const invoice = (externalId: string, more: object = {}) => ({
  externalId,
  tranId: externalId,
  entity: { externalId: 'ACC-0001____DE01' },
  job: { externalId: 'ENG-0001' },
  subsidiary,
  currency: { externalId: 'EUR' },
  tranDate: '2026-03-10',
  taxTotal: 228,
  item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 8, rate: 150 }] },
  lastModifiedDate: '2026-03-10T10:00:00Z',
  ...more,
});
const applied = (externalId: string, amount: number, day: string) => ({
  externalId,
  customer: { externalId: 'ACC-0001____DE01' },
  subsidiary,
  tranDate: `2026-03-${day}`,
  apply: { items: [{ apply: true, doc: { externalId: 'INV-1' }, amount }] },
  lastModifiedDate: `2026-03-${day}T10:00:00Z`,
});
const credit = (externalId: string, amount: number, day: string) => {
  const { customer: entity, ...rest } = applied(externalId, amount, day);
  return { ...rest, entity, item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 1, rate: amount }] } };
};

describe('Invoices of NetSuite', () => {
  let box: NetSuiteSandbox;
  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    load({ customer: [customer('DE01'), customer('NL01')], job: [project] });
  });
  afterEach(() => box.stop());

  const load = (records: object) => netsuite.load(box.sim, { records });

  async function poll(cursor?: Json, pageSize = 2): Promise<{ events: SourceEvent[]; cursor: Json }> {
    const events: SourceEvent[] = [];
    for (;;) {
      const page = await box.erp.operations['invoice.poll'](cursor, { since, pageSize }, signal);
      // as the engine does: what has come already is no news
      events.push(...page.events.filter(({ id }) => !events.some((event) => event.id === id)));
      cursor = page.cursor;
      if (!page.more) return { events, cursor };
    }
  }
  const data = ({ data: found }: SourceEvent) => found as unknown as Invoice;
  const shown = (events: SourceEvent[]) => events.map((event) => `${data(event).number} ${data(event).status} ${data(event).open.amount}`);

  it('come in order of change, complete, in the firm’s codes, page after page, those of one second by their id', async () => {
    load({ invoice: ['INV-1', 'INV-2', 'INV-3', 'INV-4', 'INV-5'].map((id) => invoice(id)) });
    const { events } = await poll();
    events.map((event) => data(event).number).should.deepEqual(['INV-1', 'INV-2', 'INV-3', 'INV-4', 'INV-5']);
    for (const event of events) contractIssues('invoice', event.data).should.deepEqual([]);
    should(data(events[0]!)).containDeep({
      legalEntity: 'DE01',
      customer: { code: 'ACC-0001', legalEntity: 'DE01' },
      project: { code: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR' },
      status: 'posted',
      net: { amount: '1200.00', currency: 'EUR' },
      tax: { amount: '228.00', currency: 'EUR' },
      gross: { amount: '1428.00', currency: 'EUR' },
      open: { amount: '1428.00', currency: 'EUR' },
      lines: [{ amount: { amount: '1200.00', currency: 'EUR' } }],
      version: '2026-03-10T10:00:00.000Z',
    });
    events[0]!.should.containEql({ type: 'com.psconnect.invoice.posted', key: 'ENG-0001' });
  });

  it('of the projects of one engagement come one after the other, whichever legal entity bills', async () => {
    const share = { externalId: 'ENG-0001-NL01', entityId: 'ENG-0001-NL01', parent: { externalId: 'ACC-0001____NL01' } };
    const nl = { externalId: 'NL01' };
    load({
      job: [{ ...project, ...share, subsidiary: nl }],
      invoice: [
        invoice('INV-1'),
        invoice('INV-2', { entity: { externalId: 'ACC-0001____NL01' }, job: { externalId: 'ENG-0001-NL01' }, subsidiary: nl }),
      ],
    });
    const { events } = await poll();
    events
      .map((event) => [data(event).project?.code, event.key])
      .should.deepEqual([
        ['ENG-0001', 'ENG-0001'],
        ['ENG-0001-NL01', 'ENG-0001'],
      ]);
  });

  it('come again when they are paid, credited or voided, and not when nothing has changed', async () => {
    load({ invoice: [invoice('INV-1')] });
    let { events, cursor } = await poll();
    shown(events).should.deepEqual(['INV-1 posted 1428.00']);
    ({ events, cursor } = await poll(cursor));
    shown(events).should.deepEqual([]);
    load({ customerPayment: [applied('P-1', 428, '11')] });
    ({ events, cursor } = await poll(cursor));
    shown(events).should.deepEqual(['INV-1 partly-paid 1000.00']);
    data(events[0]!).payments.should.containDeep([{ date: '2026-03-11', amount: { amount: '428.00', currency: 'EUR' } }]);
    load({ creditMemo: [credit('C-1', 1000, '12')] });
    ({ events, cursor } = await poll(cursor));
    shown(events).should.deepEqual(['INV-1 paid 0.00']);
    data(events[0]!).credits.should.have.length(1);
    contractIssues('invoice', events[0]!.data).should.deepEqual([]);
    load({ invoice: [invoice('INV-2', { status: { id: 'V' }, lastModifiedDate: '2026-03-13T10:00:00Z' })] });
    ({ events } = await poll(cursor));
    shown(events).should.deepEqual(['INV-2 voided 0.00']);
    contractIssues('invoice', events[0]!.data).should.deepEqual([]);
  });

  it('that are settled by credits alone are credited', async () => {
    load({ invoice: [invoice('INV-1')], creditMemo: [credit('C-1', 1428, '12')] });
    shown((await poll()).events)
      .at(-1)!
      .should.equal('INV-1 credited 0.00');
  });

  it('with a discount, on a line or on the whole, are told with what is taken off, and agree', async () => {
    const consulting = { item: { externalId: 'SVC-CONSULTING' } };
    const line = {
      items: [
        { ...consulting, quantity: 8, rate: 150 },
        { ...consulting, quantity: 1, rate: -200, description: 'Goodwill' },
      ],
    };
    load({
      invoice: [
        invoice('INV-1', { item: line, taxTotal: 190 }),
        invoice('INV-2', { discountRate: -120, taxTotal: 205.2 }),
        invoice('INV-3', { discountRate: -50, taxTotal: null }),
      ],
    });
    const { events } = await poll();
    events
      .map((event) => data(event))
      .map(({ net, lines, gross }) => [net.amount, ...lines.map(({ amount }) => amount.amount), gross.amount])
      .should.deepEqual([
        ['1000.00', '1200.00', '-200.00', '1190.00'],
        ['1080.00', '1200.00', '-120.00', '1285.20'],
        ['1150.00', '1200.00', '-50.00', '1150.00'],
      ]);
    for (const event of events) contractIssues('invoice', event.data).should.deepEqual([]);
  });

  it('to the client are of the project that all of their lines name, and of none where they name several', async () => {
    const line = (job?: string) => ({
      item: { externalId: 'SVC-CONSULTING' },
      quantity: 4,
      rate: 150,
      ...(job ? { job: { externalId: job } } : {}),
    });
    load({
      job: [{ ...project, externalId: 'ENG-0002', entityId: 'ENG-0002', companyName: 'Another' }],
      invoice: [
        invoice('INV-1', { job: null, item: { items: [line('ENG-0001'), line('ENG-0001')] } }),
        invoice('INV-2', { job: null, item: { items: [line('ENG-0001'), line('ENG-0002')] } }),
        invoice('INV-3', { job: null, item: { items: [line('ENG-0001'), line()] } }),
      ],
    });
    const { events } = await poll();
    events.map((event) => data(event).project?.code ?? 'none').should.deepEqual(['ENG-0001', 'none', 'none']);
  });

  it('that await approval or were rejected are not told', async () => {
    load({ invoice: [invoice('INV-1', { status: { id: 'D' } }), invoice('INV-2', { status: { id: 'E' } }), invoice('INV-3')] });
    shown((await poll()).events).should.deepEqual(['INV-3 posted 1428.00']);
  });

  it('are told apart by their id where two legal entities give one number', async () => {
    const dutch = {
      externalId: 'NL-1',
      tranId: 'INV-1',
      entity: { externalId: 'ACC-0001____NL01' },
      subsidiary: { externalId: 'NL01' },
      job: null,
    };
    load({ invoice: [invoice('INV-1'), { ...invoice('NL-1'), ...dutch }] });
    const { events } = await poll();
    events.map((event) => `${data(event).number} ${data(event).legalEntity}`).should.deepEqual(['INV-1 DE01', 'INV-1 NL01']);
    new Set(events.map(({ id }) => id)).size.should.equal(2);
  });

  it('whose customer, project or currency is another’s, and a credit that is too large, are named by the check', async () => {
    load({
      invoice: [
        invoice('INV-1'),
        invoice('INV-2', { entity: { externalId: 'ACC-0001____NL01' }, job: null }),
        invoice('INV-3', { currency: { externalId: 'USD' } }),
      ],
      creditMemo: [credit('C-1', 2000, '12')],
    });
    const found = (await poll()).events.map((event) => contractIssues('invoice', event.data).map(({ code }) => code));
    found.at(-1)!.should.deepEqual(['INVOICE_OVERCREDITED']);
    found.flat().sort().should.containDeep(['INVOICE_CURRENCY', 'INVOICE_OF_OTHER_ENTITY']);
  });

  it('without a start begin with what changes from then on', async () => {
    load({ invoice: [invoice('INV-1', { lastModifiedDate: '2026-03-09T10:00:00Z' })] });
    const { cursor, events } = await box.erp.operations['invoice.poll'](undefined, {}, signal);
    should(events).deepEqual([]);
    load({ invoice: [invoice('INV-2')] });
    (await poll(cursor)).events.map((event) => data(event).number).should.containEql('INV-2');
  });

  it('come again when they are voided in the second in which they were read', async () => {
    const now = {
      lastModifiedDate: box.sim.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    };
    load({ invoice: [invoice('INV-1', now)] });
    let { events, cursor } = await poll();
    load({ invoice: [invoice('INV-1', { ...now, status: { id: 'V' } })] });
    ({ events, cursor } = await poll(cursor));
    shown(events).should.deepEqual(['INV-1 voided 0.00']);
  });

  it('that are paid while they are read are told as they are then, and not with what contradicts itself', async () => {
    load({ invoice: [invoice('INV-1')] });
    const { faults } = box.sim;
    const take = faults.take.bind(faults);
    let isPaid = false;
    faults.take = (request, ...rest) => {
      // the invoice was read, what settles it is read now
      if (!isPaid && request.body.includes('nexttransactionlinelink') && request.body.includes('l.previousdoc IN')) {
        isPaid = true;
        load({ customerPayment: [applied('P-1', 428, '11')] });
      }
      return take(request, ...rest);
    };
    const { events } = await poll();
    isPaid.should.be.true();
    shown(events).at(-1)!.should.equal('INV-1 partly-paid 1000.00');
    for (const event of events) contractIssues('invoice', event.data).should.deepEqual([]);
  });

  it('that commit late, behind the newest change, still come', async () => {
    load({ invoice: [invoice('INV-1')] });
    const { cursor } = await poll();
    load({ invoice: [invoice('INV-2', { lastModifiedDate: '2026-03-10T09:00:00Z' })] });
    shown((await poll(cursor)).events).should.deepEqual(['INV-2 posted 1428.00']);
  });
});

describe('The position in the changes of invoices', () => {
  const row = (id: string, stamp: string) => ({ id, stamp });
  const muchLater = Date.parse('2026-03-20T00:00:00Z');

  it('reads again what is young, and knows what it has read of that', () => {
    const first = advanced(
      parseCursor(undefined, since),
      [row('1', '2026-03-10 08:00:00'), row('2', '2026-03-10 10:00:00')],
      false,
      muchLater,
    );
    should(first).containEql({ newest: '2026-03-10 10:00:00', from: '2026-03-10 08:50:00' });
    unread(first, [row('2', '2026-03-10 10:00:00'), row('2', '2026-03-10 10:00:01')]).should.have.length(1);
    should(advanced(first, [], false, muchLater)).deepEqual(first);
  });

  it('reads again what was read so close to its stamp that it may change within it, in whatever zone the stamps are', () => {
    const at = '2026-03-10 10:00:00';
    const readAt = (clock: string) =>
      unread(advanced(parseCursor(undefined, since), [row('1', at)], false, Date.parse(clock)), [row('1', at)]);
    for (const clock of [
      '2026-03-10T10:00:00Z',
      '2026-03-10T10:00:04Z',
      '2026-03-10T09:59:57Z',
      '2026-03-10T18:00:03Z',
      '2026-03-10T04:15:01Z',
    ])
      readAt(clock).should.have.length(1, clock);
    for (const clock of ['2026-03-10T10:00:05Z', '2026-03-10T18:14:00Z', '2026-03-11T10:00:00Z'])
      readAt(clock).should.have.length(0, clock);
  });

  it('never goes back behind the start', () => {
    const start = {
      version: 1,
      newest: '2026-03-10 10:00:00',
      from: '2026-03-10 10:00:00',
      floor: '2026-03-10 10:00:00',
      seen: {},
    } as const;
    advanced(start, [], false, muchLater).from!.should.equal('2026-03-10 10:00:00');
    advanced(start, [row('3', '2026-03-10 12:00:00')], false, muchLater).from!.should.equal('2026-03-10 10:50:00');
  });

  it('stays at a start in the future until it has come', () => {
    const cursor = parseCursor(undefined, '2099-01-01T00:00:00Z');
    should(advanced(cursor, [], false, muchLater)).deepEqual(cursor);
  });
});
