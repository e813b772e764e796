import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import should from 'should';
import type { Field, Fields } from '../../sandbox/netsuite/field.ts';
import { storeOf } from '../../sandbox/netsuite/record-store.ts';
import { knownType } from '../../sandbox/netsuite/record-types.ts';
import { findTable } from '../../sandbox/netsuite/suiteql/tables.ts';
import { type Answer, NetSuiteAccount, smallFirm, timeEntry } from './netsuite-account.ts';

const vendor = new URL('../../../shared/vendor/netsuite/', import.meta.url);

interface Property {
  type?: string;
  format?: string;
  $ref?: string;
  oneOf?: unknown[];
  properties?: { id?: unknown };
}
interface OpenApi {
  components: { schemas: Record<string, { properties: Record<string, Property> }> };
}
interface ErrorBodies {
  bodies: { case: string; status: number; body: Record<string, unknown> }[];
}

function read(file: string): string {
  return readFileSync(new URL(file, vendor), 'utf8');
}

function parsed<T>(file: string): T {
  return JSON.parse(read(file)) as T;
}

describe('NetSuite simulator against the contracts and captures of the vendor', () => {
  let account: NetSuiteAccount;
  before(async function () {
    if (!existsSync(vendor)) {
      console.warn('\n!!! NOT CHECKED: the folder of NetSuite contracts and captured exchanges is absent; these tests are skipped !!!\n');
      this.skip();
    }
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
  });
  after(() => account?.sim.stop());

  describe('OpenAPI document of 2025', () => {
    /** property kind → what the document says of it */
    const forms: Record<Field['kind'], (property: Property) => boolean> = {
      text: ({ type, format }) => type === 'string' && format === undefined,
      boolean: ({ type }) => type === 'boolean',
      number: ({ type }) => type === 'number' || type === 'integer',
      integer: ({ type }) => type === 'integer',
      date: ({ format }) => format === 'date',
      dateTime: ({ format }) => format === 'date-time',
      duration: ({ type }) => type === 'string',
      reference: (property) => property.$ref !== undefined || property.oneOf !== undefined || property.properties?.id !== undefined,
      choice: (property) => property.properties?.id !== undefined,
    };

    /** Properties that this account has and the documented one, with other features, has not. */
    const features: Record<string, string[]> = {
      customer: ['altName', 'vatRegNumber'],
      vendor: ['altName', 'customForm'],
      'invoice-itemElement': ['job'],
      invoice: ['taxTotal'],
    };

    const differences = (fields: Fields, schema: string): string[] => {
      const { properties } = parsed<OpenApi>('netsuite-oas-2025-09-02.json').components.schemas[schema] ?? { properties: {} };
      return Object.entries(fields)
        .filter(([name, field]) => {
          const property = properties[name];
          return !property || !forms[field.kind](property);
        })
        .map(([name]) => name)
        .filter((name) => !features[schema]?.includes(name));
    };

    for (const [name, schema] of Object.entries({ customer: 'customer', invoice: 'invoice', currency: 'currency', vendor: 'vendor' })) {
      it(`has every property of ${name} under the same name and form`, () => {
        differences(knownType(name).fields, schema).should.deepEqual([]);
      });
    }

    it('has the lines of an invoice under the same names', () => {
      differences(knownType('invoice').sublists.item ?? {}, 'invoice-itemElement').should.deepEqual([]);
      differences(knownType('invoice').sublists.time ?? {}, 'invoice-timeElement').should.deepEqual([]);
    });

    it('answers a customer, an invoice and a currency that are valid by it', async () => {
      const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
      ajv.addSchema(parsed<OpenApi>('netsuite-oas-2025-09-02.json'), 'oas');
      const invoice = await account.create('invoice', {
        entity: { externalId: 'ACC-1' },
        tranDate: '2026-10-31',
        item: { items: [{ item: '1', quantity: 1, rate: 10 }] },
      });
      for (const [schema, path] of [
        ['customer', 'customer/eid:ACC-1?expandSubResources=true'],
        ['invoice', `invoice/${invoice}?expandSubResources=true`],
        ['currency', 'currency/1'],
        ['customerCollection', 'customer'],
      ] as const) {
        const validate = ajv.getSchema(`oas#/components/schemas/${schema}`) as ValidateFunction;
        validate((await account.record('GET', path)).body);
        // the forms under oneOf overlap in the document itself (a customer is valid as a resource too)
        const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
        errors.map(({ instancePath, message }) => `${instancePath} ${message}`).should.deepEqual([], schema);
      }
    });
  });

  describe('SOAP schemas, for records that the document leaves out', () => {
    /** REST names that the SOAP schema of 2017 spells differently or does not have; each is named in Oracle's REST pages or was added since. */
    const restOnly: Record<string, string[]> = {
      Job: ['autoName', 'projectManager', 'billingRateCard'],
      TimeBill: [],
      ProjectTask: ['project', 'customForm', 'lastModifiedDate'],
      Employee: ['autoName'],
      BillingSchedule: ['lastModifiedDate'],
      // SuiteTax has come since
      ExpenseReport: ['currency', 'exchangeRate', 'taxDetailsOverride'],
      SalesOrder: ['subtotal', 'account', 'dueDate', 'billAddress', 'salesEffectiveDate', 'postingPeriod', 'customForm'],
      ExpenseReportExpense: ['taxDetailsReference'],
      CurrencyRate: ['lastModifiedDate'],
      // SOAP has a list of subsidiaries
      SalesTaxItem: ['name', 'subsidiary', 'lastModifiedDate'],
      BillingScheduleMilestone: [],
      SalesOrderItem: ['orderLine'],
      Subsidiary: ['lastModifiedDate'],
      AccountingPeriod: ['lastModifiedDate', 'isPosting', 'isInactive'],
    };
    const cases: [string, string, () => Fields][] = [
      ['Job', 'lists.relationships.xsd', () => knownType('job').fields],
      ['TimeBill', 'transactions.employees.xsd', () => knownType('timeBill').fields],
      ['ProjectTask', 'activities.scheduling.xsd', () => knownType('projectTask').fields],
      ['Employee', 'lists.employees.xsd', () => knownType('employee').fields],
      ['BillingSchedule', 'lists.accounting.xsd', () => knownType('billingSchedule').fields],
      ['BillingScheduleMilestone', 'lists.accounting.xsd', () => knownType('billingSchedule').sublists.milestone ?? {}],
      ['ExpenseReport', 'transactions.employees.xsd', () => knownType('expenseReport').fields],
      ['ExpenseReportExpense', 'transactions.employees.xsd', () => knownType('expenseReport').sublists.expense ?? {}],
      ['CurrencyRate', 'lists.accounting.xsd', () => knownType('currencyRate').fields],
      ['SalesTaxItem', 'lists.accounting.xsd', () => knownType('salesTaxItem').fields],
      ['SalesOrder', 'transactions.sales.xsd', () => knownType('salesOrder').fields],
      ['SalesOrderItem', 'transactions.sales.xsd', () => knownType('salesOrder').sublists.item ?? {}],
      ['Subsidiary', 'lists.accounting.xsd', () => knownType('subsidiary').fields],
      ['AccountingPeriod', 'lists.accounting.xsd', () => knownType('accountingPeriod').fields],
    ];
    for (const [type, file, fields] of cases) {
      it(`has every property of ${type} under the same name`, () => {
        const names = elements(file, type);
        names.size.should.be.above(0);
        const unknown = Object.keys(fields()).filter((name) => !names.has(name) && !restOnly[type]?.includes(name));
        unknown.should.deepEqual([]);
      });
    }
  });

  describe('tables of the analytics schema', () => {
    /** Columns that the captured account has not. The subsidiary is kept on purpose: a OneWorld firm has to see it. */
    const ours: Record<string, string[]> = { customer: ['subsidiary'], job: ['subsidiary'] };
    for (const [table, file] of Object.entries({
      customer: 'customer',
      job: 'job',
      subsidiary: 'subsidiary',
      currency: 'currency',
      accountingperiod: 'accounting_period',
      transactionline: 'transaction_line',
    })) {
      it(`has the columns of ${table}`, () => {
        const header = new Set((read(`sample-data/netsuite2_${file}_data.csv`).split('\n')[0] ?? '').trim().split(','));
        const columns = [...(findTable(storeOf(account.sim.state), table)?.columns.keys() ?? [])];
        columns.length.should.be.above(5);
        const unknown = columns.filter((column) => !header.has(column) && column !== 'externalid');
        unknown.filter((column) => !(ours[table] ?? []).includes(column)).should.deepEqual([]);
      });
    }
  });

  describe('bodies seen in the field', () => {
    const known = (name: string) => parsed<ErrorBodies>('error-bodies.observed.json').bodies.find((entry) => entry.case === name);
    const matches = (answer: Answer, name: string) => {
      const expected = known(name);
      answer.status.should.equal(expected?.status);
      answer.body.should.deepEqual(expected?.body);
    };

    it('an entity that exists', async () => {
      matches(
        await account.record('POST', 'customer', { companyName: 'Nordwind AG', subsidiary: '1' }),
        'create of an entity that already exists',
      );
    });

    it('a missing company name', async () => {
      matches(await account.record('POST', 'customer', { subsidiary: '1' }), 'required field missing');
    });

    it('an invalid login', async () => {
      matches(await account.call('GET', '/record/v1/job', { authorization: 'Bearer x' }), 'invalid login');
    });

    it('too many requests at a time', async () => {
      account.load({ concurrencyLimit: 1, latencyMs: 50 });
      const answers = await Promise.all([account.record('GET', 'currency'), account.record('GET', 'currency')]);
      account.load({ concurrencyLimit: 5, latencyMs: 0 });
      matches(answers.find(({ status }) => status === 429) as Answer, 'concurrency limit');
    });

    it('an expense line whose project takes no expenses', async () => {
      account.load({ records: { job: [{ externalId: 'PRJ-1', allowExpenses: false }] } });
      const line = { category: '1', amount: 10 };
      const items = [line, line, { ...line, customer: { externalId: 'PRJ-1' } }];
      const { body } = await account.record('POST', 'expenseReport', {
        entity: { externalId: 'EMP-1' },
        tranDate: '2026-10-06',
        expense: { items },
      });
      const seen = JSON.stringify(known('expense report line with a project that does not allow expenses')?.body['o:errorDetails']);
      JSON.stringify(body['o:errorDetails'])
        .replace(/Value \d+/, '')
        .should.equal(seen.replace(/Value \d+/, ''));
    });

    it('a subsidiary and a currency as captured', async () => {
      const captured = parsed<Record<string, Record<string, unknown>>>('captured-records.ledgersync.json');
      for (const [file, path] of Object.entries({ 'subsidiary.json': 'subsidiary/2', 'currency.json': 'currency/2' })) {
        const { body } = await account.record('GET', path);
        const shared = Object.keys(body).filter((key) => captured[file]?.[key] !== undefined);
        shared.length.should.be.above(4);
        for (const key of shared) should(shape(body[key])).deepEqual(shape(captured[file]?.[key]), `${file} ${key}`);
      }
      const suiteql = captured['subsidiary_search.json'] as { items: Record<string, unknown>[] };
      const found = (await account.query('SELECT id, name FROM subsidiary WHERE id < 3 ORDER BY id')).body;
      Object.keys(found.items[0])
        .sort()
        .should.deepEqual(Object.keys(suiteql.items[0] ?? {}).sort());
      Object.keys(found)
        .filter((key) => !(key in suiteql))
        .should.deepEqual([]);
    });
  });

  it('a time entry is read back with the names it was sent with', async () => {
    account.load({ records: { job: [{ externalId: 'PRJ-1', allowExpenses: true }] } });
    const sent = timeEntry();
    const id = await account.create('timeBill', sent);
    const { body } = await account.record('GET', `timeBill/${id}`);
    Object.keys(sent)
      .filter((name) => !(name in body))
      .should.deepEqual([]);
  });
});

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  return typeof value;
}

/** Names of the elements of a complex type in a schema file. */
function elements(file: string, type: string): Set<string> {
  const found = new RegExp(`<complexType name="${type}">.*?</complexType>`, 's').exec(read(`soap-2017.1/${file}`));
  return new Set([...(found?.[0] ?? '').matchAll(/<element name="(\w+)"/g)].map(([, name = '']) => name));
}
