import type { Palette } from './palette.ts';
import type { Spread } from './spread.ts';

/** What a figure is held to. */
export interface Target {
  text: string;
  value: number;
  met: boolean;
}

/** What came of one figure: ours and a peer's, measured by turns on the same machine. */
export interface FigureResult {
  name: string;
  what: string;
  unit: string;
  ours: Spread;
  peer?: Spread & { name: string };
  /** ours by the peer's, round for round; above 1 = we do more */
  ratio?: Spread;
  targets: Target[];
  /** further measurements of the same run */
  details: Record<string, number | string>;
  notes: string[];
}

export interface Figure {
  name: string;
  /** what is measured, for `--list` */
  about: string;
  run(setting: BenchSetting): Promise<FigureResult[]>;
}

/** How long and how large: the short form takes about ten minutes, the full one about half an hour, and two hours more with the month. */
export interface BenchSetting {
  rounds: number;
  /** seconds of load in one turn */
  seconds: number;
  /** messages through ten nodes in one turn */
  messages: number;
  /** ended runs in the large store */
  history: number;
  /** runs waiting to be delivered at start-up */
  pending: number;
  /** runs of one turn on PostgreSQL */
  postgresRuns: number;
  /** runs of each instance in one turn at the default of runs at once; fewer at fewer */
  instanceRuns: number;
  /** runs for the memory figure */
  memoryRuns: number;
  /** records of the query job */
  queriedRows: number;
  /** approved time entries and expenses of the month */
  monthEntries: number;
  monthExpenses: number;
  /** time that the ERP of the month takes for each call */
  erpLatencyMs: number;
  /** arguments of Node.js for the side that has the pack: a profile of it */
  nodeArguments: readonly string[];
  /** folder with the pack as built for this benchmark */
  palette: Palette;
}

export const atLeast = (text: string, value: number, bound: number): Target => ({ text, value, met: value >= bound });
export const atMost = (text: string, value: number, bound: number): Target => ({ text, value, met: value <= bound });
