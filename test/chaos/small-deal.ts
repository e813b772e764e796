const account = (n: number) => `ACC-K${n}`;
const engagement = (n: number) => `ENG-K${n}`;
const id = (prefix: string, n: number) => `${prefix}K${String(n).padStart(11, '0')}`;

/** The `n`-th small won deal, as Salesforce has it: one phase with one task, one milestone, one staffing need. */
export function smallDeal(n: number, role = 'Consultant'): { records: object[] } {
  const Opportunity__c = id('006', n);
  const child = (type: string, prefix: string, fields: object) => ({
    attributes: { type },
    Id: id(prefix, n),
    CurrencyIsoCode: 'EUR',
    Opportunity__c,
    ...fields,
  });
  const dates = { Start_Date__c: '2026-12-01', End_Date__c: '2027-02-26' };
  return {
    records: [
      {
        attributes: { type: 'Account' },
        Id: id('001', n),
        Name: `Client ${n}`,
        Account_Code__c: account(n),
        BillingCountry: 'DE',
        CurrencyIsoCode: 'EUR',
      },
      {
        attributes: { type: 'Opportunity' },
        Id: Opportunity__c,
        AccountId: id('001', n),
        Name: `Deal ${n}`,
        StageName: 'Closed Won',
        CloseDate: '2026-11-20',
        Amount: 12000.5,
        CurrencyIsoCode: 'EUR',
        Engagement_Code__c: engagement(n),
        Contract_Start_Date__c: '2026-12-01',
        Contract_End_Date__c: '2027-03-31',
        Billing_Type__c: 'Fixed Price',
        Legal_Entity__c: 'DE01',
        Payment_Terms__c: 'NET30',
      },
      child('Engagement_Phase__c', 'a00', {
        Name: 'Design',
        Code__c: 'P1',
        Sequence__c: 1,
        ...dates,
        Country__c: 'DE',
        Legal_Entity__c: 'DE01',
        Budget_Amount__c: 12000.5,
      }),
      child('Engagement_Task__c', 'a01', {
        Name: 'Workshops',
        Code__c: 'T1',
        Phase_Code__c: 'P1',
        Sequence__c: 1,
        Planned_Hours__c: 40,
        Billable__c: true,
      }),
      child('Engagement_Milestone__c', 'a02', {
        Name: 'Accepted',
        Code__c: 'M1',
        Phase_Code__c: 'P1',
        Due_Date__c: '2027-02-26',
        Amount__c: 12000.5,
      }),
      child('Staffing_Need__c', 'a03', {
        Name: 'Consultant',
        Code__c: 'N1',
        Phase_Code__c: 'P1',
        Role__c: role,
        Region__c: 'DACH',
        ...dates,
        Effort_Hours__c: 80,
        Headcount__c: 1,
      }),
      child('Rate_Card_Line__c', 'a04', { Name: role, Role__c: role, Rate__c: 150, Unit__c: 'Hour' }),
    ],
  };
}
