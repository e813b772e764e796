import type { CalendarDate } from './calendar-date.ts';
import type { MinorUnits } from './minor-units.ts';

export type BillingType = 'Time and Materials' | 'Fixed Price' | 'Retainer';

export interface Phase {
  /** `P1` */
  code: string;
  name: string;
  sequence: number;
  start: CalendarDate;
  end: CalendarDate;
  country: string;
  legalEntity: string;
  budget: MinorUnits;
  tasks: Task[];
}

export interface Task {
  /** `T1`, unique in its phase */
  code: string;
  name: string;
  sequence: number;
  plannedMinutes: number;
  billable: boolean;
}

export interface Milestone {
  code: string;
  name: string;
  phase: string;
  due: CalendarDate;
  amount: MinorUnits;
}

export interface StaffingNeed {
  code: string;
  phase: string;
  role: string;
  skills: string[];
  region: string;
  start: CalendarDate;
  end: CalendarDate;
  /** for all heads together */
  effortMinutes: number;
  headcount: number;
}

export interface RateLine {
  role: string;
  /** null = every region that has no line of its own */
  region: string | null;
  rate: MinorUnits;
  unit: 'Hour' | 'Day';
}

/** A deal as sales wrote it down; `running` ones are already provisioned in ERP and PSA. */
export interface Engagement {
  /** `ENG-0001` */
  code: string;
  name: string;
  account: string;
  standing: 'running' | 'pipeline' | 'broken';
  stage: string;
  closeDate: CalendarDate;
  legalEntity: string;
  currency: string;
  billing: BillingType;
  amount: MinorUnits;
  contractStart: CalendarDate | null;
  contractEnd: CalendarDate | null;
  paymentTerms: string;
  poNumber: string | null;
  deliveryManager: string;
  assumptions: string;
  phases: Phase[];
  milestones: Milestone[];
  needs: StaffingNeed[];
  rates: RateLine[];
}

export function rateFor(engagement: Engagement, role: string, region: string): RateLine | undefined {
  const lines = engagement.rates.filter((line) => line.role === role);
  return lines.find((line) => line.region === region) ?? lines.find((line) => line.region === null);
}

/** minor units per hour; a day is eight hours in every contract of this firm */
export function hourly(line: RateLine): MinorUnits {
  return line.unit === 'Day' ? line.rate / 8 : line.rate;
}
