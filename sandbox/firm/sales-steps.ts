import type { DayClients, DayStep } from './day-step.ts';
import type { DayScript } from './day-script.ts';

/** What sales does in the CRM: wins three deals, moves one on, and touches a won one again. */
export function salesSteps({ wins, movesOn }: DayScript, at: (time: string) => string): DayStep[] {
  const touched = wins[0]?.deal.code ?? '';
  return [
    ...wins.map(({ at: time, deal }) =>
      step(at(time), `sales wins ${deal.code} (${deal.name})`, deal.code, {
        StageName: 'Closed Won',
        CloseDate: deal.closeDate,
        PO_Number__c: deal.poNumber,
      }),
    ),
    step(at('11:30'), `sales moves ${movesOn.deal.code} on to ${movesOn.stage}`, movesOn.deal.code, { StageName: movesOn.stage }),
    step(at('16:10'), `sales notes the next step on ${touched}, won that morning`, touched, { NextStep: 'Kick-off invitation sent' }),
  ];
}

function step(at: string, what: string, code: string, fields: Record<string, string | null>): DayStep {
  return { at, what, run: (clients) => change(clients, code, fields) };
}

/** Writes only what differs: a person would not save an unchanged form. */
async function change({ sales }: DayClients, code: string, fields: Record<string, string | null>): Promise<boolean> {
  const [deal] = await sales.query<Record<string, unknown> & { Id: string }>(
    `SELECT Id, ${Object.keys(fields).join(', ')} FROM Opportunity WHERE Engagement_Code__c = '${code}'`,
  );
  if (!deal) throw new Error(`the CRM has no deal ${code}`);
  const differing = Object.fromEntries(Object.entries(fields).filter(([name, value]) => (deal[name] ?? null) !== value));
  if (Object.keys(differing).length === 0) return false;
  await sales.update('Opportunity', deal.Id, differing);
  return true;
}
