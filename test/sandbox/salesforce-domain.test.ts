import type { Request } from 'express';
import should from 'should';
import { SandboxClock } from '../../sandbox/clock.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { findObject } from '../../sandbox/salesforce/schema/catalogue.ts';
import type { Row, SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { deleteRecord, insertRecord, updateRecord } from '../../sandbox/salesforce/write/save.ts';
import { Work } from '../../sandbox/salesforce/write/work.ts';
import { Simulator } from '../../sandbox/simulator.ts';

describe('the domain of the Salesforce sandbox', () => {
  let sim: Simulator<SalesforceState>;
  let clock: SandboxClock;

  beforeEach(() => {
    clock = new SandboxClock();
    clock.set(new Date('2026-11-23T12:00:00Z'));
    sim = new Simulator(salesforce, { port: 0, clock });
  });

  function write<T>(act: (work: Work) => T): T {
    const work = new Work(sim, { method: 'POST', originalUrl: '/' } as Request, sim.state.admin);
    try {
      return act(work);
    } finally {
      work.commit();
    }
  }

  const create = (type: string, values: Record<string, unknown>): Row => write((work) => insertRecord(work, findObject(type)!, values));
  const change = (type: string, id: string, values: Record<string, unknown>): Row =>
    write((work) => updateRecord(work, findObject(type)!, id, values));
  const opportunity = (values: Record<string, unknown> = {}): Row =>
    create('Opportunity', { Name: 'Roll-out', StageName: 'Prospecting', CloseDate: '2026-12-31', ...values });

  it('a won opportunity can be reopened and won again, each at its own time', () => {
    const { Id } = opportunity({ StageName: 'Closed Won' });
    clock.set(new Date('2026-11-24T08:00:00Z'));
    const reopened = change('Opportunity', Id, { StageName: 'Negotiation/Review' });
    should(reopened).containEql({ IsWon: false, IsClosed: false, Probability: 90, ForecastCategory: 'Pipeline' });
    clock.set(new Date('2026-11-25T08:00:00Z'));
    const rewon = change('Opportunity', Id, { StageName: 'Closed Won' });
    should(rewon).containEql({ IsWon: true, Probability: 100, LastStageChangeDate: '2026-11-25T08:00:00.000+0000' });
    clock.set(new Date('2026-11-26T08:00:00Z'));
    const renamed = change('Opportunity', Id, { Name: 'Renamed' });
    should(renamed).containEql({ LastStageChangeDate: '2026-11-25T08:00:00.000+0000', SystemModstamp: '2026-11-26T08:00:00.000+0000' });
  });

  it('a lost opportunity is closed and not won; an unknown stage is open', () => {
    should(opportunity({ StageName: 'Closed Lost' })).containEql({
      IsClosed: true,
      IsWon: false,
      Probability: 0,
      ForecastCategory: 'Omitted',
    });
    should(opportunity({ StageName: 'In Progress' })).containEql({ IsClosed: false, IsWon: false });
  });

  it('expected revenue, fiscal period and pushes follow amount and close date', () => {
    const { Id } = opportunity({ Amount: 1000.05, StageName: 'Value Proposition' });
    should(sim.state.records['Opportunity']![Id]).containEql({
      ExpectedRevenue: 500.03,
      Fiscal: '2026 4',
      FiscalQuarter: 4,
      FiscalYear: 2026,
    });
    should(change('Opportunity', Id, { CloseDate: '2027-01-15' })).containEql({ PushCount: 1, Fiscal: '2027 1' });
  });

  it('a product price needs a standard price first, in the currency of the opportunity', () => {
    const standard = Object.keys(sim.state.records['Pricebook2']!)[0];
    const book = create('Pricebook2', { Name: 'Partners', IsActive: true }).Id;
    const product = create('Product2', { Name: 'Day', IsActive: true }).Id;
    should(() => create('PricebookEntry', { Pricebook2Id: book, Product2Id: product, UnitPrice: 9 })).throw(/STANDARD_PRICE_NOT_DEFINED/);
    const entry = create('PricebookEntry', { Pricebook2Id: standard, Product2Id: product, UnitPrice: 10 }).Id;
    const dollars = opportunity({ CurrencyIsoCode: 'USD' }).Id;
    const line = { OpportunityId: dollars, PricebookEntryId: entry, Quantity: 1 };
    should(() => create('OpportunityLineItem', line)).throw(/currency code does not match/);
    const euros = opportunity().Id;
    const item = create('OpportunityLineItem', { ...line, OpportunityId: euros, Quantity: 3, TotalPrice: 100 });
    should(item).containEql({ UnitPrice: 33.33, TotalPrice: 100, ListPrice: 10, CurrencyIsoCode: 'EUR' });
    should(sim.state.records['Opportunity']![euros]).containEql({ Amount: 100, HasOpportunityLineItem: true });
    write((work) => {
      deleteRecord(work, findObject('OpportunityLineItem')!, item.Id);
    });
    should(sim.state.records['Opportunity']![euros]).containEql({ HasOpportunityLineItem: false });
  });

  it('a contract starts as a draft, is activated later and ends a day before its term is over', () => {
    const account = create('Account', { Name: 'Acme' }).Id;
    should(() => create('Contract', { AccountId: account, Status: 'Activated' })).throw(/FAILED_ACTIVATION/);
    const draft = create('Contract', { AccountId: account, StartDate: '2026-01-31', ContractTerm: 12 });
    should(draft).containEql({ Status: 'Draft', StatusCode: 'Draft', EndDate: '2027-01-30', ContractNumber: '00000100' });
    const active = change('Contract', draft.Id, { Status: 'Activated' });
    should(active).containEql({ StatusCode: 'Activated', ActivatedDate: '2026-11-23T12:00:00.000+0000' });
  });

  it('a detail takes its opportunity’s currency and its id as a name', () => {
    const phase = create('Engagement_Phase__c', { Opportunity__c: opportunity({ CurrencyIsoCode: 'GBP' }).Id, Code__c: 'P1' });
    should(phase).containEql({ CurrencyIsoCode: 'GBP', Name: phase.Id });
    should(() => create('Engagement_Phase__c', { Code__c: 'P1' })).throw(/Required fields are missing: \[Opportunity__c\]/);
    should(() => change('Engagement_Phase__c', phase.Id, { Opportunity__c: opportunity().Id })).throw(/INVALID_FIELD_FOR_INSERT_UPDATE/);
  });

  it('the newest primary contact is the only one', () => {
    const deal = opportunity().Id;
    const role = (LastName: string) =>
      create('OpportunityContactRole', { OpportunityId: deal, ContactId: create('Contact', { LastName }).Id, IsPrimary: true });
    const first = role('One');
    role('Two');
    should(sim.state.records['OpportunityContactRole']![first.Id]).containEql({ IsPrimary: false });
  });

  it('a refused change leaves nothing behind and is journalled by its business key', () => {
    const { Id } = opportunity({ Engagement_Code__c: 'ENG-1', Amount: 5 });
    should(() => change('Opportunity', Id, { Amount: 9, Billing_Type__c: 'Barter' })).throw(/restricted picklist/);
    should(sim.state.records['Opportunity']![Id]).containEql({ Amount: 5 });
    const last = sim.journal.entries.at(-1);
    should(last).containEql({ outcome: 'refused', status: 400, type: 'Opportunity', id: Id, key: 'ENG-1' });
  });

  it('a deleted account takes its opportunities and their phases along', () => {
    const account = create('Account', { Name: 'Acme' }).Id;
    const deal = opportunity({ AccountId: account }).Id;
    const phase = create('Engagement_Phase__c', { Opportunity__c: deal }).Id;
    write((work) => {
      deleteRecord(work, findObject('Account')!, account);
    });
    should(sim.state.records['Opportunity']![deal]!['IsDeleted']).equal(true);
    should(sim.state.records['Engagement_Phase__c']![phase]!['IsDeleted']).equal(true);
  });
});
