import should from 'should';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { addDays, weekday } from '../../sandbox/firm/calendar-date.ts';
import { dealDefects } from '../../sandbox/firm/deal-defects.ts';
import { rateFor } from '../../sandbox/firm/engagement.ts';
import { type Firm, generateFirm } from '../../sandbox/firm/firm.ts';
import { kantataRows } from '../../sandbox/kantata/firm/rows.ts';
import { netsuiteRecords } from '../../sandbox/netsuite/firm/records.ts';
import { caseSafeId, salesforceId } from '../../sandbox/salesforce/firm/salesforce-id.ts';
import { salesforceRecords } from '../../sandbox/salesforce/firm/records.ts';

const DATE = '2026-11-23';

/** firms of many seeds on all days of a year and more, weekends and year ends among them */
const FIRMS: Firm[] = Array.from({ length: 60 }, (_each, index) => generateFirm({ seed: index, date: addDays('2026-01-01', index * 11) }));

const loads = (firm: Firm): string => JSON.stringify([salesforceRecords(firm), netsuiteRecords(firm), kantataRows(firm)]);

describe('the generated firm', () => {
  it('is the same to the byte for the same seed and day, and another for another seed', () => {
    should(loads(generateFirm({ seed: 7, date: DATE }))).equal(loads(generateFirm({ seed: 7, date: DATE })));
    should(loads(generateFirm({ seed: 7, date: DATE }))).not.equal(loads(generateFirm({ seed: 8, date: DATE })));
  });

  it('has forty employees with unique mail addresses, and one subcontractor whom the ERP does not know', () => {
    for (const { people } of FIRMS) {
      should(people.filter((person) => person.inErp)).have.length(40);
      should(people.filter((person) => !person.inErp)).have.length(1);
      should(new Set(people.map((person) => person.email)).size).equal(people.length);
      for (const person of people) should(person.email).match(/^[a-z.-]+@[a-z]+\.example$/);
    }
  });

  it('writes every deal that is not meant to be broken by the rules of the firm', () => {
    for (const firm of FIRMS) {
      for (const deal of firm.engagements) {
        if (deal.phases.length === 0 || dealDefects(deal).length > 0) continue;
        const { contractStart, contractEnd } = deal;
        should(contractStart !== null && contractEnd !== null && contractStart < contractEnd).be.true(deal.code);
        for (const phase of deal.phases) {
          should(phase.start >= (contractStart as string) && phase.end <= (contractEnd as string) && phase.start < phase.end).be.true(
            `${deal.code} ${phase.code}`,
          );
        }
        should(deal.phases.reduce((sum, phase) => sum + phase.budget, 0)).equal(deal.amount, deal.code);
        if (deal.billing !== 'Time and Materials') {
          should(deal.milestones.reduce((sum, milestone) => sum + milestone.amount, 0)).equal(deal.amount, deal.code);
          should(deal.milestones.every((milestone) => milestone.amount > 0)).be.true(deal.code);
        }
        for (const need of deal.needs) should(rateFor(deal, need.role, need.region)).be.ok();
      }
    }
  });

  it('has four won deals that cannot be provisioned, each for a reason of its own', () => {
    for (const firm of FIRMS) {
      const broken = firm.engagements.filter((deal) => deal.standing === 'broken');
      should(broken.map(dealDefects)).deepEqual([
        ['contract-dates-missing'],
        ['milestone-sum'],
        ['rate-missing'],
        ['legal-entity-unknown'],
      ]);
      should(broken.every((deal) => deal.stage === 'Closed Won')).be.true();
    }
  });

  it('contracts across countries in several currencies', () => {
    const { engagements, projects } = FIRMS[0] as Firm;
    const countries = engagements.map((deal) => new Set(deal.phases.map((phase) => phase.country)).size);
    should(countries.filter((count) => count > 1).length).be.aboveOrEqual(3);
    should([...new Set(engagements.map((deal) => deal.currency))].sort()).deepEqual(['CHF', 'EUR', 'GBP', 'JPY', 'USD']);
    should(projects.map((project) => project.code)).containEql('ENG-0001-NL01');
  });

  it('counts money in whole minor units and time in quarter hours, never in fractions', () => {
    for (const { engagements, sheets, today, late } of FIRMS) {
      for (const deal of engagements) {
        const amounts = [
          deal.amount,
          ...deal.phases.map((p) => p.budget),
          ...deal.milestones.map((m) => m.amount),
          ...deal.rates.map((r) => r.rate),
        ];
        should(amounts.every(Number.isSafeInteger)).be.true(deal.code);
        should(
          deal.phases.flatMap((phase) => phase.tasks).every((task) => task.plannedMinutes > 0 && task.plannedMinutes % 15 === 0),
        ).be.true();
      }
      for (const entry of [...sheets.flatMap((sheet) => sheet.entries), ...today, ...late]) {
        should(entry.minutes > 0 && entry.minutes % 15 === 0 && entry.minutes <= 24 * 60).be.true(entry.task);
        should(Number.isSafeInteger((entry.rate * entry.minutes) / 60)).be.true('the amount of an entry is exact');
        should(weekday(entry.date)).be.belowOrEqual(4);
      }
    }
  });

  it('gives a yen contract whole yen', () => {
    const firm = FIRMS[0] as Firm;
    const yen = salesforceRecords(firm).records.filter((record) => record['CurrencyIsoCode'] === 'JPY');
    const amounts = yen.flatMap((record) => ['Amount', 'Budget_Amount__c', 'Amount__c', 'Rate__c'].map((name) => record[name]));
    should(amounts.filter((amount) => typeof amount === 'number').length).be.above(5);
    should(amounts.every((amount) => amount === undefined || Number.isInteger(amount))).be.true();
  });

  it('books time only on dates up to the business day, on one sheet per person, project and week', () => {
    for (const firm of FIRMS) {
      const entries = firm.sheets.flatMap((sheet) => sheet.entries);
      should(entries.every((entry) => entry.date < firm.workday)).be.true();
      should(firm.today.every((entry) => entry.date === firm.workday)).be.true();
      should(firm.today.length).be.above(0);
      const keys = firm.sheets.map((sheet) => `${sheet.person.code} ${sheet.project.code} ${sheet.week}`);
      should(new Set(keys).size).equal(keys.length);
      should(new Set(firm.sheets.map((sheet) => sheet.status))).deepEqual(new Set(['approved', 'pending', 'draft']));
    }
  });

  it('knows the same projects, tasks and people in ERP and PSA, by the same codes', () => {
    for (const firm of FIRMS.slice(0, 10)) {
      const erp = netsuiteRecords(firm).records;
      const psa = kantataRows(firm);
      const references = (model: string) =>
        (psa['external_references'] ?? []).filter((row) => row['service_model'] === model).map((row) => row['service_model_ref']);
      should(references('project')).deepEqual(erp.job.map((job) => job.externalId));
      should(references('task')).deepEqual(erp.projectTask.map((task) => keyOfErpId(task.externalId)));
      for (const code of references('project')) should(code).match(/^ENG-\d{4}(-[A-Z]{2}\d\d)?$/);
      for (const code of references('task')) should(code).match(/^ENG-\d{4}(-[A-Z]{2}\d\d)?\/P\d(\/T\d)?$/);
      const mails = new Set((psa['users'] ?? []).map((user) => user['email_address']));
      should(erp.employee.every((employee) => mails.has(employee['email']))).be.true();
      for (const customer of erp.customer) should(keyOfErpId(customer.externalId)).match(/^ACC-\d{4}@[A-Z]{2}\d\d$/);
    }
  });

  it('loads a PSA in which every reference leads somewhere', () => {
    const targets: Record<string, string> = {
      workspace_id: 'workspaces',
      story_id: 'stories',
      parent_id: 'stories',
      user_id: 'users',
      role_id: 'roles',
      skill_id: 'skills',
      skill_category_id: 'skill_categories',
      active_submission_id: 'timesheet_submissions',
      effective_workweek_id: 'workweeks',
      account_membership_id: 'account_memberships',
      primary_workspace_group_id: 'workspace_groups',
    };
    const rows = kantataRows(FIRMS[3] as Firm);
    const ids = new Map(Object.entries(rows).map(([collection, list]) => [collection, new Set(list.map((row) => row.id))]));
    let followed = 0;
    for (const [collection, list] of Object.entries(rows)) {
      should(new Set(list.map((row) => row.id)).size).equal(list.length, collection);
      for (const row of list) {
        for (const [key, target] of Object.entries(targets)) {
          if (!row[key]) continue;
          should(ids.get(target)?.has(String(row[key]))).be.true(`${collection}.${key} ${row[key]}`);
          followed += 1;
        }
      }
    }
    should(followed).be.above(1000);
  });

  it('gives Salesforce records ids that Salesforce would give', () => {
    // a pair as seen in real orgs
    should(caseSafeId('001A0000006Vm9u')).equal('001A0000006Vm9uIAC');
    should(salesforceId('001', 7)).match(/^001[a-zA-Z0-9]{15}$/);
    const { records } = salesforceRecords(FIRMS[0] as Firm);
    should(new Set(records.map((record) => record['Id'])).size).equal(records.length);
  });
});
