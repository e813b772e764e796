import type { Sandbox } from '../../../sandbox/server.ts';
import { erpLetters } from './erp-letters.ts';

const codeOf = (n: number) => `ENG-L${n}`;
/** Every third one is open again; every eighth is of a line that nobody knows. */
const isOpenAgain = (n: number) => n % 3 === 1;
const isRefused = (n: number) => n % 8 === 6;

/** Milestones are reached, and some are open again. */
export const milestoneStream = () =>
  erpLetters({
    name: 'milestones',
    contract: 'milestone',
    type: 'erp-milestone',
    writes: 'billingSchedule',
    keyOf: (n) => `${codeOf(n)}/BILLING`,
    subjectOf: codeOf,
    prepare(sandbox, n) {
      billedJob(sandbox, codeOf(n), 'milestones');
      if (!isRefused(n)) schedule(sandbox, codeOf(n));
    },
    isRefused,
    versions(n) {
      const told = (version: number, state: string) => ({
        ...{ id: `chaos:l${n}`, source: { system: 'chaos', id: `l${n}` }, project: { code: codeOf(n) }, code: `${codeOf(n)}/M1` },
        ...{ state, version: String(version) },
      });
      return isOpenAgain(n) && !isRefused(n) ? [told(1, 'reached'), told(2, 'open')] : [told(1, 'reached')];
    },
    held: (_fields, { milestone = [] }) => milestone.map(({ fields }) => String(fields['milestoneCompleted'] === true)).join(),
    wanted: (n) => `${!isOpenAgain(n)},false`,
  });

/** A project that is billed at a fixed price. */
export function billedJob({ netsuite }: Sandbox, code: string, name: string): void {
  netsuite.definition.load(netsuite, {
    records: {
      job: [
        {
          ...{ externalId: code, entityId: code, companyName: code, startDate: '2026-12-01', projectedEndDate: '2027-03-31' },
          ...{ parent: { externalId: `ACC-${name}____DE01` }, subsidiary: { externalId: 'DE01' }, currency: { externalId: 'EUR' } },
        },
      ],
    },
  });
}

function schedule({ netsuite }: Sandbox, code: string): void {
  const line = (percent: number, day: string, comments: string) => ({ milestoneAmount: percent, milestoneDate: day, comments });
  netsuite.definition.load(netsuite, {
    records: {
      billingSchedule: [
        {
          ...{
            externalId: `${code}__BILLING`,
            name: `${code} billing, version 1`,
            scheduleType: { id: 'FBM' },
            project: { externalId: code },
          },
          milestone: { items: [line(25, '2026-12-01', 'M1 Signed: 1000.00 EUR'), line(75, '2027-02-26', 'M2 Done: 3000.00 EUR')] },
        },
      ],
    },
  });
}
