import should from 'should';
import type { InvoiceStatusToWrite } from '../../model/operations.ts';
import { conformance } from '../../sandbox/kantata/conformance.ts';
import { anInvoice, eur, settled } from '../model/an-invoice.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { startKantata } from './kantata-sandbox.ts';

const [sample] = conformance.operations['psa-invoice-status.write']!;
const { fields } = sample!.input as InvoiceStatusToWrite;

describe('The state of an invoice in Kantata', () => {
  let box: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    box = await startKantata(sample!.given);
  });
  afterEach(() => box.stop());

  const write = (invoice = anInvoice(), more: Partial<InvoiceStatusToWrite> = {}, effects = new InMemoryEffects()) =>
    box
      .connect()
      .operations['psa-invoice-status.write'](
        { invoice, key: 'ENG-0001', fields, ...more },
        { effects, signal: new AbortController().signal },
      );
  const shown = () => Object.fromEntries(box.rows('custom_field_values').map((row) => [row['custom_field_id'], row['value']]));

  it('is written into the listed custom fields of the project, the version last', async () => {
    should(await write()).containEql({ written: true, record: '501' });
    shown().should.deepEqual({
      801: 'netsuite:1001',
      802: '2026-03-10T10:00:00.000Z',
      803: 'posted',
      804: [119000, 'EUR'],
      805: '2026-03-10',
    });
    box.rows('custom_field_values').at(-1)!.should.containEql({ custom_field_id: '802', subject_type: 'workspace', subject_id: 501 });
  });

  it('is not written again when it is shown already, and takes the place of an older one', async () => {
    await write();
    const before = box.changes();
    await write();
    box.changes().should.equal(before);
    await write(anInvoice({ status: 'paid', payments: [settled('1190.00')], open: eur('0.00'), version: '2026-03-20T10:00:00.000Z' }));
    should(shown()).containEql({ 803: 'paid', 804: [0, 'EUR'] });
    box.rows('custom_field_values').should.have.length(5);
  });

  it('is told to none of several projects of one code, and to the one that is not archived', async () => {
    const workspace = (id: string, more: object = {}) => ({ id, title: 'ENG-0007 · Rollout', currency: 'EUR', ...more });
    box.load({ workspaces: [workspace('507', { archived: true }), workspace('508')] });
    should(await write(anInvoice(), { key: 'ENG-0007' })).containEql({ written: true, record: '508' });
    box.load({ workspaces: [workspace('509')] });
    await write(anInvoice(), { key: 'ENG-0007' }).should.be.rejectedWith({
      class: 'conflict.duplicate',
      code: 'NAME_TWICE',
      value: 'ENG-0007',
      message: /508, 509/,
    });
  });

  it('stays that of its newest invoice when an older one is paid', async () => {
    const former = { id: 'netsuite:7', invoiceDate: '2026-02-10' };
    await write(anInvoice({ ...former, version: '2026-02-10T10:00:00.000Z' }));
    await write();
    const paid = { status: 'paid' as const, payments: [settled('1190.00')], open: eur('0.00'), version: '2026-06-01T10:00:00.000Z' };
    should(await write(anInvoice({ ...former, ...paid }))).containEql({ written: false, shows: 'netsuite:1001' });
    should(shown()).containEql({ 801: 'netsuite:1001', 803: 'posted' });
  });

  it('written in part, when an answer was lost, is nobody’s: its own run, or that of the older invoice, writes all of it', async () => {
    const former = anInvoice({ id: 'netsuite:7', invoiceDate: '2026-02-10', version: '2026-06-01T10:00:00.000Z' });
    await write(former);
    for (let calls = 0; calls < 4; calls++) {
      for (const next of [anInvoice(), former]) {
        for (const row of box.rows('custom_field_values')) row['value'] = null;
        await write(former);
        const effects = new InMemoryEffects();
        box.fault({ kind: 'dropAfter', match: { method: 'PUT' }, after: calls });
        await write(anInvoice(), {}, effects).should.be.rejectedWith({ class: 'transient.timeout' });
        await write(next);
        if (calls < 3) should(shown()).containEql({ 801: next.id, 802: next.version, 805: next.invoiceDate });
        await write(anInvoice(), {}, effects);
        should(shown()).containEql({ 801: 'netsuite:1001', 802: '2026-03-10T10:00:00.000Z', 805: '2026-03-10' });
      }
    }
    box.rows('custom_field_values').should.have.length(5);
  });

  it('never gives way to an older one: of the same invoice it is refused, of another it is left', async () => {
    await write();
    await write(anInvoice({ version: '2026-03-09T10:00:00.000Z' })).should.be.rejectedWith({
      class: 'conflict.stale',
      code: 'INVOICE_STALE',
    });
    should(await write(anInvoice({ id: 'netsuite:7', version: '2026-03-09T10:00:00.000Z' }))).containEql({
      written: false,
      shows: 'netsuite:1001',
    });
  });

  it('that has no project, no such field, two of a name, or one of another type, is refused before anything is written', async () => {
    box.load({
      custom_fields: [
        { id: '811', name: 'Twice', value_type: 'string' },
        { id: '812', name: 'Twice', value_type: 'string' },
        { id: '813', name: 'Count', value_type: 'number' },
      ],
    });
    const refusals = [
      [() => write(anInvoice(), { key: 'ENG-404' }), { class: 'mapping.missing', code: 'PROJECT_UNKNOWN', value: 'ENG-404' }],
      [
        () => write(anInvoice(), { fields: { ...fields, Nowhere: 'net' } }),
        { class: 'mapping.missing', code: 'CUSTOM_FIELD_UNKNOWN', field: 'Nowhere' },
      ],
      [
        () => write(anInvoice(), { fields: { ...fields, Twice: 'net' } }),
        { class: 'conflict.duplicate', code: 'CUSTOM_FIELD_TWICE', field: 'Twice' },
      ],
      [
        () => write(anInvoice(), { fields: { ...fields, Count: 'net' } }),
        { class: 'contract.drift', code: 'CUSTOM_FIELD_TYPE', field: 'Count', value: 'number' },
      ],
    ] as const;
    for (const [refused, failure] of refusals) {
      const said = (await refused().catch((error: unknown) => error)) as { remedy?: string };
      should(said).containEql(failure);
      should(said.remedy).be.ok();
    }
    box.changes().should.equal(0);
    should(await write(anInvoice(), { fields: { ...fields, 811: 'net' } })).containEql({ written: true });
  });
});
