import { businessDay } from './firm/business-day.ts';
import type { DayStep } from './firm/day-step.ts';
import type { Desks } from './firm/desks.ts';
import { type Firm, generateFirm } from './firm/firm.ts';
import type { SandboxAccess } from './sandbox-access.ts';
import { listedSystems } from './systems.ts';

export interface PlayOptions {
  /** the firm that the sandbox was loaded with; by default generated from `access.firm` */
  firm?: Firm;
  onStep?(step: DayStep, changed: boolean): void | Promise<void>;
}

export interface PlayedDay {
  steps: number;
  changed: number;
}

/**
 * Plays the day through the simulators' public APIs. Playing it again changes nothing.
 * The sandbox's clock is moved up to each step but never back: a poller's watermark must not overtake the records.
 */
export async function playBusinessDay(access: SandboxAccess, options: PlayOptions = {}): Promise<PlayedDay> {
  if (!options.firm && !access.firm) throw new Error('an empty sandbox has no business day');
  const firm = options.firm ?? generateFirm(access.firm);
  const desks = desksOf(access, firm);
  const played: PlayedDay = { steps: 0, changed: 0 };
  for (const step of businessDay(firm)) {
    for (const [name] of listedSystems) await moveClock(access[name].url, step.at);
    const changed = await step.run(desks);
    played.steps += 1;
    if (changed) played.changed += 1;
    await options.onStep?.(step, changed);
  }
  return played;
}

/** Where people of the firm work, whichever systems that is in. */
export function desksOf(access: SandboxAccess, firm: Firm): Desks {
  const found: Partial<Desks> = {};
  for (const [name, definition] of listedSystems) Object.assign(found, definition.firm?.desks?.(access[name], firm));
  const { sales, time } = found;
  if (!sales || !time) throw new Error(`no system of the sandbox has a desk for ${sales ? 'time' : 'sales'}`);
  return { sales, time };
}

async function moveClock(url: string, at: string): Promise<void> {
  const post = (body: object) => fetch(`${url}/__sandbox/clock`, { method: 'POST', body: JSON.stringify(body) });
  const { now } = (await (await post({})).json()) as { now: string };
  if (new Date(now) < new Date(at)) await post({ now: at });
}
