import type { BillingSchedule, MilestoneState } from '../../model/types.generated.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { loadTimeFirm, projectCodeOf, psaId } from '../system/time-firm.ts';
import { smallFirm } from './small-firm.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const code = projectCodeOf('1');

/** How the one project of the small firm is billed. */
export const agreedSchedule = (more: Partial<BillingSchedule> = {}): BillingSchedule => ({
  ...{ project: code, legalEntity: 'US01', currency: 'USD', version: 1, type: 'milestones', amount: usd('10000.00') },
  lines: [
    { code: 'M1', name: 'Design signed', due: '2026-04-30', amount: usd('3333.33') },
    { code: 'M2', name: 'Go-live', due: '2026-09-30', amount: usd('6666.67') },
  ],
  ...more,
});

export const reachedMilestone = (more: Partial<MilestoneState> = {}): MilestoneState => ({
  ...{ id: 'kantata:77', source: { system: 'kantata', id: '77' }, project: { code }, code: `${code}/M1`, state: 'reached', version: 'v1' },
  ...more,
});

/** A milestone of the project as a row of Kantata. */
export const milestoneRow = (number: number, more: object = {}) => ({
  ...{ id: psaId.story(String(100 + number)), workspace_id: psaId.workspace('1'), title: `M${number} · Part ${number}` },
  ...{ story_type: 'milestone', state: 'completed' },
  ...more,
});

/** The small firm, its project billed by milestones. */
export function loadBilledFirm(sandbox: Sandbox): void {
  loadTimeFirm(sandbox, smallFirm);
  const { netsuite } = sandbox;
  netsuite.definition.load(netsuite, {
    records: {
      billingSchedule: [
        {
          externalId: `${code}__BILLING`,
          name: `${code} billing`,
          scheduleType: { id: 'FBM' },
          milestone: {
            items: [
              { milestoneAmount: 25, milestoneDate: '2026-04-30', comments: 'M1 Design signed: 2500.00 USD' },
              { milestoneAmount: 75, milestoneDate: '2026-09-30', comments: 'M2 Go-live: 7500.00 USD' },
            ],
          },
        },
      ],
    },
  });
}

export const linesIn = ({ netsuite }: Sandbox) =>
  Object.values(netsuite.state.records['billingSchedule'] ?? {})
    .filter(({ externalId }) => externalId === `${code}__BILLING`)
    .flatMap(({ lines }) => (lines['milestone'] ?? []).map(({ fields }) => fields));
