import type { Sandbox } from '../../../sandbox/server.ts';
import { amendedContract } from '../../system/amended-contract.ts';
import { type Deal, recordsOf } from '../../system/deal.ts';

type Row = Record<string, unknown>;
type Loaded = Row & { attributes: { type: string } };

const details = ['Engagement_Phase__c', 'Engagement_Task__c', 'Engagement_Milestone__c', 'Staffing_Need__c'];

export const crmRows = ({ salesforce }: Sandbox, type: string): Row[] =>
  Object.values((salesforce.state as unknown as { records: Record<string, Record<string, Row>> }).records[type] ?? {});

export const crmDeal = (sandbox: Sandbox, code: string): Row | undefined =>
  crmRows(sandbox, 'Opportunity').find((row) => row['Engagement_Code__c'] === code);

/** A deal with its contract, which was never amended. */
export function signInCrm({ salesforce }: Sandbox, deal: Deal, stage = 'Closed Won'): void {
  const records = (amendedContract(recordsOf(deal), { number: null }) as Loaded[]).map((record) =>
    record.attributes.type === 'Opportunity' ? { ...record, StageName: stage } : record,
  );
  salesforce.definition.load(salesforce, { records });
}

/** Sales writes down what was agreed anew and raises the number of the contract, all of it at one moment. */
export function amendInCrm(sandbox: Sandbox, deal: Deal, number: number): void {
  const { salesforce, clock } = sandbox;
  const now = clock.now().toISOString();
  const saved = (type: string, row: Row, changes: Row): Loaded => ({
    ...{ attributes: { type }, ...row, ...changes, SystemModstamp: now, LastModifiedDate: now },
  });
  const there = crmDeal(sandbox, deal.code)!;
  const wanted = (recordsOf(deal) as Loaded[]).filter(({ attributes }) => details.includes(attributes.type));
  const changed = details.flatMap((type) =>
    crmRows(sandbox, type)
      .filter((row) => row['Opportunity__c'] === there['Id'] && row['IsDeleted'] !== true)
      .map((row) => {
        const at = wanted.findIndex((one) => one.attributes.type === type && one['Code__c'] === row['Code__c']);
        if (at < 0) return saved(type, row, { IsDeleted: true });
        const [{ attributes: _type, Opportunity__c: _of, ...fields }] = wanted.splice(at, 1) as [Loaded];
        return saved(type, row, fields);
      }),
  );
  const contract = crmRows(sandbox, 'Contract').find((row) => row['Id'] === there['ContractId'])!;
  const numbered = { Amendment_Number__c: number, Amendment_Effective_Date__c: '2027-01-01', Amendment_Reason__c: 'Agreed anew' };
  salesforce.definition.load(salesforce, {
    records: [
      saved('Opportunity', there, { Amount: deal.amount, Contract_End_Date__c: deal.end }),
      ...changed,
      ...wanted.map((one) => ({ ...one, Opportunity__c: there['Id'] })),
      saved('Contract', contract, numbered),
    ],
  });
}
