import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import { allowedParts, comparedWithShown, fieldsTold, partOf } from '../../model/invoice-parts.ts';
import type { Invoice, ProjectFinances } from '../../model/types.generated.ts';
import { someFinances } from './some-finances.ts';
import { anInvoice, eur, settled } from './an-invoice.ts';

const issues = (more: Partial<Record<keyof Invoice, unknown>>) =>
  contractIssues('invoice', { ...anInvoice(), ...more }).map(({ code, field, value }) => `${code} ${field} ${value ?? ''}`.trim());

describe('An invoice', () => {
  it('may be posted, partly paid, paid, credited or voided, and of no project', () => {
    for (const sound of [
      {},
      { status: 'partly-paid', payments: [settled('190.00')], open: eur('1000.00') },
      { status: 'paid', payments: [settled('1000.00'), settled('190.00')], open: eur('0.00') },
      { status: 'credited', credits: [settled('1190.00')], open: eur('0.00') },
      {
        status: 'voided',
        net: eur('0.00'),
        tax: eur('0.00'),
        gross: eur('0.00'),
        open: eur('0.00'),
        lines: [{ id: '1', amount: eur('0.00') }],
      },
      { project: undefined },
      { margin: eur('-12.50') },
      {
        lines: [
          { id: '1', amount: eur('1100.00') },
          { id: '2', amount: eur('-100.00') },
        ],
      },
    ]) {
      issues(sound).should.deepEqual([]);
    }
  });

  it('is of the legal entity whose customer it bills, and whose project', () => {
    issues({ customer: { id: '9', code: 'ACC-0001', legalEntity: 'NL01' } }).should.deepEqual([
      'INVOICE_OF_OTHER_ENTITY customer.legalEntity NL01',
    ]);
    issues({ project: { id: '9', code: 'ENG-0001', legalEntity: 'NL01' } }).should.deepEqual([
      'INVOICE_OF_OTHER_ENTITY project.legalEntity NL01',
    ]);
  });

  it('is in the currency of its project, and in one currency alone', () => {
    issues({ project: { id: '9', code: 'ENG-0001', currency: 'USD' } }).should.deepEqual(['INVOICE_CURRENCY currency EUR']);
    issues({ open: { amount: '1190.00', currency: 'USD' } }).should.deepEqual(['INVOICE_CURRENCY open USD']);
  });

  it('whose amounts do not agree names the amount', () => {
    issues({ gross: eur('1200.00'), open: eur('1200.00') }).should.deepEqual(['INVOICE_GROSS gross 1200.00 EUR']);
    issues({ lines: [{ id: '1', amount: eur('999.99') }] }).should.deepEqual(['INVOICE_LINES net 1000.00 EUR']);
    issues({ open: eur('1190.01') }).should.deepEqual(['INVOICE_OPEN open 1190.01 EUR']);
    issues({ payments: [settled('1190.01')], status: 'paid', open: eur('0.00') }).should.deepEqual([
      'INVOICE_OVERPAID payments 1190.01 EUR',
    ]);
    issues({ credits: [settled('2000.00')], status: 'credited', open: eur('0.00') }).should.deepEqual([
      'INVOICE_OVERCREDITED credits 2000.00 EUR',
    ]);
  });

  it('over nothing, over less than nothing, or paid though it is voided, is told', () => {
    const nothing = {
      net: eur('0.00'),
      tax: eur('0.00'),
      gross: eur('0.00'),
      open: eur('0.00'),
      lines: [{ id: '1', amount: eur('0.00') }],
    };
    issues(nothing).should.deepEqual(['INVOICE_ZERO gross 0.00 EUR']);
    issues({
      lines: [{ id: '1', amount: eur('-1000.00') }],
      net: eur('-1000.00'),
      gross: eur('-810.00'),
      open: eur('-810.00'),
    }).should.containDeep(['MONEY_NEGATIVE net -1000.00 EUR', 'MONEY_NEGATIVE gross -810.00 EUR']);
    issues({ ...nothing, status: 'voided', payments: [settled('50.00')] }).should.deepEqual(['INVOICE_VOIDED_PAID payments 50.00 EUR']);
  });

  it('without what the books did not say is not taken for one of zero', () => {
    issues({ tax: undefined }).should.deepEqual(['SCHEMA_REQUIRED tax']);
    partOf({ invoice: anInvoice() }, 'margin')!.should.deepEqual({ kind: 'money', amount: '400.00', currency: 'EUR' });
    (partOf({ invoice: { ...anInvoice(), margin: undefined } }, 'margin') === undefined).should.be.true();
  });

  it('tells of its project what the books say; what they do not know is emptied, and where nobody asked them it is left', () => {
    const fields = { A: 'id', B: 'projectMargin', C: 'projectMarginPercent' } as const;
    const told = (finances?: ProjectFinances | 'none') => {
      const of = { invoice: anInvoice(), ...(finances ? { finances } : {}) };
      return fieldsTold(fields, of).map(([field, part]) => [field, partOf(of, part) ?? null]);
    };
    told(someFinances()).should.deepEqual([
      ['A', { kind: 'text', text: anInvoice().id }],
      ['B', { kind: 'money', amount: '500.00', currency: 'EUR' }],
      ['C', { kind: 'number', text: '31.25' }],
    ]);
    told(someFinances({ margin: null, marginPercent: null }))
      .slice(1)
      .should.deepEqual([
        ['B', null],
        ['C', null],
      ]);
    told('none')
      .slice(1)
      .should.deepEqual([
        ['B', null],
        ['C', null],
      ]);
    told().should.have.length(1);
  });
});

describe('The list of fields that an invoice may be told in', () => {
  it('is an object of fields and parts, with one field each for id, date and version', () => {
    const needed = '"A":"id","B":"version","D":"invoiceDate"';
    allowedParts(`{${needed},"C":"margin"}`).should.deepEqual({ A: 'id', B: 'version', D: 'invoiceDate', C: 'margin' });
    for (const wrong of [
      ...['', '[]', '{}', `{${needed},"C":"cost"}`, `{${needed},"C":"version"}`, `{${needed},"C":"constructor"}`],
      ...['{"A":"id"}', '{"A":"id","B":"version"}', '{"A":"invoiceDate","B":"version"}'],
    ]) {
      (() => allowedParts(wrong)).should.throw({ code: 'ALLOWED_PARTS', class: 'contract.invalid', field: 'fields' });
    }
  });
});

describe('What a record shows of an invoice', () => {
  const about = { system: 'crm', record: 'opportunity ENG-0001' };
  const fields = allowedParts('{"Id":"id","Day":"invoiceDate","Version":"version"}');
  const invoice = anInvoice();
  const compared = (shown: { id?: string; invoiceDate?: string; version?: string }, told = invoice) =>
    comparedWithShown(told, { id: shown.id, invoiceDate: shown.invoiceDate, version: shown.version }, fields, about);

  it('gives way to the same state or a newer one, and to any where it shows none', () => {
    compared({}).should.equal('write');
    compared({ id: invoice.id, version: invoice.version }).should.equal('write');
    compared({ id: invoice.id, version: '2026-03-09T23:59:59Z' }).should.equal('write');
    compared({ id: 'netsuite:1' }).should.equal('write');
    compared({ id: 'netsuite:1', version: '2026-03-09T23:59:59Z' }).should.equal('write');
  });

  it('is its newest invoice by date and id, whenever the others change', () => {
    const later = '2026-12-24T00:00:00Z';
    compared({ id: 'netsuite:1', invoiceDate: '2026-03-09', version: later }).should.equal('write');
    compared({ id: 'netsuite:1', invoiceDate: '2026-03-11', version: '2026-01-01T00:00:00Z' }).should.equal('newer');
    compared({ id: 'netsuite:999', invoiceDate: '2026-03-10', version: later }).should.equal('write');
    compared({ id: 'netsuite:1002', invoiceDate: '2026-03-10', version: later }).should.equal('newer');
  });

  it('is the same in whatever order the states of several invoices come', () => {
    const states = [
      anInvoice({ id: 'netsuite:7', invoiceDate: '2026-02-01', version: '2026-02-01T00:00:00.000Z' }),
      anInvoice({ id: 'netsuite:7', invoiceDate: '2026-02-01', version: '2026-05-01T00:00:00.000Z' }),
      anInvoice({ id: 'netsuite:8', invoiceDate: '2026-03-01', version: '2026-03-01T00:00:00.000Z' }),
      // one payment of two invoices: both change in one second
      anInvoice({ id: 'netsuite:8', invoiceDate: '2026-03-01', version: '2026-05-01T00:00:00.000Z' }),
    ];
    for (const order of permutations(states)) {
      let shown: Invoice | undefined;
      for (const state of order) {
        try {
          if (compared(shown ?? {}, state) === 'write') shown = state;
        } catch (error) {
          should(error).have.property('code', 'INVOICE_STALE');
        }
      }
      shown!.should.equal(states.at(-1));
    }
  });

  it('stays where its state is newer: a failure names both', () => {
    (() => compared({ id: invoice.id, version: '2026-03-11T00:00:00+01:00' })).should.throw({
      class: 'conflict.stale',
      code: 'INVOICE_STALE',
      field: 'Version',
    });
  });

  it('is not written over where nobody can tell which state it is', () => {
    (() => compared({ id: invoice.id, version: 'yesterday' })).should.throw({ code: 'INVOICE_SHOWN_UNREADABLE', value: 'yesterday' });
    (() => compared({ id: 'netsuite:1', invoiceDate: '10.03.2026', version: invoice.version })).should.throw({
      ...{ code: 'INVOICE_SHOWN_UNREADABLE', field: 'Day', value: '10.03.2026' },
    });
  });
});

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, at) => permutations(values.toSpliced(at, 1)).map((rest) => [value, ...rest]));
}
