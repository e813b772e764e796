import type { DayScript } from './day-script.ts';
import type { DayStep } from './day-step.ts';
import type { DealChange } from './desks.ts';

/** What sales does in the CRM: wins three deals, moves one on, and touches a won one again. */
export function salesSteps({ wins, movesOn }: DayScript, at: (time: string) => string): DayStep[] {
  const touched = wins[0]?.deal.code ?? '';
  return [
    ...wins.map(({ at: time, deal: { code, name, stage, closeDate, poNumber } }) =>
      step(at(time), `sales wins ${code} (${name})`, code, { stage, closeDate, poNumber }),
    ),
    step(at('11:30'), `sales moves ${movesOn.deal.code} on to ${movesOn.stage}`, movesOn.deal.code, { stage: movesOn.stage }),
    step(at('16:10'), `sales notes the next step on ${touched}, won that morning`, touched, { nextStep: 'Kick-off invitation sent' }),
  ];
}

function step(at: string, what: string, code: string, to: DealChange): DayStep {
  return { at, what, run: ({ sales }) => sales.change(code, to) };
}
