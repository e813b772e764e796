import { existsSync, readFileSync } from 'node:fs';
import { InMemoryEffects } from './in-memory-effects.ts';
import { acme, contextOf, engagementProjects, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const vendor = new URL('../../../shared/vendor/netsuite/', import.meta.url);

/** Field names of a complex type of the SuiteTalk schemas. */
function schemaFields(file: string, type: string): Set<string> {
  const text = readFileSync(new URL(`soap-2017.1/${file}`, vendor), 'utf8');
  const body = new RegExp(`<complexType name="${type}">([\\s\\S]*?)</complexType>`).exec(text)?.[1] ?? '';
  return new Set([...body.matchAll(/(?:element|attribute) name="(\w+)"/g)].map((match) => match[1]!));
}

function customerFields(): Set<string> {
  const properties = (file: string) => {
    const document = JSON.parse(readFileSync(new URL(file, vendor), 'utf8')) as {
      components: { schemas: { customer: { properties: object } } };
    };
    return Object.keys(document.components.schemas.customer.properties);
  };
  return new Set([...properties('netsuite-oas-2025-09-02.json'), ...properties('customer.metadata-catalog.2020-02-27.json')]);
}

describe('NetSuite record contracts', () => {
  before(function () {
    if (existsSync(vendor)) return;
    console.warn('SKIPPED: the folder with vendor contracts is absent, NetSuite field names are not checked.');
    this.skip();
  });

  it('have every field that is written', async () => {
    const box = await NetSuiteSandbox.start({ approvalStatus: '3' });
    try {
      const account = { ...acme, phone: '+49 30 1' };
      const billed = ['EUR', 'USD'].map((currency) => ({ legalEntity: 'DE01', currency }));
      const request = { account, entities: [...billed, { legalEntity: 'NL01', currency: 'EUR' }], paymentTerms: 'NET30' };
      await box.erp.operations['customer.ensure'](request, contextOf(new InMemoryEffects()));
      await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
      const schedule = { project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version: 1, type: 'milestones' as const };
      const amount = { amount: '120000.00', currency: 'EUR' };
      const lines = [{ code: 'M1', name: 'Signed', due: '2026-03-01', percent: '100' }] as const;
      await box.erp.operations['billing-schedule.set']({ ...schedule, amount, lines: [...lines] }, contextOf(new InMemoryEffects()));
      const milestone = { id: '1', source: { system: 'x', id: '1' }, project: { code: 'ENG-0001' }, code: 'ENG-0001/M1', version: '1' };
      const reached = { ...milestone, state: 'reached' as const, reachedOn: '2026-03-02' };
      await box.erp.operations['milestone.reach'](reached, contextOf(new InMemoryEffects()));
      told(await box.erp.operations['time.post'](linesOf([timeEntry(1)]), new AbortController().signal)).should.deepEqual(['ok']);
      const known: Record<string, Set<string>> = {
        customer: customerFields(),
        job: schemaFields('lists.relationships.xsd', 'Job'),
        projectTask: schemaFields('activities.scheduling.xsd', 'ProjectTask'),
        billingSchedule: schemaFields('lists.accounting.xsd', 'BillingSchedule'),
        timeBill: schemaFields('transactions.employees.xsd', 'TimeBill'),
      };
      // REST names: `project` is SOAP's `company`, a sublist loses its `List`
      // a column of the analytics table `job`; in SOAP it was a role of the job's resources
      known['job']!.add('projectManager');
      known['projectTask']!.add('project');
      known['billingSchedule']!.add('milestone');
      for (const { type, body } of box.entriesByKey()) {
        Object.keys(body as object)
          .filter((field) => !known[type!]!.has(field))
          .should.deepEqual([], type);
      }
      const lineFields = schemaFields('lists.accounting.xsd', 'BillingScheduleMilestone');
      const written = box.entriesByKey().flatMap(({ body }) => (body as { milestone?: { items: object[] } }).milestone?.items ?? []);
      written.length.should.equal(5);
      for (const field of written.flatMap((line) => Object.keys(line))) lineFields.has(field).should.be.true(field);
    } finally {
      await box.stop();
    }
  });
});
