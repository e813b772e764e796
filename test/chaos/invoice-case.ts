import { readFileSync } from 'node:fs';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

type Rows = Record<string, Record<string, unknown>>;

const template = JSON.parse(readFileSync(new URL('../../flows/invoice-status-to-crm-and-psa.json', import.meta.url), 'utf8')) as FlowNode[];
const subsidiary = { externalId: 'DE01' };
const client = 'ACC-0001____DE01';
const names = [
  ...['Invoice id', 'Invoice version', 'Invoice number', 'Invoice status', 'Invoice due', 'Invoice open', 'Invoice date'],
  ...['Project revenue', 'Project as of'],
];

const shownToSales = ({ sandbox }: CrashHarness) =>
  Object.values((sandbox.salesforce.state as unknown as { records: Record<string, Rows> }).records['Opportunity'] ?? {}).find(
    (deal) => deal['Engagement_Code__c'] === 'ENG-0001',
  )?.['Invoice_Number__c'];
const shownToDelivery = ({ sandbox }: CrashHarness, field: number) =>
  Object.values((sandbox.kantata.state as unknown as { rows: Record<string, Rows> }).rows['custom_field_values'] ?? {})
    .filter((row) => row['custom_field_id'] === String(881 + field))
    .map((row) => String(row['value']));
const numberOf = (n: number) => `INV-${n}`;
const idOf = ({ sandbox }: CrashHarness, n: number) => {
  const invoices = (sandbox.netsuite.state as unknown as { records: Record<string, Rows> }).records['invoice'] ?? {};
  return `netsuite:${String(Object.values(invoices).find((record) => record['externalId'] === numberOf(n))?.['id'])}`;
};

/** One invoice after the other of one project: each takes the place of the one before, in the deal and in the fields of the project. */
export const invoiceCase: KillCase = {
  flows: template.map((node) => (node.type === 'erp-invoice-in' ? { ...node, since: '2026-01-01', intervalSeconds: 0.3 } : node)),
  prepare({ sandbox: { salesforce, kantata, netsuite } }) {
    salesforce.definition.load(salesforce, {
      records: [
        { attributes: { type: 'Account' }, Id: '001000000000101AAA', Name: 'Client', Account_Code__c: 'ACC-0001', CurrencyIsoCode: 'EUR' },
        {
          ...{ attributes: { type: 'Opportunity' }, Id: '006000000000101AAA', Name: 'ERP renewal', AccountId: '001000000000101AAA' },
          ...{ StageName: 'Closed Won', CloseDate: '2026-01-20', CurrencyIsoCode: 'EUR', Engagement_Code__c: 'ENG-0001' },
        },
      ],
    });
    kantata.definition.load(kantata, {
      workspaces: [{ id: '41', title: 'ENG-0001 · ERP renewal', currency: 'EUR' }],
      external_references: [
        {
          ...{ id: '91', subject_type: 'Workspace', subject_id: '41', service_name: 'ps-connect' },
          ...{ service_model: 'project', service_model_ref: 'ENG-0001' },
        },
      ],
      custom_fields: names.map((name, at) => ({ id: String(881 + at), name, value_type: 'string' })),
    });
    netsuite.definition.load(netsuite, {
      records: {
        customer: [{ externalId: client, entityId: 'ACC-0001', companyName: 'Client', subsidiary }],
        job: [
          {
            externalId: 'ENG-0001',
            entityId: 'ENG-0001',
            companyName: 'ERP renewal',
            parent: { externalId: client },
            subsidiary,
            currency: { externalId: 'EUR' },
          },
        ],
      },
    });
  },
  happen({ sandbox: { clock, netsuite } }, n) {
    // the books are asked for all invoices of the project: with each one more there would be more moments, without end
    const { invoice: billed = {} } = (netsuite.state as unknown as { records: Record<string, Rows> }).records;
    for (const [id, { externalId }] of Object.entries(billed)) if (externalId !== numberOf(n - 1)) delete billed[id];
    netsuite.definition.load(netsuite, {
      records: {
        invoice: [
          {
            ...{
              externalId: numberOf(n),
              tranId: numberOf(n),
              entity: { externalId: client },
              job: { externalId: 'ENG-0001' },
              subsidiary,
            },
            item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: n, rate: 100 }] },
            // one second each, however fast they follow: the newest is shown
            lastModifiedDate: new Date(clock.now().getTime() + n * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
          },
        ],
      },
    });
  },
  arrived: (harness, n) => {
    const version = names.indexOf('Invoice version');
    const [shown] = shownToDelivery(harness, 0);
    return shownToSales(harness) === numberOf(n) && shown === idOf(harness, n) && shownToDelivery(harness, version).length === 1;
  },
  differences(harness, count) {
    return names.flatMap((name, field) => {
      const values = shownToDelivery(harness, field);
      if (name === 'Invoice number' && values[0] !== numberOf(count)) return [`the project shows ${String(values[0])}`];
      // 100 for the first invoice, 200 for the second: the last two are in the books, whatever was killed while they were read
      const revenue = `${2 * count - 1}00.00 EUR`;
      if (name === 'Project revenue' && values[0] !== revenue)
        return [`the project shows a revenue of ${String(values[0])} instead of ${revenue}`];
      return values.length === 1 ? [] : [`${name} has ${values.length} values`];
    });
  },
};
