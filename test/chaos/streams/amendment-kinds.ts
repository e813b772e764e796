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
  /** what the project in the PSA is by that */
  byHand?: Agreed;
}

const handEnd = '2027-12-31';

export const amendmentKinds: readonly AmendmentKind[] = [
  { name: 'more', fate: 'made', agreed: [more] },
  { name: 'less', fate: 'made', agreed: [less] },
  { name: 'a phase out', fate: 'made', agreed: [withoutBuild] },
  { name: 'a phase new', fate: 'made', agreed: [withHandover] },
  { name: 'less than is billed', fate: 'refused', refusal: 'BELOW_BILLED', agreed: [muchLess], before: bill },
  { name: 'twice in a row', fate: 'made', agreed: [less, more] },
  { name: 'changed by hand meanwhile', fate: 'undone', agreed: [more], asked: moveWorkspace, byHand: (won) => ({ ...won, end: handEnd }) },
  { name: 'before its contract', fate: 'refused', refusal: 'NOT_SET_UP', agreed: [more], early: true },
  { name: 'not wanted', fate: 'rejected', agreed: [later] },
  { name: 'people who are found already', fate: 'refused', refusal: 'DEMAND_STAFFED', agreed: [otherPeople], before: book },
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

const rowsOf = ({ kantata }: Sandbox, type: string) => Object.values(kantata.state.rows[type] ?? {});

/** Who staffs has found somebody for sure. */
function book(sandbox: Sandbox, code: string): void {
  for (const row of rowsOf(sandbox, 'workspace_allocations'))
    if (String(row['notes']).startsWith(`Staffing demand ${code}/N1 `)) Object.assign(row, { hard: true });
}

/** Delivery moves the end of its project. */
function moveWorkspace(sandbox: Sandbox, code: string): void {
  for (const row of rowsOf(sandbox, 'workspaces'))
    if (String(row['title']).startsWith(`${code} `)) Object.assign(row, { due_date: handEnd });
}
