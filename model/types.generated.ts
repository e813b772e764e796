/* Made from model/schemas by scripts/generate-types.ts: do not edit. */

/**
 * ISO 3166-1 alpha-2 country
 */
export type Country = string;
/**
 * Calendar date YYYY-MM-DD, no zone
 */
export type CalendarDate = string;

export interface CanonicalObjects {
  Account?: Account;
  Engagement?: Engagement;
  Invoice?: Invoice;
  Project?: Project;
  Resource?: Resource;
  StaffingDemand?: StaffingDemand;
  TimeEntry?: TimeEntry;
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
  currency?: string;
  externalIds?: ExternalId[];
}
export interface ExternalId {
  system: string;
  type: string;
  id: string;
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
  open: SignedMoney;
  margin?: SignedMoney;
  lines: InvoiceLine[];
  payments: Settlement[];
  credits: Settlement[];
  /**
   * When the source last changed it: a later version is a newer state
   */
  version: string;
}
/**
 * Exact amount that may be below zero: decimal text with ISO 4217 currency
 */
export interface SignedMoney {
  amount: string;
  currency: string;
}
export interface InvoiceLine {
  /**
   * Number of the line
   */
  id: string;
  amount: Money;
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
  status: 'draft' | 'submitted' | 'approved' | 'rejected' | 'invoiced';
  /**
   * Changes when the business content changes
   */
  version: string;
  sourceUpdatedAt?: string;
}
