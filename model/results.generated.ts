/* Made from model/results.v1.schema.json by scripts/generate-types.ts: do not edit. */
import type {FailureDetails} from './failure.ts';
import type {Words} from './failure-sentence.ts';
import type {Json} from './json.ts';
import type {Availability, ProjectFinances, Utilization} from './types.generated.ts';

/**
 * What became of each record, in the order of the request
 */
export type UpsertResults = UpsertedRecord[];

export interface Results {
  QueryResult: QueryResult;
  CustomerResult: CustomerResult;
  EnsuredCustomer: EnsuredCustomer;
  CustomerChangeResult: CustomerChangeResult;
  ChangedCustomer: ChangedCustomer;
  CustomerFound: CustomerFound;
  PeriodFound: PeriodFound;
  PostedTimeSum: PostedTimeSum;
  PostedTimeOfDay: PostedTimeOfDay;
  ProjectInvoices: ProjectInvoices;
  FinancesFound: FinancesFound;
  InvoiceTotals: InvoiceTotals;
  InvoiceOfProject: InvoiceOfProject;
  ErpProjectResult: ErpProjectResult;
  ErpProject: ErpProject;
  BillingScheduleResult: BillingScheduleResult;
  BilledLine: BilledLine;
  ReachedMilestone: ReachedMilestone;
  PsaProjectResult: PsaProjectResult;
  PsaProject: PsaProject;
  ChangesResult: ChangesResult;
  ChangedProject: ChangedProject;
  ShownChange: ShownChange;
  PublishedEvent: PublishedEvent;
  StaffingResult: StaffingResult;
  AskedDemand: AskedDemand;
  PostedTime: PostedTime;
  PostedExpense: PostedExpense;
  UpsertResults: UpsertResults;
  UpsertedRecord: UpsertedRecord;
  PollPage: PollPage;
  SourceEvent: SourceEvent;
  RecordVersion: RecordVersion;
  ExpenseFact: ExpenseFact;
  TimeFact: TimeFact;
  FoundAvailability: FoundAvailability;
  FoundUtilization: FoundUtilization;
  UnknownAvailability: UnknownAvailability;
  PeopleWithTime: PeopleWithTime;
  OverbookedPerson: OverbookedPerson;
  UtilizedPeople: UtilizedPeople;
  UtilizationTotal: UtilizationTotal;
  UnknownPerson: UnknownPerson;
  AssignmentRecord: AssignmentRecord;
  Money: Money;
  FoundDifference: FoundDifference;
  LeftOutField: LeftOutField;
  InvoiceStatusResult: InvoiceStatusResult;
}
/**
 * What a query has found
 */
export interface QueryResult {
  /**
   * number of the records
   */
  count: number;
  /**
   * how they were read: page by page, or from a job of the system's
   */
  by: 'pages' | 'job';
  /**
   * of them, those that are deleted; only where these were asked for
   */
  deleted?: number;
  /**
   * an earlier delivery of the run has found something else
   */
  differs: boolean;
  /**
   * the records, where they were not handed over in parts
   */
  records?: {
    [k: string]: unknown;
  }[];
}
/**
 * The customers of a client, one for each legal entity that bills it
 */
export interface CustomerResult {
  customers: EnsuredCustomer[];
}
/**
 * One customer
 */
export interface EnsuredCustomer {
  /**
   * whose customer it is
   */
  legalEntity: string;
  /**
   * its external id
   */
  key: string;
  /**
   * its id in the system
   */
  id: string;
  /**
   * of what had been there before: fields that do not hold what the deal says, and were left as they are
   */
  differences?: FoundDifference[];
  /**
   * optional fields that the system refused, and that the record was made without
   */
  leftOut?: LeftOutField[];
}
/**
 * A field of a record that was found, and that holds something else
 */
export interface FoundDifference {
  /**
   * what a person calls the record: `project ENG-0001`
   */
  record: string;
  /**
   * the system’s name of the field; of a line in a text, with what the line begins with
   */
  field: string;
  /**
   * all of it in one sentence, in English
   */
  message: string;
  /**
   * the sentence for every other language, as the words of a failure
   */
  words?: Words;
  /**
   * what it holds; absent = nothing
   */
  there?: string;
  /**
   * what the deal says; absent = nothing
   */
  wanted?: string;
}
/**
 * An optional field that a system refused
 */
export interface LeftOutField {
  /**
   * as the analyst knows it: `account.phone`
   */
  field: string;
  /**
   * what the system said
   */
  code: string;
  /**
   * the same in a sentence, in English where it is ours
   */
  message: string;
  /**
   * the sentence for every other language, as the words of a failure
   */
  words?: Words;
  /**
   * what was to be written
   */
  value?: string;
}
/**
 * The customers of a client that were to be changed, one for each legal entity that was named
 */
export interface CustomerChangeResult {
  customers: ChangedCustomer[];
}
/**
 * One customer, which now holds what was to be written
 */
export interface ChangedCustomer {
  /**
   * whose customer it is
   */
  legalEntity: string;
  /**
   * its external id
   */
  key: string;
  /**
   * its id in the system
   */
  id: string;
}
/**
 * The customer that an account is for a legal entity
 */
export interface CustomerFound {
  /**
   * code of the account and legal entity
   */
  key: string;
  /**
   * `false` = there is certainly none
   */
  found: boolean;
  legalEntity: string;
  id?: string;
  name?: string;
  currency?: string;
  /**
   * it was put aside
   */
  inactive?: boolean;
}
/**
 * The accounting period of a day
 */
export interface PeriodFound {
  key: string;
  /**
   * `false` = there is certainly none
   */
  found: boolean;
  legalEntity: string;
  id?: string;
  name?: string;
  start?: string;
  end?: string;
  /**
   * `locked` = for all kinds of documents; of single kinds `lockedFor` says it
   */
  state?: 'open' | 'locked' | 'closed';
  /**
   * which documents it takes no more
   */
  lockedFor?: {
    /**
     * invoices, credits, payments
     */
    receivables: boolean;
    /**
     * bills, expense reports
     */
    payables: boolean;
  };
}
/**
 * The time of a project in the books, approved or not yet; what was rejected is left out
 */
export interface PostedTimeSum {
  key: string;
  /**
   * `false` = there is certainly none
   */
  found: boolean;
  legalEntity: string;
  entries?: number;
  /**
   * of work
   */
  minutes?: number;
  /**
   * of them, those that are billed
   */
  billableMinutes?: number;
  /**
   * of the billable ones, those of which the books say no price
   */
  unpricedMinutes?: number;
  /**
   * what the billable ones are worth at their rates, each currency by itself
   */
  amounts?: Money[];
  /**
   * of all, those that are approved there
   */
  approvedMinutes?: number;
  /**
   * beside all, those that were rejected there
   */
  rejectedMinutes?: number;
  firstDay?: string;
  lastDay?: string;
  days?: PostedTimeOfDay[];
}
/**
 * Money, exact
 */
export interface Money {
  /**
   * decimal
   */
  amount: string;
  /**
   * ISO 4217
   */
  currency: string;
}
/**
 * The time of one day
 */
export interface PostedTimeOfDay {
  day: string;
  entries: number;
  /**
   * of work
   */
  minutes: number;
  /**
   * of them, those that are billed
   */
  billableMinutes: number;
  /**
   * of the billable ones, those of which the books say no price
   */
  unpricedMinutes: number;
  /**
   * what the billable ones are worth at their rates, each currency by itself
   */
  amounts: Money[];
}
/**
 * The invoices of a project
 */
export interface ProjectInvoices {
  key: string;
  /**
   * `false` = there is certainly none
   */
  found: boolean;
  legalEntity: string;
  /**
   * of each currency: what is posted and not voided
   */
  totals?: InvoiceTotals[];
  drafts?: number;
  voided?: number;
  invoices?: InvoiceOfProject[];
}
/**
 * What was invoiced in one currency
 */
export interface InvoiceTotals {
  currency: string;
  count: number;
  net: Money;
  /**
   * `null` = not known, as the next three: invoices of several projects
   */
  gross: Money | null;
  paid: Money | null;
  credited: Money | null;
  open: Money | null;
}
/**
 * One invoice, as far as it is of the project
 */
export interface InvoiceOfProject {
  id: string;
  number: string;
  status: 'posted' | 'partly-paid' | 'paid' | 'credited' | 'voided';
  invoiceDate: string;
  dueDate?: string;
  /**
   * other lines of it are not of this project: `net` is this one's share
   */
  shared: boolean;
  net: Money;
  /**
   * `null` = not known, as the next three: invoices of several projects
   */
  gross: Money | null;
  paid: Money | null;
  credited: Money | null;
  open: Money | null;
}
/**
 * What the books say of the revenue and the margin of a project
 */
export interface FinancesFound {
  key: string;
  /**
   * `false` = there is certainly none
   */
  found: boolean;
  legalEntity: string;
  /**
   * canonical `project-finances`, version 1
   */
  finances?: ProjectFinances;
}
/**
 * The projects of an engagement in the ERP, one for each legal entity
 */
export interface ErpProjectResult {
  projects: ErpProject[];
}
/**
 * One project
 */
export interface ErpProject {
  /**
   * code of the project
   */
  code: string;
  /**
   * its id in the system
   */
  id: string;
  /**
   * id by the code of the phase or task
   */
  tasks: {
    [k: string]: string;
  };
  /**
   * of a project with a fixed price
   */
  billingScheduleId?: string;
  /**
   * of what had been there before: fields that do not hold what the deal says, and were left as they are
   */
  differences?: FoundDifference[];
  /**
   * optional fields that the system refused, and that the record was made without
   */
  leftOut?: LeftOutField[];
}
/**
 * The billing schedule of a project
 */
export interface BillingScheduleResult {
  /**
   * code of the project
   */
  project: string;
  /**
   * its id in the system; absent = none is needed for this way of billing
   */
  id?: string;
  /**
   * the version that holds now
   */
  version: number;
  /**
   * what it bills, in its order
   */
  lines: BilledLine[];
  /**
   * what the system does not hold of it
   */
  leftOut?: LeftOutField[];
}
/**
 * One line of a schedule
 */
export interface BilledLine {
  code: string;
  /**
   * calendar date
   */
  due: string;
  /**
   * exact decimal text
   */
  amount: string;
  currency: string;
  /**
   * it can be billed, or is
   */
  reached?: boolean;
}
/**
 * A milestone as the ERP bills it now
 */
export interface ReachedMilestone {
  /**
   * code of the milestone
   */
  code: string;
  /**
   * id of its billing schedule in the system; absent = the project is not billed by milestones
   */
  id?: string;
  /**
   * it can be billed, or is
   */
  billable: boolean;
}
/**
 * The projects of an engagement in the PSA system, one for each legal entity
 */
export interface PsaProjectResult {
  projects: PsaProject[];
}
/**
 * One project
 */
export interface PsaProject {
  /**
   * code of the project
   */
  code: string;
  /**
   * its id in the system
   */
  id: string;
  /**
   * id by the code of the phase or task
   */
  tasks: {
    [k: string]: string;
  };
  /**
   * id by the code of the milestone
   */
  milestones: {
    [k: string]: string;
  };
  /**
   * where a person opens it
   */
  url?: string;
  /**
   * of what had been there before: fields that do not hold what the deal says, and were left as they are
   */
  differences?: FoundDifference[];
  /**
   * optional fields that the system refused, and that the record was made without
   */
  leftOut?: LeftOutField[];
}
/**
 * What an amendment changes in a system, or has changed there
 */
export interface ChangesResult {
  /**
   * each field that changes, each record that is added or taken out; empty = the amendment changes nothing there
   */
  changes: ShownChange[];
  /**
   * false = they are shown and nothing was written; true = all of them are made
   */
  applied: boolean;
  /**
   * the projects of the engagement, one for each legal entity
   */
  projects: ChangedProject[];
}
/**
 * A change, as it is shown, approved and made
 */
export interface ShownChange {
  /**
   * what a person calls the record: `project ENG-0001`
   */
  record: string;
  /**
   * the system’s name of the field; of a line in a text, with what the line begins with
   */
  field: string;
  /**
   * all of it in one sentence, in English
   */
  message: string;
  /**
   * the sentence for every other language, as the words of a failure
   */
  words?: Words;
  /**
   * what it holds; absent = the record is added
   */
  there?: string;
  /**
   * what it shall hold; absent = nothing, or the record is taken out
   */
  wanted?: string;
}
/**
 * One project that an amendment is about
 */
export interface ChangedProject {
  /**
   * code of the project
   */
  code: string;
  /**
   * its id in the system
   */
  id: string;
}
/**
 * An event that a receiver has acknowledged
 */
export interface PublishedEvent {
  /**
   * the event's id: the same whenever it is sent again
   */
  id: string;
  /**
   * HTTP status of the acknowledgement
   */
  status: number;
}
/**
 * What was asked for of people
 */
export interface StaffingResult {
  demands: AskedDemand[];
}
/**
 * One demand
 */
export interface AskedDemand {
  /**
   * code of the demand
   */
  code: string;
  /**
   * one request for each head
   */
  requestIds: string[];
  /**
   * of what had been there before: fields that do not hold what the deal says, and were left as they are
   */
  differences?: FoundDifference[];
  /**
   * optional fields that the system refused, and that the record was made without
   */
  leftOut?: LeftOutField[];
}
/**
 * A time entry in the books of the ERP
 */
export interface PostedTime {
  /**
   * its id in the system; absent where it was taken back, so that nothing is in the books
   */
  id?: string;
  /**
   * it was there with other content, which this entry has replaced
   */
  corrected?: boolean;
  /**
   * it was taken back: nothing is in the books, or no more
   */
  withdrawn?: boolean;
  /**
   * whose books it is in
   */
  legalEntity?: string;
  /**
   * optional fields that the system refused, and that the record was made without
   */
  leftOut?: LeftOutField[];
}
/**
 * An expense in the books of the ERP
 */
export interface PostedExpense {
  /**
   * its id in the system; absent where it was taken back before it was posted, so that there is none
   */
  id?: string;
  /**
   * it was there with other content, which this expense has replaced
   */
  corrected?: boolean;
  /**
   * it was taken back before it was posted: nothing is in the books
   */
  withdrawn?: boolean;
  /**
   * whose books it is in
   */
  legalEntity?: string;
  inBooks?: Money;
  /**
   * the rate of the day, where the books have another currency: decimal text
   */
  exchangeRate?: string;
  /**
   * what the system has no place for, or refused, and that the expense is posted without
   */
  leftOut?: LeftOutField[];
}
/**
 * One record
 */
export interface UpsertedRecord {
  /**
   * value of its external id
   */
  key: string;
  /**
   * its id in the system
   */
  id?: string;
  /**
   * absent = not known
   */
  created?: boolean;
}
/**
 * One page of a poll. The cursor is stored in the transaction that stores the events
 */
export interface PollPage {
  events: SourceEvent[];
  /**
   * where the next page begins
   */
  cursor: Json;
  /**
   * another page can be read at once
   */
  more: boolean;
  /**
   * records that were changed since, but became what the rule asks for before the source began: they are not events
   */
  passedOver?: number;
}
/**
 * An event that a source read, CloudEvents 1.0 shape without the envelope constants
 */
export interface SourceEvent {
  /**
   * stable: the same fact always has the same id (`record id : business version`)
   */
  id: string;
  /**
   * `/salesforce/00D…/Opportunity`
   */
  source: string;
  /**
   * `com.psconnect.opportunity.won`
   */
  type: string;
  /**
   * business id: engagement code, time entry id
   */
  subject: string;
  /**
   * RFC 3339 UTC, the system’s clock
   */
  time: string;
  /**
   * orders the runs: events with equal keys run one at a time
   */
  key: string;
  /**
   * the record
   */
  data: Json;
  version?: RecordVersion;
  /**
   * further CloudEvents attributes that the sender gave: `datacontenttype`, `dataschema`, extensions such as `traceparent`
   */
  attributes?: {
    [k: string]: string | number | boolean;
  };
  /**
   * it could not be stored with its data: why, and a dead letter from the beginning
   */
  refused?: FailureDetails;
}
/**
 * Of which record an event tells, and of which of its states: an older one never overwrites a newer one
 */
export interface RecordVersion {
  /**
   * the record, unique within the event’s source: `4711`
   */
  record: string;
  /**
   * orders its versions, as text: the system’s own time (RFC 3339, UTC, milliseconds) or a number with leading zeros
   */
  at: string;
  /**
   * the same for versions that say the same: the newest version told again with a later time is no news
   */
  content?: string;
}
/**
 * One side’s view of one expense, for reconciliation: null = the system says that there is none; absent = it does not tell, so that it cannot be compared
 */
export interface ExpenseFact {
  /**
   * business id of the expense: system and id there
   */
  key: string;
  /**
   * id in the system that reports it
   */
  id: string;
  /**
   * on which it was spent
   */
  day: string;
  amount: Money;
  /**
   * that the amount includes
   */
  tax?: Money | null;
  billable: boolean;
  /**
   * paid back to the person
   */
  reimbursable?: boolean;
  /**
   * there is one
   */
  receipt?: boolean;
  /**
   * e-mail address in lower case: what both systems know a person by
   */
  person?: string | null;
  /**
   * what has none of the firm’s is named by its id in the system: `#4711`
   */
  projectCode?: string | null;
  legalEntity?: string | null;
  /**
   * that it was handed in with; not compared
   */
  report?: string;
}
/**
 * One side’s view of one time entry, for reconciliation: null = the system says that there is none; absent = it does not tell, so that it cannot be compared. An amount is always told: absent is none
 */
export interface TimeFact {
  /**
   * business id of the entry: system and id there
   */
  key: string;
  /**
   * id in the system that reports it
   */
  id: string;
  /**
   * day of work
   */
  workDate: string;
  /**
   * of work
   */
  minutes: number;
  billable: boolean;
  /**
   * e-mail address in lower case: what both systems know a person by
   */
  person?: string | null;
  /**
   * what has none of the firm’s is named by its id in the system: `#4711`
   */
  projectCode?: string | null;
  /**
   * as `projectCode`
   */
  taskCode?: string | null;
  /**
   * price of an hour, with all its decimals
   */
  rate?: Money | null;
  amount?: Money | null;
  legalEntity?: string | null;
}
/**
 * A person who was asked for: how much time there is, or why that cannot be said; one of the two
 */
export interface FoundAvailability {
  /**
   * business id of the person: system and id there
   */
  key: string;
  /**
   * a canonical `availability`, version 1
   */
  availability?: Availability;
  unknown?: UnknownAvailability;
}
/**
 * Why it cannot be said how much time a person has
 */
export interface UnknownAvailability {
  /**
   * the person, by id
   */
  record: string;
  code: string;
  /**
   * the system’s name of what cannot be read
   */
  field: string;
  /**
   * what stands there; absent = nothing
   */
  value?: string;
  message: string;
  remedy?: string;
  /**
   * the sentences for every other language
   */
  words?: Words;
}
/**
 * A person who was asked for: how the time was used, or why that cannot be said; one of the two
 */
export interface FoundUtilization {
  /**
   * business id of the person: system and id there
   */
  key: string;
  /**
   * a canonical `utilization`, version 1
   */
  utilization?: Utilization;
  unknown?: UnknownAvailability;
}
/**
 * Who has free time in the days that were asked for, the most first
 */
export interface PeopleWithTime {
  /**
   * first day, `YYYY-MM-DD`
   */
  from: string;
  /**
   * last day, `YYYY-MM-DD`
   */
  to: string;
  /**
   * the role that was asked for; absent = any
   */
  role?: string;
  /**
   * the skills that were asked for; absent = any
   */
  skills?: string[];
  /**
   * the region that was asked for; absent = any
   */
  region?: string;
  /**
   * by what free time is listed
   */
  unit: 'week' | 'day';
  /**
   * who is free, as many as the node lists
   *
   * Items: a canonical `availability`, version 1
   */
  people: Availability[];
  /**
   * how many more are free
   */
  further: number;
  /**
   * who is booked for more than there is time
   */
  overbooked: OverbookedPerson[];
  /**
   * people of whom nothing can be said, each with the reason
   */
  unknown: UnknownPerson[];
}
/**
 * A person who is booked for more than there is time
 */
export interface OverbookedPerson {
  /**
   * business id of the person: system and id there
   */
  id: string;
  /**
   * how much more
   */
  overbookedMinutes: number;
}
/**
 * A person of whom nothing can be said, with the reason
 */
export interface UnknownPerson {
  /**
   * business id of the person: system and id there
   */
  id: string;
  /**
   * the person, by id
   */
  record: string;
  code: string;
  /**
   * the system’s name of what cannot be read
   */
  field: string;
  /**
   * what stands there; absent = nothing
   */
  value?: string;
  message: string;
  remedy?: string;
  /**
   * the sentences for every other language
   */
  words?: Words;
}
/**
 * How the time of people was used in the days that were asked for
 */
export interface UtilizedPeople {
  /**
   * first day, `YYYY-MM-DD`
   */
  from: string;
  /**
   * last day, `YYYY-MM-DD`
   */
  to: string;
  /**
   * the role that was asked for; absent = any
   */
  role?: string;
  /**
   * the skills that were asked for; absent = any
   */
  skills?: string[];
  /**
   * the region that was asked for; absent = any
   */
  region?: string;
  /**
   * false = of some people nothing can be said, and they are not in the total
   */
  complete: boolean;
  total: UtilizationTotal;
  /**
   * each person, as many as the node lists
   *
   * Items: a canonical `utilization`, version 1
   */
  people: Utilization[];
  /**
   * how many more are in the total
   */
  further: number;
  /**
   * people of whom nothing can be said, each with the reason
   */
  unknown: UnknownPerson[];
}
/**
 * The time of all people together
 */
export interface UtilizationTotal {
  /**
   * how many people it is of
   */
  people: number;
  /**
   * time there was to work
   */
  capacityMinutes: number;
  /**
   * absences, in no capacity
   */
  leaveMinutes: number;
  /**
   * booked for certain
   */
  hardMinutes: number;
  /**
   * booked for the time being
   */
  softMinutes: number;
  /**
   * worked
   */
  workedMinutes: number;
  /**
   * of them, those that are approved
   */
  approvedMinutes: number;
  /**
   * of those worked, those that are billed
   */
  billableMinutes: number;
  /**
   * of those worked, the others
   */
  nonBillableMinutes: number;
  /**
   * of those approved, those that are billed
   */
  approvedBillableMinutes: number;
  /**
   * rejected: in no other sum
   */
  rejectedMinutes: number;
  /**
   * billable time, of the capacity, in percent with two places; null = there is no capacity
   */
  billablePercent: string | null;
  /**
   * time booked for certain, of the capacity, in percent with two places; null = there is no capacity
   */
  hardPercent: string | null;
  /**
   * all booked time, of the capacity, in percent with two places; null = there is no capacity
   */
  bookedPercent: string | null;
  /**
   * why there are no percentages
   */
  noPercents?: string;
}
/**
 * An assignment as the ERP keeps it
 */
export interface AssignmentRecord {
  /**
   * of its record; absent where one was released of which there is none
   */
  id?: string;
  /**
   * what became of the record
   */
  status: 'booked' | 'released' | 'nothing there';
  /**
   * ids of other assignments of the same person to the same project on some of the same days: told, and left
   */
  overlaps?: string[];
}
/**
 * What became of the status of an invoice in the system that it was told to
 */
export interface InvoiceStatusResult {
  /**
   * id of the record that shows it
   */
  record: string;
  /**
   * false = the record shows a newer state, of another invoice, and was left
   */
  written: boolean;
  /**
   * id of the other invoice that the record shows
   */
  shows?: string;
}
