import jsonata from 'jsonata';
import should from 'should';
import { opportunityToEngagement } from '../../connectors/salesforce/mappings/opportunity-to-engagement.ts';
import { contractIssues } from '../../model/contract.ts';
import { demandsOf, projectsOf } from '../../model/engagement-parts.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Engagement } from '../../model/types.generated.ts';
import { DEALS } from '../../sandbox/firm/deals.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { type SalesforceRecord, salesforceRecords } from '../../sandbox/salesforce/firm/records.ts';

const firm = generateFirm({ seed: 7, date: '2026-11-23' });
const { records } = salesforceRecords(firm);

const relationships: Record<string, string> = {
  Engagement_Phases__r: 'Engagement_Phase__c',
  Engagement_Tasks__r: 'Engagement_Task__c',
  Engagement_Milestones__r: 'Engagement_Milestone__c',
  Staffing_Needs__r: 'Staffing_Need__c',
  Rate_Card_Lines__r: 'Rate_Card_Line__c',
};

const plain = ({ attributes: _attributes, ...fields }: SalesforceRecord): JsonObject => fields as JsonObject;
const ofType = (type: string) => records.filter((record) => record.attributes.type === type);

/** The record as a poll emits it, put together from the firm's own CRM records. */
function graphOf(code: string): JsonObject {
  const deal = ofType('Opportunity').find((record) => record['Engagement_Code__c'] === code) as SalesforceRecord;
  const account = ofType('Account').find((record) => record['Id'] === deal['AccountId']) as SalesforceRecord;
  const children = Object.entries(relationships).map(([name, type]) => [
    name,
    ofType(type)
      .filter((record) => record['Opportunity__c'] === deal['Id'])
      .map(plain),
  ]);
  return { ...plain(deal), Account: plain(account), ...(Object.fromEntries(children) as JsonObject) };
}

async function mapped(graph: JsonObject): Promise<Engagement> {
  const result: unknown = await jsonata(opportunityToEngagement).evaluate(graph);
  return JSON.parse(JSON.stringify(result)) as Engagement;
}

const bare: JsonObject = {
  Id: '006000000000001AAA',
  Name: 'Rollout',
  AccountId: '001000000000001AAA',
  Account: { Name: 'Client', Account_Code__c: null },
  Engagement_Code__c: 'ENG-9001',
  Amount: 1234.5,
  CurrencyIsoCode: 'EUR',
  Legal_Entity__c: 'DE01',
  Billing_Type__c: 'Time and Materials',
  Contract_Start_Date__c: '2026-01-01',
  Contract_End_Date__c: '2026-12-31',
};
const phase = { Code__c: 'P1', Name: 'Build', Start_Date__c: '2026-01-01', End_Date__c: '2026-02-01' };

describe('mapping an opportunity to an engagement', () => {
  const sound = firm.engagements.filter((deal, at) => !DEALS[at]?.defect && deal.phases.length > 0);

  it('every deal of the firm that sales filled in keeps the contract, with each phase, task, milestone, need and rate', async () => {
    should(sound.length).be.above(5);
    for (const deal of sound) {
      const engagement = await mapped(graphOf(deal.code));
      should(contractIssues('engagement', engagement)).eql([], deal.code);
      should(engagement.phases.map((item) => item.code)).eql(deal.phases.map((item) => item.code));
      should(engagement.phases.map((item) => item.tasks.map((task) => [task.code, task.plannedMinutes, task.billable]))).eql(
        deal.phases.map((item) => item.tasks.map((task) => [task.code, task.plannedMinutes, task.billable])),
      );
      should(engagement.milestones.map((item) => item.due)).eql(deal.milestones.map((item) => item.due));
      should(engagement.staffing.map((need) => [need.role, need.effortMinutes, need.skills])).eql(
        deal.needs.map((need) => [need.role, need.effortMinutes, need.skills]),
      );
      should(engagement.rateCard.map((line) => [line.role, line.region ?? null])).eql(deal.rates.map((line) => [line.role, line.region]));
    }
  });

  it('amounts are the firm’s own, to the minor unit of their currency', async () => {
    const currencies = new Set<string>();
    for (const deal of sound) {
      const { amount, phases, milestones } = await mapped(graphOf(deal.code));
      currencies.add(amount.currency);
      const minor = (text: string | undefined) => Number(text?.replace('.', ''));
      should(minor(amount.amount)).equal(deal.amount);
      should(phases.map((item) => minor(item.budget?.amount))).eql(deal.phases.map((item) => item.budget));
      should(milestones.map((item) => minor(item.amount.amount))).eql(deal.milestones.map((item) => item.amount));
    }
    should(currencies.has('EUR')).be.true();
    should(currencies.size).be.above(1);
  });

  it('a multi-country deal becomes one project for each legal entity, and its staffing follows the phases', async () => {
    const deal = sound.find((item) => new Set(item.phases.map((part) => part.legalEntity)).size > 1 && item.needs.length > 0);
    should.exist(deal);
    const engagement = await mapped(graphOf(deal?.code as string));
    const entities = new Set(deal?.phases.map((part) => part.legalEntity)).add(deal?.legalEntity as string);
    should(projectsOf(engagement)).have.length(entities.size);
    should(demandsOf(engagement)).have.length(deal?.needs.length as number);
  });

  const issuesOfDefect: Record<string, string[]> = {
    'contract-dates-missing': ['SCHEMA_REQUIRED contract.start', 'SCHEMA_REQUIRED contract.end'],
    'milestone-sum': ['MILESTONE_SUM milestones'],
    'rate-missing': ['ROLE_WITHOUT_RATE staffing[0].role'],
    // the shape is right; only the ERP's entity table knows that there is no FR01
    'legal-entity-unknown': [],
  };
  for (const [defect, wanted] of Object.entries(issuesOfDefect)) {
    it(`a deal with ${defect.replaceAll('-', ' ')} shows ${wanted.length === 0 ? 'the entity that the ERP will not know' : wanted.join(' and ')}`, async () => {
      const at = DEALS.findIndex((deal) => deal.defect === defect);
      const code = firm.engagements[at]?.code as string;
      const engagement = await mapped(graphOf(code));
      const found = contractIssues('engagement', engagement).map((issue) => `${issue.code} ${issue.field}`);
      should(found.slice(0, Math.max(wanted.length, 1))).eql(wanted);
      if (wanted.length === 0) should(engagement.legalEntity).equal('FR01');
    });
  }

  it('an amount in yen has no decimals, one in euro has two', async () => {
    should((await mapped({ ...bare, CurrencyIsoCode: 'JPY', Amount: 1250000 })).amount).eql({ amount: '1250000', currency: 'JPY' });
    should((await mapped(bare)).amount).eql({ amount: '1234.50', currency: 'EUR' });
    should((await mapped({ ...bare, Amount: 123456789012.1 })).amount.amount).equal('123456789012.10');
    should((await mapped({ ...bare, CurrencyIsoCode: 'KWD', Amount: 7 })).amount.amount).equal('7.000');
  });

  it('an amount with more decimals than its currency is an issue, never a silent cut; a rate keeps them', async () => {
    const amounts: [string, Json, string, string[]][] = [
      ['EUR', 0.125, '0.125', ['MONEY_DECIMALS amount']],
      ['EUR', 1000000.005, '1000000.005', ['MONEY_DECIMALS amount']],
      ['EUR', -5, '-5.00', ['MONEY_NEGATIVE amount']],
      ['EUR', 0, '0.00', []],
      ['HUF', 15500.5, '15500.50', []],
      ['JPY', 1250000.5, '1250000.5', ['MONEY_DECIMALS amount']],
      ['CLF', 1234.5678, '1234.5678', []],
      ['EUR', 12345678901234.56, '12345678901234.56', []],
      ['EUR', '12345678901234567.89', '12345678901234567.89', []],
      ['EUR', 1e-7, '0.0000001', ['MONEY_DECIMALS amount']],
    ];
    for (const [CurrencyIsoCode, Amount, text, issues] of amounts) {
      const engagement = await mapped({ ...bare, CurrencyIsoCode, Amount });
      should(engagement.amount).eql({ amount: text, currency: CurrencyIsoCode });
      should(contractIssues('engagement', engagement).map(({ code, field }) => `${code} ${field}`)).eql(issues, text);
    }
    for (const rate of [133.3333, 87.125, 0.0125, 1.005]) {
      const engagement = await mapped({ ...bare, Rate_Card_Lines__r: [{ Role__c: 'Dev', Rate__c: rate, Unit__c: 'Hour' }] });
      should(engagement.rateCard[0]?.rate.amount).equal(String(rate));
      should(contractIssues('engagement', engagement)).eql([]);
    }
  });

  it('a number so large that it may have lost digits is refused, and a currency that does not exist', async () => {
    const issues = async (change: JsonObject) =>
      contractIssues('engagement', await mapped({ ...bare, ...change })).map(({ code, field }) => `${code} ${field}`);
    should(await issues({ Amount: 9007199254740994 })).eql(['SCHEMA_TYPE amount.amount']);
    should(await issues({ CurrencyIsoCode: 'ZZZ' })).eql(['CURRENCY_NOT_ISO currency', 'CURRENCY_NOT_ISO amount.currency']);
    should(await issues({ Contract_Start_Date__c: '0026-03-01' })).eql(['DATE_YEAR contract.start']);
  });

  it('half a minute is rounded up, as half a cent is', async () => {
    const rows: Json = [1.125, 1.175, 7.675].map((Planned_Hours__c, at) => ({
      Code__c: `T${at}`,
      Phase_Code__c: 'P1',
      Name: 'Task',
      Planned_Hours__c,
    }));
    const { phases } = await mapped({ ...bare, Engagement_Phases__r: [phase], Engagement_Tasks__r: rows });
    should(phases[0]?.tasks.map((task) => task.plannedMinutes)).eql([68, 71, 461]);
  });

  it('hours with two decimals become the nearest whole minute', async () => {
    const hours = [0.33, 0.25, 7.1, 1.15, 20.67, 0.01];
    const rows: Json = hours.map((Planned_Hours__c, at) => ({ Code__c: `T${at}`, Phase_Code__c: 'P1', Name: 'Task', Planned_Hours__c }));
    const { phases } = await mapped({ ...bare, Engagement_Phases__r: [phase], Engagement_Tasks__r: rows });
    should(phases[0]?.tasks.map((task) => task.plannedMinutes)).eql([20, 15, 426, 69, 1240, 1]);
  });

  it('a billing type that nobody mapped is shown as it is', async () => {
    const issues = contractIssues('engagement', await mapped({ ...bare, Billing_Type__c: 'Barter' }));
    should(issues.map(({ field, value }) => ({ field, value }))).eql([{ field: 'billing.type', value: 'Barter' }]);
  });

  it('a task of a phase that does not exist is not lost: the contract check names the phase', async () => {
    const tasks: Json = [{ Code__c: 'T1', Phase_Code__c: 'P9', Name: 'Lost' }];
    const engagement = await mapped({ ...bare, Engagement_Phases__r: [phase], Engagement_Tasks__r: tasks });
    should(engagement.phases.map((item) => item.code)).eql(['P1', 'P9']);
    should(contractIssues('engagement', engagement).map((issue) => issue.field)).eql([
      'phases[1].name',
      'phases[1].start',
      'phases[1].end',
    ]);
  });

  it('a phase without a legal entity is delivered by the contracting one, an account without a code is known by its id', async () => {
    const engagement = await mapped({ ...bare, Engagement_Phases__r: [{ ...phase, Legal_Entity__c: null }] });
    should(engagement.phases[0]?.legalEntity).equal('DE01');
    should(engagement.account.code).equal('001000000000001AAA');
  });

  it('a list that is empty, null or absent is an empty list', async () => {
    for (const none of [[], null, undefined]) {
      const rows = { Engagement_Phases__r: none, Engagement_Milestones__r: none, Staffing_Needs__r: none, Rate_Card_Lines__r: none };
      const engagement = await mapped({ ...bare, ...rows, Engagement_Tasks__r: none });
      should(contractIssues('engagement', engagement)).eql([]);
      should([engagement.phases, engagement.milestones, engagement.staffing, engagement.rateCard]).eql([[], [], [], []]);
    }
  });

  it('skills are a list, without blanks and doubles', async () => {
    const need = {
      Code__c: 'N1',
      Role__c: 'Consultant',
      Skills__c: 'SAP; Data ;SAP;',
      Start_Date__c: '2026-01-01',
      End_Date__c: '2026-02-01',
      Effort_Hours__c: 10,
    };
    should((await mapped({ ...bare, Staffing_Needs__r: [need] })).staffing[0]?.skills).eql(['SAP', 'Data']);
    should((await mapped({ ...bare, Staffing_Needs__r: [{ ...need, Skills__c: 'SAP' }] })).staffing[0]?.skills).eql(['SAP']);
    should((await mapped({ ...bare, Staffing_Needs__r: [{ ...need, Skills__c: null }] })).staffing[0]?.skills).eql([]);
  });

  it('an opportunity with nothing filled in says field by field what is missing', async () => {
    const issues = contractIssues(
      'engagement',
      await mapped({
        Id: '006000000000001AAA',
        Name: 'Empty',
        AccountId: '001000000000001AAA',
        CurrencyIsoCode: null,
        Amount: null,
        Account: null,
      }),
    );
    should(issues.map((issue) => issue.field).sort()).eql(
      ['code', 'account.name', 'legalEntity', 'currency', 'amount', 'billing.type', 'contract.start', 'contract.end'].sort(),
    );
  });
});
