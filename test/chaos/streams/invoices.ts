import type { Sandbox } from '../../../sandbox/server.ts';
import { crmDeal } from './crm-contract.ts';
import { hurriedTemplates } from './hurried-templates.ts';
import { type Act, enter, shownOf } from './invoice-acts.ts';
import { shownTwice } from './shown-twice.ts';
import { noDifferences, type Stream } from './stream.ts';

const client = 'ACC-invoices____DE01';
const account = '001V00000000001';
const names = [
  ...['Invoice id', 'Invoice version', 'Invoice number', 'Invoice status', 'Invoice due', 'Invoice open', 'Invoice date'],
  ...['Project revenue', 'Project as of'],
];
const fieldId = (name: string) => String(98_600 + names.indexOf(name));

const post = (invoice: string, net: number, day = '2026-11-16'): Act => ({ kind: 'post', invoice, net, day });
const pay = (invoice: string, amount: number): Act => ({ kind: 'pay', invoice, amount });
const credit = (invoice: string, amount: number): Act => ({ kind: 'credit', invoice, amount });
const voided = (invoice: string): Act => ({ kind: 'void', invoice });

/** What is done with the invoices of a project, shortly one after the other; each list at one moment. */
const stories: readonly (readonly (readonly Act[])[])[] = [
  [[post('A', 100_025)], [pay('A', 40_000)], [pay('A', 60_025)]],
  [[post('A', 200_050)], [voided('A')]],
  [[post('A', 300_010)], [credit('A', 300_010)]],
  [[post('A', 410_000)], [{ kind: 'correct', invoice: 'A', net: 400_099 }], [pay('A', 100_000), credit('A', 99)], [pay('A', 300_000)]],
  // what is paid late is not what is shown
  [[post('A', 500_001)], [post('B', 50_050, '2026-11-17'), pay('A', 500_001)], [pay('B', 50_050)]],
  // one of an earlier day is posted late
  [[post('B', 60_060, '2026-11-17')], [post('A', 600_000), pay('B', 60_060)], [credit('A', 10_000)]],
  [[post('A', 700_000), post('B', 70_007)], [voided('A')], [pay('B', 70_000)]],
];

interface Project {
  code: string;
  left: (readonly Act[])[];
  acts: Act[];
}

/** Accounting bills, corrects, is paid, credits and voids; sales and delivery are shown the newest invoice of each project. */
export function invoiceStream(): Stream {
  const projects: Project[] = [];
  return {
    name: 'invoices',
    flows: hurriedTemplates('invoice-status-to-crm-and-psa.json').map((node) =>
      node.type === 'erp-invoice-in' ? { ...node, since: '2026-01-01' } : node,
    ),
    prepare({ salesforce, netsuite, kantata }) {
      const billed = {
        attributes: { type: 'Account' },
        Id: account,
        Name: 'Billed',
        Account_Code__c: 'ACC-invoices',
        CurrencyIsoCode: 'EUR',
      };
      salesforce.definition.load(salesforce, { records: [billed] });
      netsuite.definition.load(netsuite, {
        records: {
          customer: [{ externalId: client, entityId: 'ACC-invoices', companyName: 'Billed', subsidiary: { externalId: 'DE01' } }],
        },
      });
      kantata.definition.load(kantata, { custom_fields: names.map((name) => ({ id: fieldId(name), name, value_type: 'string' })) });
    },
    happen(sandbox) {
      // what is begun goes on, so that the states of an invoice come close together
      let project = projects.at(-1);
      if (!project?.left.length) {
        project = { code: `ENG-V${projects.length + 1}`, left: [...stories[projects.length % stories.length]!], acts: [] };
        projects.push(project);
        setUp(sandbox, project.code, projects.length);
      }
      for (const act of project.left.shift()!) {
        enter(sandbox, { project: project.code, client }, act, project.acts.length);
        project.acts.push(act);
      }
      return [];
    },
    expected: () => ({ dead: 0, undone: 0 }),
    differences(sandbox) {
      const found = noDifferences();
      const inPsa = shownToDelivery(sandbox);
      for (const { code, acts } of projects) {
        const wanted = shownOf(code, acts)!;
        const [open, revenue] = [wanted.open, wanted.revenue].map((cents) => (cents / 100).toFixed(2));
        const deal = crmDeal(sandbox, code);
        const seen: [string, string, unknown, string][] = [
          ['sales', 'number', deal?.['Invoice_Number__c'], wanted.number],
          ['sales', 'status', deal?.['Invoice_Status__c'], wanted.status],
          ['sales', 'open', Number(deal?.['Invoice_Open__c']).toFixed(2), open!],
          ['delivery', 'number', inPsa(code, 'Invoice number').join(), wanted.number],
          ['delivery', 'status', inPsa(code, 'Invoice status').join(), wanted.status],
          ['delivery', 'open', inPsa(code, 'Invoice open').join(), `${open} EUR`],
        ];
        if (!wanted.isRevenueOld) {
          seen.push(['sales', 'revenue', Number(deal?.['Project_Revenue__c']).toFixed(2), revenue!]);
          seen.push(['delivery', 'revenue', inPsa(code, 'Project revenue').join(), `${revenue} EUR`]);
        }
        for (const [who, what, is, must] of seen)
          if (is !== must) found.lost.push(`${wanted.number}: ${who} sees ${what} ${String(is)} instead of ${must}`);
        for (const name of names)
          if (inPsa(code, name).length > 1) found.duplicated.push(`${code}: “${name}” is there ${inPsa(code, name).length} times`);
      }
      found.duplicated.push(...shownTwice(sandbox, fieldId('Invoice version')));
      return found;
    },
  };
}

/** A deal that is billed already, though it is not won: so the flow that sets up has nothing to do with it. */
function setUp({ salesforce, netsuite, kantata }: Sandbox, code: string, n: number): void {
  salesforce.definition.load(salesforce, {
    records: [
      {
        ...{ attributes: { type: 'Opportunity' }, Id: `006V${String(n).padStart(11, '0')}`, Name: code, AccountId: account },
        ...{ StageName: 'Negotiation/Review', CloseDate: '2026-12-20', CurrencyIsoCode: 'EUR', Engagement_Code__c: code },
      },
    ],
  });
  netsuite.definition.load(netsuite, {
    records: {
      job: [
        {
          ...{ externalId: code, entityId: code, companyName: code, parent: { externalId: client } },
          ...{ subsidiary: { externalId: 'DE01' }, currency: { externalId: 'EUR' } },
        },
      ],
    },
  });
  kantata.definition.load(kantata, {
    workspaces: [
      {
        ...{ title: `${code} · billed`, currency: 'EUR' },
        external_reference: { service_name: 'ps-connect', service_model: 'project', service_model_ref: code },
      },
    ],
  });
}

function shownToDelivery({ kantata }: Sandbox): (code: string, name: string) => string[] {
  const rows = (type: string) => Object.values(kantata.state.rows[type] ?? {});
  const workspaces = new Map(rows('workspaces').map((row) => [String(row['title']).split(' ')[0]!, String(row['id'])]));
  const values = Map.groupBy(rows('custom_field_values'), (row) => `${String(row['subject_id'])} ${String(row['custom_field_id'])}`);
  return (code, name) => (values.get(`${workspaces.get(code)} ${fieldId(name)}`) ?? []).map(({ value }) => String(value));
}
