import { sampleEngagement } from '../../model/sample-engagement.ts';

/** The one person of all samples. Whatever shows a part of the name or the address where a reader looks has leaked it. */
export const person = {
  name: 'Xanthippe Quorra',
  first: 'Xanthippe',
  last: 'Quorra',
  email: 'xanthippe.quorra@firm.example',
  phone: '+49 30 5550199',
} as const;

/** Nobody asks about this one: stands for the person in inputs that put values where they do not belong. */
export const stranger = { name: 'Some Body', first: 'Some', last: 'Body', email: 'some.body@firm.example', phone: '+49 30 1' } as const;

/** The project that time is booked on, and the code of its one task. */
export const timeProject = 'FUZZ-TIME';
export const timeTask = `${timeProject}/P1/T1`;

/** The one opportunity that is there to be told. */
export const dealId = String(sampleEngagement().id);

/** A sound engagement of one legal entity that all three systems can take. */
export function engagement(code: string) {
  const sound = sampleEngagement();
  const [phase] = sound.phases ?? [];
  const [milestone] = sound.milestones ?? [];
  return {
    ...sound,
    // each is a deal of its own: the ERP makes no second project for one
    id: `deal-${code}`,
    code,
    account: { code: `ACC-${code}`, name: 'Client', email: person.email, phone: person.phone },
    amount: { amount: '12000.50', currency: 'EUR' },
    deliveryManagerEmail: person.email,
    rateCard: [sound.rateCard[0]],
    phases: [phase],
    milestones: [{ ...milestone, amount: { amount: '12000.50', currency: 'EUR' } }],
    staffing: [{ code: 'N1', phase: 'P1', role: 'Consultant', start: '2026-12-01', end: '2027-02-26', effortMinutes: 4800, headcount: 1 }],
  };
}

/** Approved time that the ERP takes. */
export function timeEntry(id: string) {
  return {
    id,
    source: { system: 'fuzz', id },
    resource: { id: 'P1', name: person.name, email: person.email },
    project: { id: timeProject, code: timeProject },
    task: { id: 'T1', code: timeTask },
    workDate: '2026-11-20',
    minutes: 60,
    billable: true,
    rate: { amount: '150.50', currency: 'EUR' },
    note: `${person.name} was there`,
    status: 'approved',
    version: '1',
  };
}

/** How the project that time is booked on is billed. */
export function billingSchedule(name: string) {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  return {
    ...{ project: timeProject, legalEntity: 'DE01', currency: 'EUR', version: 1, type: 'milestones', amount: eur('100.00') },
    lines: [
      { code: 'M1', name, due: '2026-12-01', amount: eur('33.33') },
      { code: 'M2', name: `${name} done`, due: '2026-12-31', amount: eur('66.67') },
    ],
  };
}

/** A milestone of that project. */
export function milestone(id: string) {
  return {
    ...{ id, source: { system: 'fuzz', id }, project: { id: timeProject, code: timeProject }, code: `${timeProject}/M1` },
    ...{ state: 'reached', reachedOn: '2026-11-20', version: '1' },
  };
}

/** A booking that the ERP takes, of a role that the PSA knows. */
export function assignment(id: string) {
  return {
    id,
    source: { system: 'fuzz', id },
    resource: { id: 'P1', name: person.name, email: person.email },
    role: 'Consultant',
    project: { id: timeProject, code: timeProject },
    start: '2026-12-01',
    end: '2027-02-26',
    minutes: 4800,
    booking: 'hard',
    status: 'assigned',
    version: '1',
    sourceUpdatedAt: '2026-11-20T10:00:00Z',
  };
}

/** An approved expense that the ERP takes. */
export function expense(id: string) {
  return {
    id,
    source: { system: 'fuzz', id },
    resource: { id: 'P1', name: person.name, email: person.email },
    report: { id: `R-${id}` },
    project: { id: timeProject, code: timeProject },
    task: { id: 'T1', code: timeTask },
    day: '2026-11-20',
    category: 'Travel',
    amount: { amount: '119.00', currency: 'EUR' },
    tax: { code: 'DE-19', amount: { amount: '19.00', currency: 'EUR' } },
    receipt: { id: 'F1' },
    billable: true,
    markup: '10',
    note: `${person.name} was there`,
    status: 'approved',
    approval: { by: 'P2' },
    version: '1',
  };
}

/** Time as the tool of the template flow sends it. */
export function toolTime(id: string) {
  return {
    entryId: id,
    person: { id: 'P1', email: person.email },
    ...{ project: timeProject, task: timeTask, date: '2026-11-20', minutes: 45, billable: true, revision: 1 },
  };
}

/** An invoice of a project that nobody has. */
export function invoice(id: string) {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  return {
    ...{ id: `erp:${id}`, source: { system: 'erp', id }, number: id, legalEntity: 'DE01' },
    ...{
      customer: { id: '1', code: 'ACC-0001', legalEntity: 'DE01' },
      project: { id: '2', code: id, legalEntity: 'DE01', currency: 'EUR' },
    },
    ...{ currency: 'EUR', invoiceDate: '2026-11-20', status: 'posted', version: '2026-11-20T10:00:00Z' },
    ...{ net: eur('100.00'), tax: eur('19.00'), gross: eur('119.00'), open: eur('119.00') },
    ...{ lines: [{ id: '1', amount: eur('100.00') }], payments: [], credits: [] },
  };
}

/** A won opportunity with its details, as Salesforce answers it. */
export function opportunity(code: string) {
  const part = (type: string, Id: string, fields: object) => ({ attributes: { type }, Id, CurrencyIsoCode: 'EUR', ...fields });
  const dates = { Start_Date__c: '2026-12-01', End_Date__c: '2027-02-26' };
  return {
    attributes: { type: 'Opportunity' },
    Id: '006000000000001AAA',
    Name: `Deal ${code}`,
    StageName: 'Closed Won',
    IsWon: true,
    CloseDate: '2026-11-20',
    Amount: 12000.5,
    CurrencyIsoCode: 'EUR',
    SystemModstamp: '2026-11-20T08:00:00.000+0000',
    Engagement_Code__c: code,
    Contract_Start_Date__c: '2026-12-01',
    Contract_End_Date__c: '2027-03-31',
    Billing_Type__c: 'Fixed Price',
    Legal_Entity__c: 'DE01',
    Payment_Terms__c: 'NET30',
    Delivery_Manager_Email__c: person.email,
    Account: { Id: '001000000000001AAA', Name: 'Client', Account_Code__c: `ACC-${code}`, BillingCountry: 'DE' },
    Engagement_Phases__r: {
      totalSize: 1,
      done: true,
      records: [part('Engagement_Phase__c', 'a00000000000001AAA', { Name: 'Design', Code__c: 'P1', ...dates, Budget_Amount__c: 12000.5 })],
    },
  };
}

/** A CloudEvent as a time tool would send it. */
export function cloudEvent(id: string, data: unknown): Record<string, unknown> {
  return {
    ...{ specversion: '1.0', id, source: '/fuzz', type: 'com.example.time.approved', subject: id, time: '2026-11-20T08:00:00Z' },
    datacontenttype: 'application/json',
    data,
  };
}

/** Text in which nobody asks about the person any more. */
export function withoutPerson(text: string): string {
  return (['email', 'name', 'first', 'last', 'phone'] as const).reduce((left, part) => left.replaceAll(person[part], stranger[part]), text);
}
