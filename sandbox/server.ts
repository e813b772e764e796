import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxClock } from './clock.ts';
import { instant } from './firm/calendar-date.ts';
import { type Firm, generateFirm } from './firm/firm.ts';
import type { SandboxAccess } from './sandbox-access.ts';
import { Simulator, type SystemDefinition } from './simulator.ts';
import { listedSystems, type SystemName, type systems } from './systems.ts';

export interface SandboxOptions {
  /** each simulator takes the next port from here, in the order of the list; 0 = free ports */
  basePort: number;
  /** where state survives a restart; absent = memory only */
  dir?: string;
  seed?: number;
  /** the business day, `YYYY-MM-DD`; default today. A date given here also sets the clock to that morning */
  date?: string;
  /** what systems speak besides HTTP, too: at `basePort` + 100 and on */
  beside?: boolean;
  /** no firm, only what every account has from the start */
  empty?: boolean;
}

const portsBeside = 100;

type StateOf<Definition> = Definition extends SystemDefinition<infer State> ? State : never;
type Simulators = { [Name in SystemName]: Simulator<StateOf<(typeof systems)[Name]>> };

/** The simulators, each by its name, and what they share. */
export interface Sandbox extends Simulators {
  urls: Record<SystemName, string>;
  credentials: Record<SystemName, Record<string, string>>;
  /** what `npm run sandbox` prints: urls, credentials, and what the firm was made from */
  access: SandboxAccess;
  clock: SandboxClock;
  /** absent in an empty sandbox */
  firm: Firm | undefined;
  stop(): Promise<void>;
}

/** Starts the listed simulators on one clock. The firm is loaded into those that have no stored state yet. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { basePort, dir, beside = false } = options;
  const firm = firmOf(options);
  const clock = new SandboxClock();
  if (options.date && firm) clock.set(new Date(instant(firm.date, '08:00')));
  const started: [SystemName, Simulator<unknown>][] = [];
  const stop = async () => {
    await Promise.all(started.map(([, simulator]) => simulator.stop()));
  };
  const start = async (definition: SystemDefinition<unknown>, offset: number): Promise<Simulator<unknown>> => {
    const stored = dir !== undefined && existsSync(join(dir, `${definition.name}.json`));
    const simulator = new Simulator(definition, { port: basePort === 0 ? 0 : basePort + offset, clock, ...(dir ? { dir } : {}) });
    if (firm && definition.firm && !stored) {
      definition.load(simulator, definition.firm.seed(firm));
      simulator.saveSoon();
    }
    // a day that was played ahead of the machine's time stays played: no later record may bear an earlier stamp
    const last = simulator.journal.entries.at(-1)?.at;
    if (last && new Date(last) > clock.now()) clock.set(new Date(last));
    await simulator.start();
    return beside ? simulator.startBeside(basePort === 0 ? 0 : basePort + portsBeside + offset) : simulator;
  };
  try {
    for (const [offset, [name, definition]] of listedSystems.entries()) started.push([name, await start(definition, offset)]);
    return describe(started, { clock, firm, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

function describe(started: readonly [SystemName, Simulator<unknown>][], rest: Pick<Sandbox, 'clock' | 'firm' | 'stop'>): Sandbox {
  const { firm } = rest;
  const each = <Value>(of: (simulator: Simulator<unknown>) => Value) =>
    Object.fromEntries(started.map(([name, simulator]) => [name, of(simulator)])) as Record<SystemName, Value>;
  const urls = each(({ url }) => url);
  const credentials = each((simulator) => simulator.definition.credentials(simulator));
  const access = {
    ...each((simulator) => ({ ...simulator.definition.credentials(simulator), url: simulator.url })),
    ...(firm ? { firm: { seed: firm.seed, date: firm.date } } : {}),
  };
  return { ...(Object.fromEntries(started) as Simulators), urls, credentials, access, ...rest };
}

/** A stored sandbox keeps its firm: started again tomorrow, it still is the firm of the day it was made for. */
function firmOf({ dir, seed, date, empty }: SandboxOptions): Firm | undefined {
  const file = dir ? join(dir, 'firm.json') : undefined;
  if (dir && file) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (existsSync(file)) {
      const stored = JSON.parse(readFileSync(file, 'utf8')) as { seed?: number; date?: string; empty?: true };
      return stored.empty ? undefined : generateFirm(stored);
    }
  }
  const firm = empty ? undefined : generateFirm({ ...(seed === undefined ? {} : { seed }), ...(date ? { date } : {}) });
  // written before anything is loaded: a sandbox killed while loading loads the same firm again
  if (file) writeFileSync(file, JSON.stringify(firm ? { seed: firm.seed, date: firm.date } : { empty: true }));
  return firm;
}
