import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxClock } from './clock.ts';
import { instant } from './firm/calendar-date.ts';
import { type Firm, generateFirm } from './firm/firm.ts';
import { kantataRows } from './firm/kantata-rows.ts';
import { netsuiteRecords } from './firm/netsuite-records.ts';
import { salesforceRecords } from './firm/salesforce-records.ts';
import type { SandboxAccess } from './firm/sandbox-access.ts';
import { kantata } from './kantata/definition.ts';
import { netsuite } from './netsuite/definition.ts';
import { salesforce } from './salesforce/definition.ts';
import { Simulator, type SystemDefinition } from './simulator.ts';

export interface SandboxOptions {
  /** the simulators take this port and the next two; 0 = free ports */
  basePort: number;
  /** where state survives a restart; absent = memory only */
  dir?: string;
  seed?: number;
  /** the business day, `YYYY-MM-DD`; default today. A date given here also sets the clock to that morning */
  date?: string;
  /** no firm, only what every account has from the start */
  empty?: boolean;
}

type StateOf<Definition> = Definition extends SystemDefinition<infer State> ? State : never;

export interface Sandbox {
  salesforce: Simulator<StateOf<typeof salesforce>>;
  netsuite: Simulator<StateOf<typeof netsuite>>;
  kantata: Simulator<StateOf<typeof kantata>>;
  urls: Record<'salesforce' | 'netsuite' | 'kantata', string>;
  credentials: Record<'salesforce' | 'netsuite' | 'kantata', Record<string, string>>;
  /** what `npm run sandbox` prints: urls, credentials, and what the firm was made from */
  access: SandboxAccess;
  clock: SandboxClock;
  /** absent in an empty sandbox */
  firm: Firm | undefined;
  stop(): Promise<void>;
}

/** Starts the three simulators on one clock. The firm is loaded into those that have no stored state yet. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { basePort, dir } = options;
  const firm = firmOf(options);
  const clock = new SandboxClock();
  if (options.date && firm) clock.set(new Date(instant(firm.date, '08:00')));
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await Promise.all(started.map((simulator) => simulator.stop()));
  };
  const start = async <State>(
    definition: SystemDefinition<State>,
    offset: number,
    load: (firm: Firm) => unknown,
  ): Promise<Simulator<State>> => {
    const stored = dir !== undefined && existsSync(join(dir, `${definition.name}.json`));
    const simulator = new Simulator(definition, { port: basePort === 0 ? 0 : basePort + offset, clock, ...(dir ? { dir } : {}) });
    if (firm && !stored) {
      definition.load(simulator, load(firm));
      simulator.saveSoon();
    }
    // a day that was played ahead of the machine's time stays played: no later record may bear an earlier stamp
    const last = simulator.journal.entries.at(-1)?.at;
    if (last && new Date(last) > clock.now()) clock.set(new Date(last));
    await simulator.start();
    started.push(simulator);
    return simulator;
  };
  try {
    const systems = {
      salesforce: await start(salesforce, 0, salesforceRecords),
      netsuite: await start(netsuite, 1, netsuiteRecords),
      kantata: await start(kantata, 2, kantataRows),
    };
    return describe(systems, { clock, firm, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

type Systems = Pick<Sandbox, 'salesforce' | 'netsuite' | 'kantata'>;

function describe(systems: Systems, rest: Pick<Sandbox, 'clock' | 'firm' | 'stop'>): Sandbox {
  const { firm } = rest;
  const credentials = {
    salesforce: salesforce.credentials(systems.salesforce),
    netsuite: netsuite.credentials(systems.netsuite),
    kantata: kantata.credentials(systems.kantata),
  };
  const urls = { salesforce: systems.salesforce.url, netsuite: systems.netsuite.url, kantata: systems.kantata.url };
  const access = {
    salesforce: { ...credentials.salesforce, url: urls.salesforce },
    netsuite: { ...credentials.netsuite, url: urls.netsuite },
    kantata: { ...credentials.kantata, url: urls.kantata },
    ...(firm ? { firm: { seed: firm.seed, date: firm.date } } : {}),
  };
  return { ...systems, urls, credentials, access, ...rest };
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
