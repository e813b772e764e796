/* Made from model/schemas by scripts/generate-types.ts: do not edit. */

/**
 * Calendar date YYYY-MM-DD, no zone
 */
export type CalendarDate = string;
/**
 * ISO 3166-1 alpha-2 country
 */
export type Country = string;

export interface CanonicalObjects {
  Account?: Account;
  Amendment?: Amendment;
  Assignment?: Assignment;
  Availability?: Availability;
  BillingSchedule?: BillingSchedule;
  Engagement?: Engagement;
  Expense?: Expense;
  Invoice?: Invoice;
  MilestoneState?: MilestoneState;
  'Project finances'?: ProjectFinances;
  Project?: Project;
  RateCard?: RateCard;
  Resource?: Resource;
  StaffingDemand?: StaffingDemand;
  TimeEntry?: TimeEntry;
  Utilization?: Utilization;
}
/**
 * A client of the firm
 */
export interface Account {
  /**
   * Id in the CRM
   */
  id?: string;
  /**
   * Account code of the firm
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Legal name
   */
  legalName?: string | null;
  /**
   * Tax id
   */
  taxId?: string | null;
  /**
   * ISO 3166-1 alpha-2 country
   */
  country?: string | null;
  /**
   * Billing e-mail
   */
  email?: string | null;
  /**
   * Phone
   */
  phone?: string | null;
  currency?: string;
  /**
   * Payment terms
   */
  paymentTerms?: string | null;
  /**
   * Credit hold: by the rules of the ERP, on, or off
   */
  creditHold?: 'auto' | 'on' | 'off';
  /**
   * Legal entities of the firm that bill the client; an empty list: none does any more
   */
  entities?: BillingEntity[];
  externalIds?: ExternalId[];
}
export interface BillingEntity {
  /**
   * Code of the legal entity
   */
  legalEntity: string;
  currency: string;
  /**
   * Tax id
   */
  taxId?: string | null;
  /**
   * Payment terms
   */
  paymentTerms?: string | null;
  /**
   * Credit hold: by the rules of the ERP, on, or off
   */
  creditHold?: 'auto' | 'on' | 'off';
}
export interface ExternalId {
  system: string;
  type: string;
  id: string;
}
/**
 * A change of a contract: the whole state of the engagement as it shall be from now on
 */
export interface Amendment {
  /**
   * Id of the record in the CRM
   */
  id?: string;
  /**
   * Number of the contract that is amended
   */
  contractNumber?: string;
  /**
   * Number of the amendment within its engagement, rising; 0 = the contract as it was first signed
   */
  number: number;
  effective: CalendarDate;
  /**
   * Why, as sales says it
   */
  reason?: string;
  engagement: Engagement;
  sourceUpdatedAt?: string;
}
/**
 * What was sold: commercial terms, rate card, phases by country and legal entity, milestones, staffing needs
 */
export interface Engagement {
  /**
   * Id of the record in the CRM
   */
  id?: string;
  /**
   * Engagement code of the firm
   */
  code: string;
  /**
   * Name
   */
  name: string;
  account: AccountRef;
  /**
   * Legal entity that signs the contract
   */
  legalEntity: string;
  /**
   * Contract currency
   */
  currency: string;
  amount: Money;
  billing: Billing;
  contract: {
    start: CalendarDate;
    end: CalendarDate;
  };
  deliveryManagerEmail?: string;
  deliveryAssumptions?: string;
  rateCard: RateCardLine[];
  phases: Phase[];
  milestones: Milestone[];
  staffing: StaffingNeed[];
  externalIds?: ExternalId[];
  sourceUpdatedAt?: string;
}
export interface AccountRef {
  /**
   * Id in the CRM
   */
  id?: string;
  /**
   * Account code of the firm
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Legal name
   */
  legalName?: string;
  /**
   * Tax id
   */
  taxId?: string;
  country?: Country;
  /**
   * Billing e-mail
   */
  email?: string;
  /**
   * Phone
   */
  phone?: string;
}
/**
 * Exact amount: decimal text with ISO 4217 currency
 */
export interface Money {
  amount: string;
  currency: string;
}
export interface Billing {
  type: 'time-and-materials' | 'fixed-price' | 'retainer';
  /**
   * Payment terms, such as NET30
   */
  paymentTerms?: string;
  /**
   * Client's purchase order number
   */
  poNumber?: string;
}
export interface RateCardLine {
  /**
   * Role
   */
  role: string;
  /**
   * Region; absent = every region
   */
  region?: string;
  rate: UnitPrice;
  unit: 'hour' | 'day';
}
/**
 * Exact price of one hour or day: decimal text, with more decimals than the currency where it has them
 */
export interface UnitPrice {
  amount: string;
  currency: string;
}
export interface Phase {
  /**
   * Code within the engagement
   */
  code: string;
  /**
   * Name
   */
  name: string;
  start: CalendarDate;
  end: CalendarDate;
  country?: Country;
  /**
   * Legal entity that delivers the phase
   */
  legalEntity: string;
  budget?: Money;
  tasks: Task[];
}
export interface Task {
  /**
   * Code within the phase
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Planned effort, in whole minutes
   */
  plannedMinutes?: number;
  billable?: boolean;
}
export interface Milestone {
  /**
   * Code within the engagement
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Code of the phase it belongs to
   */
  phase?: string;
  due: CalendarDate;
  amount: Money;
}
export interface StaffingNeed {
  /**
   * Code within the engagement
   */
  code: string;
  /**
   * Code of the phase
   */
  phase?: string;
  /**
   * Role
   */
  role: string;
  skills?: string[];
  /**
   * Region
   */
  region?: string;
  start: CalendarDate;
  end: CalendarDate;
  /**
   * Effort of all heads together, in whole minutes
   */
  effortMinutes: number;
  /**
   * How many people
   */
  headcount?: number;
}
/**
 * A person booked on a project for a span of days: how it stands now, or that it is no more
 */
export interface Assignment {
  /**
   * Business id, unique in the firm: source system and id there, such as planning-tool:4711
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  resource: {
    /**
     * Id in the source system
     */
    id: string;
    email?: string;
    name?: string;
  };
  /**
   * Role in which the person works
   */
  role?: string;
  project: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Project code of the firm
     */
    code?: string;
  };
  /**
   * Phase code
   */
  phase?: string;
  /**
   * Staffing demand that it meets
   */
  demand?: string;
  start: CalendarDate;
  end: CalendarDate;
  /**
   * Effort from the first day to the last together, in whole minutes; holds where there is a percentage, too
   */
  minutes?: number;
  /**
   * Effort as a share of the person’s working time from the first day to the last, as decimal text: 50 is half of it
   */
  percent?: string;
  /**
   * Soft: held, and not yet certain
   */
  booking: 'hard' | 'soft';
  /**
   * Released: no longer booked. Whoever takes it in treats assigned and changed alike
   */
  status: 'assigned' | 'changed' | 'released';
  /**
   * Changes when the business content changes
   */
  version: string;
  sourceUpdatedAt?: string;
}
/**
 * How much of a person’s working time is free from one day to another
 */
export interface Availability {
  /**
   * Business id of the person: source system and id there, such as planning-tool:9
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  resource: {
    /**
     * Id in the source system
     */
    id: string;
    email?: string;
    name?: string;
  };
  /**
   * Role
   */
  role?: string;
  skills?: string[];
  /**
   * Region
   */
  region?: string;
  from: CalendarDate;
  to: CalendarDate;
  /**
   * A week begins on Monday; the first and the last may be cut by the dates
   */
  unit: 'day' | 'week';
  periods: AvailablePeriod[];
  /**
   * Of all periods
   */
  freeMinutes: number;
  /**
   * Of all periods
   */
  overbookedMinutes: number;
}
/**
 * A day or a week of a person
 */
export interface AvailablePeriod {
  start: CalendarDate;
  end: CalendarDate;
  /**
   * By the working calendar, less holidays
   */
  workingMinutes: number;
  /**
   * Of the working time, off
   */
  leaveMinutes: number;
  /**
   * Booked for certain
   */
  hardMinutes: number;
  /**
   * Held, not yet certain
   */
  softMinutes: number;
  /**
   * Working time less leave and bookings, day by day; never below zero
   */
  freeMinutes: number;
  /**
   * Booked beyond what working time and leave let, day by day
   */
  overbookedMinutes: number;
}
/**
 * How a project is billed: by milestones, by instalments, by time with a cap, or by a retainer for each period
 */
export interface BillingSchedule {
  /**
   * Code of the project that is billed
   */
  project: string;
  /**
   * Legal entity that bills it
   */
  legalEntity: string;
  currency: string;
  /**
   * Grows with each agreed change; an older one never takes the place of a newer one
   */
  version: number;
  /**
   * Number of the last contract amendment that it knows of; absent = of none
   */
  amendment?: number;
  /**
   * What makes a bill due
   */
  type: 'milestones' | 'instalments' | 'retainer' | 'time-and-materials';
  amount?: Money;
  /**
   * Of milestones and instalments: together they are the amount
   *
   * @maxItems 400
   */
  lines?: BillingLine[];
  retainer?: Retainer;
  cap?: Money;
}
/**
 * A part of the amount, as an amount or in percent of it
 */
export interface BillingLine {
  /**
   * Unique in the schedule
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Phase that it belongs to
   */
  phase?: string;
  due: CalendarDate;
  amount?: Money;
  /**
   * Of the amount of the schedule, exact decimal text
   */
  percent?: string;
}
/**
 * The same amount for each period
 */
export interface Retainer {
  every: 'month' | 'quarter' | 'year';
  /**
   * How many
   */
  periods: number;
  start: CalendarDate;
  amount: Money;
}
/**
 * What one person spent on one day for the firm, for a project or not
 */
export interface Expense {
  /**
   * Business id, unique in the firm: source system and id there, such as expense-tool:4711
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  resource: {
    /**
     * Id in the source system
     */
    id: string;
    email?: string;
    name?: string;
  };
  /**
   * Expense report that it was handed in with
   */
  report?: {
    /**
     * Id in the source system
     */
    id: string;
  };
  /**
   * Whose books it belongs in; absent = those of the person's employer
   */
  legalEntity?: string;
  project?: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Project code of the firm
     */
    code?: string;
  };
  task?: {
    id: string;
    /**
     * Task code of the firm, such as ENG-0001/P1/T1
     */
    code?: string;
  };
  /**
   * Calendar date YYYY-MM-DD, no zone
   */
  day: string;
  /**
   * What it was spent on, as the firm calls it: Travel, Lodging
   */
  category: string;
  amount: Money1;
  /**
   * Tax that the amount includes
   */
  tax?: {
    /**
     * Tax code of the firm
     */
    code: string;
    amount: Money2;
  };
  /**
   * Rate of the day, where the source knows it
   */
  exchangeRate?: {
    /**
     * How much of the other currency one unit of the amount's currency is
     */
    rate: string;
    /**
     * The other currency, ISO 4217
     */
    currency: string;
  };
  /**
   * absent = there is none
   */
  receipt?: {
    /**
     * Id of the document in the source system
     */
    id: string;
    /**
     * Where a person opens it
     */
    url?: string;
  };
  /**
   * A flat rate for each day, in place of what was spent
   */
  perDiem?: {
    /**
     * Number of days
     */
    days: string;
    rate: UnitPrice1;
  };
  /**
   * A flat rate for each kilometre or mile, in place of what was spent
   */
  mileage?: {
    /**
     * How far
     */
    distance: string;
    /**
     * UN/ECE Recommendation 20: kilometre or statute mile
     */
    unit: 'KMT' | 'SMI';
    rate: UnitPrice2;
  };
  /**
   * to the client
   */
  billable: boolean;
  /**
   * Percent that the client pays on top: 10 = a tenth more
   */
  markup?: string;
  /**
   * false = the firm has paid it itself, such as by its credit card; absent = true
   */
  reimbursable?: boolean;
  note?: string;
  /**
   * withdrawn = taken back after it was handed in or approved
   */
  status: 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'invoiced';
  /**
   * Who approved it, and when
   */
  approval?: {
    /**
     * Id of the person in the source system
     */
    by?: string;
    at?: string;
  };
  /**
   * Changes when the business content changes
   */
  version: string;
  sourceUpdatedAt?: string;
}
/**
 * What was paid, tax included, in the currency that it was paid in; less than zero = paid back
 */
export interface Money1 {
  amount: string;
  currency: string;
}
/**
 * Exact amount, which may be less than zero: decimal text with ISO 4217 currency
 */
export interface Money2 {
  amount: string;
  currency: string;
}
/**
 * Exact price of one hour or day: decimal text, with more decimals than the currency where it has them
 */
export interface UnitPrice1 {
  amount: string;
  currency: string;
}
/**
 * Exact price of one hour or day: decimal text, with more decimals than the currency where it has them
 */
export interface UnitPrice2 {
  amount: string;
  currency: string;
}
/**
 * A posted invoice as the books hold it: net (the sum of its lines), tax and gross, what is open, what was paid and credited, and, where the books say it, the margin that they expect
 */
export interface Invoice {
  /**
   * Business id, unique in the firm: source system and id there. Two legal entities may give the same number
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  /**
   * As the client reads it
   */
  number: string;
  /**
   * Code of the legal entity that bills
   */
  legalEntity: string;
  customer: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Account code of the firm
     */
    code?: string;
    /**
     * Code of the legal entity whose customer it is
     */
    legalEntity?: string;
  };
  project?: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Project code of the firm
     */
    code?: string;
    /**
     * Code of the legal entity that delivers it
     */
    legalEntity?: string;
    currency?: string;
  };
  currency: string;
  invoiceDate: CalendarDate;
  dueDate?: CalendarDate;
  /**
   * partly-paid: a part of it is settled, by payments or credits; credited: all of it, by credits alone
   */
  status: 'posted' | 'partly-paid' | 'paid' | 'credited' | 'voided';
  net: Money;
  tax: Money;
  gross: Money;
  open: Money2;
  margin?: Money2;
  /**
   * Net amounts; below zero where a line takes something off: a discount, hours given back
   */
  lines: InvoiceLine[];
  payments: Settlement[];
  credits: Settlement[];
  /**
   * When the source last changed it: a later version is a newer state
   */
  version: string;
}
export interface InvoiceLine {
  /**
   * Number of the line
   */
  id: string;
  amount: Money2;
}
/**
 * A payment or a credit note: of its amount only what is applied to the invoice
 */
export interface Settlement {
  /**
   * Id in the source system
   */
  id: string;
  number?: string;
  date: CalendarDate;
  amount: Money;
}
/**
 * A milestone that was reached, or is open again
 */
export interface MilestoneState {
  /**
   * Business id, unique in the firm: source system and id there
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  project: {
    /**
     * Id in the source system
     */
    id?: string;
    /**
     * Project code of the firm
     */
    code: string;
  };
  /**
   * Milestone code of the firm, such as ENG-0001/M1
   */
  code: string;
  /**
   * open: not reached, or taken back
   */
  state: 'reached' | 'open';
  reachedOn?: CalendarDate;
  /**
   * Changes when the business content changes
   */
  version: string;
  sourceUpdatedAt?: string;
}
/**
 * What the books say of the revenue and the margin of an engagement, as far as one legal entity delivers it. What they do not say is null, with its reason in `unknown`: it is never zero
 */
export interface ProjectFinances {
  /**
   * Engagement code of the firm
   */
  engagement: string;
  project: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Project code of the firm
     */
    code: string;
  };
  /**
   * Code of the legal entity whose books these are
   */
  legalEntity: string;
  /**
   * Of the project, and of every amount here
   */
  currency: string;
  /**
   * A fixed price cannot be billed beyond the contract; absent = the books do not say it
   */
  billing?: 'fixed-price' | 'time-and-materials';
  /**
   * When the books were asked: what was posted before is in these figures
   */
  asOf: string;
  /**
   * What the project is sold for
   */
  contractValue: Money2 | null;
  /**
   * Net of tax, less credit notes; drafts and voided documents left out
   */
  billed: Money2 | null;
  /**
   * All invoices, tax included
   */
  invoiced: Money2 | null;
  /**
   * Of what is invoiced, what was paid
   */
  paid: Money2 | null;
  /**
   * Of what is invoiced, what was settled by credit notes
   */
  credited: Money2 | null;
  /**
   * Of what is invoiced, what is still owed
   */
  open: Money2 | null;
  /**
   * Recognized: posted to income accounts
   */
  revenue: Money2 | null;
  /**
   * Posted to the accounts of labour
   */
  labourCost: Money2 | null;
  /**
   * Posted to all other accounts of cost
   */
  expenseCost: Money2 | null;
  /**
   * Both
   */
  cost: Money2 | null;
  /**
   * Revenue less cost
   */
  margin: Money2 | null;
  /**
   * Margin in percent of revenue, rounded to two decimals; null where there is no revenue
   */
  marginPercent: string | null;
  /**
   * Work in progress: revenue that is not billed yet
   */
  unbilled: Money2 | null;
  /**
   * Billed and not earned yet
   */
  overbilled: Money2 | null;
  /**
   * Why a figure is null
   */
  unknown: UnknownFigure[];
}
export interface UnknownFigure {
  field:
    | 'contractValue'
    | 'billed'
    | 'invoiced'
    | 'paid'
    | 'credited'
    | 'open'
    | 'revenue'
    | 'labourCost'
    | 'expenseCost'
    | 'cost'
    | 'margin'
    | 'unbilled'
    | 'overbilled'
    | 'marginPercent';
  /**
   * `follows` = from another that is null
   */
  reason: 'not-said' | 'other-currency' | 'shared-invoice' | 'not-configured' | 'no-revenue' | 'follows';
}
/**
 * One legal entity's share of an engagement, with its work breakdown structure
 */
export interface Project {
  /**
   * Project code: the engagement code for the contracting entity, with the entity appended for others
   */
  code: string;
  /**
   * Name
   */
  name: string;
  /**
   * Engagement it belongs to
   */
  engagementCode: string;
  /**
   * Id of the engagement in the CRM
   */
  engagementId?: string;
  account: AccountRef;
  /**
   * Legal entity
   */
  legalEntity: string;
  currency: string;
  billing: Billing;
  amount?: Money;
  start: CalendarDate;
  end: CalendarDate;
  /**
   * True for the contracting entity
   */
  main: boolean;
  deliveryManagerEmail?: string;
  deliveryAssumptions?: string;
  phases: Phase[];
  milestones: Milestone[];
  rateCard: RateCardLine[];
  externalIds?: ExternalId[];
}
/**
 * What roles cost from which day to which
 */
export interface RateCard {
  /**
   * Code of the card
   */
  code: string;
  /**
   * Name
   */
  name?: string;
  source?: {
    system: string;
    id: string;
  };
  /**
   * Legal entity it holds for; absent = each
   */
  legalEntity?: string;
  /**
   * Code of the client it holds for; absent = each
   */
  account?: string;
  /**
   * Code of the engagement it holds for; absent = each
   */
  engagement?: string;
  /**
   * Contract currency
   */
  currency: string;
  lines: DatedRate[];
  /**
   * Of its content
   */
  version?: string;
}
export interface DatedRate {
  /**
   * Role
   */
  role: string;
  /**
   * Grade; absent = every grade
   */
  grade?: string;
  /**
   * Region; absent = every region
   */
  region?: string;
  rate: UnitPrice;
  unit: 'hour' | 'day';
  validFrom: CalendarDate;
  validUntil?: CalendarDate;
}
/**
 * A person who can be planned, or a placeholder
 */
export interface Resource {
  /**
   * Id in the source system
   */
  id: string;
  kind: 'named' | 'placeholder';
  /**
   * Name
   */
  name?: string;
  email?: string;
  /**
   * Role
   */
  role?: string;
  skills?: string[];
  /**
   * Region
   */
  region?: string;
  /**
   * Employing legal entity
   */
  legalEntity?: string;
  active?: boolean;
  externalIds?: ExternalId[];
}
/**
 * A request for people
 */
export interface StaffingDemand {
  /**
   * Unique in the firm: project code / need code
   */
  code: string;
  /**
   * Project
   */
  projectCode: string;
  /**
   * Phase code
   */
  phase?: string;
  /**
   * Role
   */
  role: string;
  skills?: string[];
  /**
   * Region
   */
  region?: string;
  start: CalendarDate;
  end: CalendarDate;
  /**
   * Effort of all heads together, in whole minutes
   */
  effortMinutes: number;
  headcount: number;
  targetRate?: UnitPrice;
  /**
   * What the target rate is the price of; absent = hour
   */
  targetUnit?: 'hour' | 'day';
}
/**
 * Approved time of one person on one day
 */
export interface TimeEntry {
  /**
   * Business id, unique in the firm: source system and id there, such as time-tool:4711
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  resource: {
    /**
     * Id in the source system
     */
    id: string;
    email?: string;
    name?: string;
  };
  project: {
    /**
     * Id in the source system
     */
    id: string;
    /**
     * Project code of the firm
     */
    code?: string;
  };
  task?: {
    id: string;
    /**
     * Task code of the firm, such as ENG-0001/P1/T1
     */
    code?: string;
  };
  workDate: CalendarDate;
  minutes: number;
  billable: boolean;
  rate?: UnitPrice;
  amount?: Money;
  note?: string;
  /**
   * withdrawn = taken back after it was handed in or approved
   */
  status: 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'invoiced';
  /**
   * Changes when the business content changes
   */
  version: string;
  sourceUpdatedAt?: string;
}
/**
 * How much of a person’s time from one day to another was booked, worked and billable
 */
export interface Utilization {
  /**
   * Business id of the person: source system and id there, such as planning-tool:9
   */
  id: string;
  source: {
    system: string;
    id: string;
  };
  resource: {
    /**
     * Id in the source system
     */
    id: string;
    email?: string;
    name?: string;
  };
  /**
   * Main role; time in others counts, too
   */
  role?: string;
  skills?: string[];
  /**
   * Region
   */
  region?: string;
  from: CalendarDate;
  to: CalendarDate;
  joined?: CalendarDate;
  left?: CalendarDate;
  /**
   * When it was looked at, by the source’s clock
   */
  asOf: string;
  /**
   * By the working calendar, less holidays and leave, on the days on which the person was there
   */
  capacityMinutes: number;
  /**
   * Of the working time, off
   */
  leaveMinutes: number;
  /**
   * Booked for certain
   */
  hardMinutes: number;
  /**
   * Held, not yet certain
   */
  softMinutes: number;
  /**
   * Written down, approved or not; neither rejected nor deleted
   */
  workedMinutes: number;
  /**
   * Of the worked
   */
  approvedMinutes: number;
  /**
   * Of the worked
   */
  billableMinutes: number;
  /**
   * Of the worked
   */
  nonBillableMinutes: number;
  /**
   * Of the approved
   */
  approvedBillableMinutes: number;
  /**
   * Rejected and not handed in again; not among the worked
   */
  rejectedMinutes: number;
  /**
   * Billable worked of capacity, to two places, half up; over 100 where more was worked
   */
  billablePercent: string | null;
  /**
   * Booked for certain, of capacity
   */
  hardPercent: string | null;
  /**
   * Booked, hard and soft, of capacity
   */
  bookedPercent: string | null;
  /**
   * Why percents are null
   */
  noPercents?: 'no-capacity';
}
