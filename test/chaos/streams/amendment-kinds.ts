import type { Sandbox } from '../../../sandbox/server.ts';
import type { Deal } from '../../system/deal.ts';
import { billedOf, later, less, more, muchLess, otherPeople, withHandover, withoutBuild } from './agreed.ts';

type Agreed = (won: Deal) => Deal;

/** What is agreed anew, and what must become of it. */
export interface AmendmentKind {
  name: string;
  /** made in both systems · refused before anything is written · rejected by who is asked · made and undone */
  fate: 'made' | 'refused' | 'rejected' | 'undone';
  /** one amendment after the other */
  agreed: readonly [Agreed, ...Agreed[]];
  /** code of the failure for which it lies as a dead letter */
  refusal?: string;
  /** its deal is not won: nothing is set up */
  early?: true;
  /** what others have done before it comes */
  before?(sandbox: Sandbox, code: string): void;
  /** what others do when what it changes has been shown, before it is approved; may be called several times */
  asked?(sandbox: Sandbox, code: string): void;
}

export const amendmentKinds: readonly AmendmentKind[] = [
  { name: 'more', fate: 'made', agreed: [more] },
  { name: 'less', fate: 'made', agreed: [less] },
  { name: 'a phase out', fate: 'made', agreed: [withoutBuild] },
  { name: 'a phase new', fate: 'made', agreed: [withHandover] },
  { name: 'less than is billed', fate: 'refused', refusal: 'BELOW_BILLED', agreed: [muchLess], before: bill },
  { name: 'twice in a row', fate: 'made', agreed: [less, more] },
  { name: 'people who are found meanwhile', fate: 'undone', agreed: [more], asked: book('N2') },
  { name: 'before its contract', fate: 'refused', refusal: 'NOT_SET_UP', agreed: [more], early: true },
  { name: 'not wanted', fate: 'rejected', agreed: [later] },
  { name: 'people who are found already', fate: 'refused', refusal: 'DEMAND_STAFFED', agreed: [otherPeople], before: book('N1') },
];

/** Accounting has billed a part of it. */
function bill({ netsuite }: Sandbox, code: string): void {
  const subsidiary = { externalId: 'DE01' };
  netsuite.definition.load(netsuite, {
    records: {
      invoice: [
        {
          ...{ externalId: `INV-${code}`, tranId: `INV-${code}`, subsidiary, currency: { externalId: 'EUR' } },
          ...{ entity: { externalId: `ACC-${code}____DE01` }, job: { externalId: code } },
          item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 1, rate: billedOf }] },
        },
      ],
    },
  });
}

/** Who staffs has found somebody for sure. */
function book(need: string): (sandbox: Sandbox, code: string) => void {
  return ({ kantata }, code) => {
    for (const row of Object.values(kantata.state.rows['workspace_allocations'] ?? {}))
      if (String(row['notes']).startsWith(`Staffing demand ${code}/${need} `)) Object.assign(row, { hard: true });
  };
}
