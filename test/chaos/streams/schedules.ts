import { erpLetters } from './erp-letters.ts';
import { billedJob } from './milestones.ts';

const codeOf = (n: number) => `ENG-S${n}`;
/** Every second one is agreed anew; every ninth has a line that is due after its project has ended. */
const isChanged = (n: number) => n % 2 === 0;
const isRefused = (n: number) => n % 9 === 5;
const eur = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'EUR' });
const partsOf = (n: number, version: number): [number, number] => (version === 1 ? [400_017, 800_033] : [500_000 + n, 100_050]);

/** How a project is billed, agreed and agreed anew. */
export const scheduleStream = () =>
  erpLetters({
    name: 'schedules',
    contract: 'billing-schedule',
    type: 'erp-billing-schedule',
    writes: 'billingSchedule',
    keyOf: (n) => `${codeOf(n)}/BILLING`,
    subjectOf: codeOf,
    isRefused,
    prepare: (sandbox, n) => billedJob(sandbox, codeOf(n), 'schedules'),
    versions(n) {
      const agreed = (version: number) => {
        const [signed, done] = partsOf(n, version);
        return {
          ...{ project: codeOf(n), legalEntity: 'DE01', currency: 'EUR', version, type: 'milestones', amount: eur(signed + done) },
          lines: [
            { code: 'M1', name: 'Signed', due: '2026-12-01', amount: eur(signed) },
            { code: 'M2', name: 'Done', due: isRefused(n) ? '2028-02-26' : '2027-02-26', amount: eur(done) },
          ],
        };
      };
      return isChanged(n) && !isRefused(n) ? [agreed(1), agreed(2)] : [agreed(1)];
    },
    held: ({ name }, { milestone = [] }) => [String(name), ...milestone.map(({ fields }) => String(fields['comments']))].join('; '),
    wanted(n) {
      const version = isChanged(n) ? 2 : 1;
      const [signed, done] = partsOf(n, version);
      return `${codeOf(n)} billing, version ${version}; M1 Signed: ${eur(signed).amount} EUR; M2 Done: ${eur(done).amount} EUR`;
    },
  });
