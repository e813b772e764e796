import { instant } from './calendar-date.ts';
import { type DayScript, scriptDay } from './day-script.ts';
import type { DayClients, DayStep } from './day-step.ts';
import type { Firm } from './firm.ts';
import { generateFirm } from './firm.ts';
import { KantataDesk } from './kantata-desk.ts';
import { kantataIds } from './kantata-ids.ts';
import { salesSteps } from './sales-steps.ts';
import { SalesforceDesk } from './salesforce-desk.ts';
import type { SandboxAccess } from './sandbox-access.ts';
import { TimeDesk } from './time-desk.ts';
import { timeSteps } from './time-steps.ts';

export interface PlayOptions {
  /** the firm that the sandbox was loaded with; by default generated from `access.firm` */
  firm?: Firm;
  onStep?(step: DayStep, changed: boolean): void | Promise<void>;
}

export interface PlayedDay {
  steps: number;
  changed: number;
}

/** The day's steps in order of time. */
export function businessDay(firm: Firm, script: DayScript = scriptDay(firm)): DayStep[] {
  const at = (time: string) => instant(firm.date, time);
  return [...salesSteps(script, at), ...timeSteps(script, at)].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/**
 * Plays the day through the simulators' public APIs. Playing it again changes nothing.
 * The sandbox's clock is moved up to each step but never back: a poller's watermark must not overtake the records.
 */
export async function playBusinessDay(access: SandboxAccess, options: PlayOptions = {}): Promise<PlayedDay> {
  if (!options.firm && !access.firm) throw new Error('an empty sandbox has no business day');
  const firm = options.firm ?? generateFirm(access.firm);
  const clients: DayClients = {
    sales: new SalesforceDesk(access.salesforce),
    time: new TimeDesk(new KantataDesk(access.kantata), kantataIds(firm)),
  };
  const played: PlayedDay = { steps: 0, changed: 0 };
  for (const step of businessDay(firm)) {
    for (const system of [access.salesforce, access.netsuite, access.kantata]) await moveClock(system.url, step.at);
    const changed = await step.run(clients);
    played.steps += 1;
    if (changed) played.changed += 1;
    await options.onStep?.(step, changed);
  }
  return played;
}

async function moveClock(url: string, at: string): Promise<void> {
  const post = (body: object) => fetch(`${url}/__sandbox/clock`, { method: 'POST', body: JSON.stringify(body) });
  const { now } = (await (await post({})).json()) as { now: string };
  if (new Date(now) < new Date(at)) await post({ now: at });
}
