import { businessDay } from './firm/business-day.ts';
import type { DayStep } from './firm/day-step.ts';
import type { Desks } from './firm/desks.ts';
import { type Firm, generateFirm } from './firm/firm.ts';
import { businessMonth } from './firm/month/month.ts';
import { nobodyInOffice, type Office } from './firm/office.ts';
import type { SandboxAccess } from './sandbox-access.ts';
import { listedSystems } from './systems.ts';

export interface PlayOptions {
  /** the firm that the sandbox was loaded with; by default generated from `access.firm` */
  firm?: Firm;
  /** where people look after the integration; by default there is none */
  office?: Office;
  /** the sandbox's clock is left as it is: all that happens bears the moment at which it is played, not the hour of its step */
  stampedAsPlayed?: true;
  onStep?(step: DayStep, changed: boolean): void | Promise<void>;
}

export interface Played {
  steps: number;
  changed: number;
}

/** Plays the day through the simulators' public APIs. Playing it again changes nothing. */
export async function playBusinessDay(access: SandboxAccess, options: PlayOptions = {}): Promise<Played> {
  const firm = firmOf(access, options);
  return play(access, businessDay(firm), { ...options, firm });
}

/** Plays the weeks that follow the day, in the same way. They build on what an integration has made of the day. */
export async function playBusinessMonth(access: SandboxAccess, options: PlayOptions & { office: Office }): Promise<Played> {
  const firm = firmOf(access, options);
  return play(access, businessMonth(firm), { ...options, firm });
}

/** The sandbox's clock is moved up to each step but never back: a poller's watermark must not overtake the records. */
async function play(
  access: SandboxAccess,
  steps: readonly DayStep[],
  { firm, office, stampedAsPlayed, onStep }: PlayOptions & { firm: Firm },
): Promise<Played> {
  const desks = desksOf(access, firm, office);
  const played: Played = { steps: 0, changed: 0 };
  for (const step of steps) {
    if (step.settled) await desks.office.settled();
    if (!stampedAsPlayed) for (const [name] of listedSystems) await moveClock(access[name].url, step.at);
    const changed = await step.run(desks);
    played.steps += 1;
    if (changed) played.changed += 1;
    await onStep?.(step, changed);
  }
  return played;
}

function firmOf(access: SandboxAccess, options: PlayOptions): Firm {
  if (!options.firm && !access.firm) throw new Error('an empty sandbox has no business day');
  return options.firm ?? generateFirm(access.firm);
}

/** Where people of the firm work, whichever systems that is in. */
export function desksOf(access: SandboxAccess, firm: Firm, office: Office = nobodyInOffice): Desks {
  const found: Partial<Desks> = {};
  for (const [name, definition] of listedSystems) Object.assign(found, definition.firm?.desks?.(access[name], firm));
  const { sales, time, expenses, staffing, accounting } = found;
  const missing = Object.entries({ sales, time, expenses, staffing, accounting }).find(([, desk]) => !desk);
  if (!sales || !time || !expenses || !staffing || !accounting) throw new Error(`no system of the sandbox has a desk for ${missing?.[0]}`);
  return { sales, time, expenses, staffing, accounting, office };
}

async function moveClock(url: string, at: string): Promise<void> {
  const post = (body: object) => fetch(`${url}/__sandbox/clock`, { method: 'POST', body: JSON.stringify(body) });
  const { now } = (await (await post({})).json()) as { now: string };
  if (new Date(now) < new Date(at)) await post({ now: at });
}
