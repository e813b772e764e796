import type { AmendmentMark } from './amendment-mark.ts';
import type { Change } from './changes.ts';
import type { Told, Words } from './failure-sentence.ts';
import type { Failure, Issue } from './failure.ts';
import type { Json, JsonObject } from './json.ts';
import type { NeededResult } from './needed-result.ts';
import type {
  BillingScheduleResult,
  AssignmentRecord,
  ChangesResult,
  CustomerChangeResult,
  CustomerResult,
  ErpProjectResult,
  ExpenseFact,
  FinancesFound,
  FoundAvailability,
  CustomerFound,
  FoundUtilization,
  InvoiceStatusResult,
  PeriodFound,
  PollPage,
  PostedExpense,
  PostedTime,
  PostedTimeSum,
  ProjectInvoices,
  PsaProjectResult,
  PublishedEvent,
  ReachedMilestone,
  QueryResult,
  StaffingResult,
  TimeFact,
  UpsertedRecord,
} from './results.generated.ts';
import type { AllowedParts, ToldOfInvoice } from './invoice-parts.ts';
import type {
  AccountRef,
  Assignment,
  BillingSchedule,
  Engagement,
  Expense,
  MilestoneState,
  Project,
  StaffingDemand,
  TimeEntry,
} from './types.generated.ts';

export type * from './results.generated.ts';

/**
 * How an effect in doubt is settled, decided for each write from the system's API:
 * - `probe`: look it up (by external id) and send again only when it is certainly not there;
 * - `repeat`: send again, harmless by design of the call;
 * - `person`: nobody but a person can tell.
 */
export type Settle = 'probe' | 'repeat' | 'person';

/** One write to a system. `send` runs only after the intent is committed, and never again once a result is stored. */
export interface Write<Result extends Json> {
  /** the business object written: `job ENG-0001`. Unique within run and node; never a clock or a random number */
  key: string;
  /** what a person reads in the run: `Project ENG-0001 in` and the system */
  title: Told;
  /** what is sent, as stored with the effect */
  request: Json;
  settle: Settle;
  /** Looks the write up. `undefined` = certainly not made. Called first when `lookFirst`, and to settle a doubt. */
  probe?(): Promise<Result | undefined>;
  /**
   * The system may still be working on a request that got no answer: until this long after the send, a probe that finds
   * nothing proves nothing. Absent = it is certain at once.
   */
  settleAfterMs?: number;
  /** look before the first send too: the record may exist already (made by hand, or by another store) */
  lookFirst?: boolean;
  /**
   * Whether the last probe found the record although it found nothing of this write: what is sent then changes what somebody else has made, and is not
   * this run's to delete.
   */
  wasThere?(): boolean;
  /**
   * What `Connector.undo` needs to take the write back, should its run be compensated: the inverse that this operation
   * declares. `null` = nothing is left behind that would have to be; absent = it cannot be undone.
   */
  undo?: Json;
  /** absent = nothing of the result is read */
  needs?: NeededResult;
  /**
   * Makes the write; answers what must be remembered (ids). Throws a Failure whose `outcome` says if it may have been made. `again`: it was sent
   * before, and what became of it was not seen. `own`: before that, nothing was there: what is there now is this run's.
   */
  send(attempt?: { again: boolean; own?: boolean }): Promise<Result>;
}

/** The engine's side of a write. Connectors make every write through it. */
export interface Effects {
  write<Result extends Json>(write: Write<Result>): Promise<Result>;
}

export interface OperationContext {
  effects: Effects;
  /** aborted when the node closes */
  signal: AbortSignal;
}

/** One line of a batch; each line belongs to its own run and so has its own effects. */
export interface BatchLine<Input> {
  input: Input;
  effects: Effects;
}

/** What became of one line of a batch, in the order of the lines. */
export type LineOutcome<Output> = { ok: true; output: Output } | { ok: false; failure: Failure };

// ---- what connectors offer -----------------------------------------------------------------------------------

export interface ConnectionTest {
  ok: boolean;
  /** `Connected to ACME (00D…) as integration@acme.example, API v66.0` */
  message: string;
  details?: Record<string, string | number>;
  /** of the failure that the message tells, for every language but English */
  words?: Words;
}

/** A write that is to be taken back. */
export interface UndoneWrite {
  /** its key: `job ENG-0001` */
  business: string;
  title: Told;
  undo: Json;
  result: Json;
}

/**
 * By contract, what a system could not hold of all that its operations make of an object: texts too long for their fields, codes that it takes for
 * one. Told from the object alone, so that it is known before the first write to any system. A contract that is not there has no known limits.
 */
export interface Unfit {
  engagement?(engagement: Engagement): Issue[];
  project?(project: Project): Issue[];
  'time-entry'?(entry: TimeEntry): Issue[];
  assignment?(assignment: Assignment): Issue[];
  expense?(expense: Expense): Issue[];
  'billing-schedule'?(schedule: BillingSchedule): Issue[];
}

export interface Connector {
  readonly system: string;
  /** those that the system does */
  readonly operations: Partial<Operations>;
  readonly unfit?: Unfit;
  test(signal?: AbortSignal): Promise<ConnectionTest>;
  /** requests in flight, quota left, last failure: for the console; no secrets */
  health(): Record<string, Json>;
  close(): Promise<void>;
  /** The connection is deleted: what the store keeps of its credentials goes. */
  forgetKept?(): Promise<void>;
  /** Takes back one write that this connector made, by writes of its own through the context's effects. Throws a Failure when it cannot be. */
  undo?(write: UndoneWrite, context: OperationContext): Promise<void>;
}

// ---- what they are asked; what they answer is in results.v1.schema.json ------------------------------------

export interface CustomerRequest {
  account: AccountRef;
  /** one customer for each billing entity */
  entities: { legalEntity: string; currency: string }[];
  paymentTerms?: string;
}

/** A row of a list of which no fact can be made: it is told apart, since nothing of it may count as equal, and all others are compared. */
export interface UnreadableRow {
  /** business id of the entry, where the row says it */
  key?: string;
  /** id in the system that reports it; of a row without one, its place in the list */
  id: string;
  /** the system's name of the field */
  field: string;
  /** what stands there; absent = nothing */
  value?: string;
}
/** Who is told of a row that cannot be read; without one the list ends there. */
export type TellUnreadable = (row: UnreadableRow) => void;
export interface TimeWindow {
  /** first and last day of work, or of what was spent, inclusive */
  from: string;
  to: string;
}

/** Which opportunities are events: those won, those in certain stages, or those that meet a condition in the words of the system. */
export type OpportunityRule = 'won' | { stages: string[] } | { condition: string };

export interface OpportunityPollOptions {
  rule: OpportunityRule;
  /** where the first poll begins; default: now, so that switching a flow on does not provision the past */
  since?: string;
  /** read again so many minutes before the watermark, for transactions that commit late; default 10 */
  overlapMinutes?: number;
  /** the second that has just begun, too: nobody may ask again for long */
  throughNow?: boolean;
  /** default 200 */
  pageSize?: number;
  /** read besides what every deal has */
  extraFields?: string[];
  children?: string[];
}

/** Which accounts are events: all, those of which a deal was won, or those that meet a condition in the words of the system. */
export type AccountRule = 'all' | 'with-won' | { condition: string };

export interface AccountPollOptions {
  rule: AccountRule;
  /** those that were deleted, or merged into another, too */
  deleted?: boolean;
  /** where the first poll begins; default: now */
  since?: string;
  /** read again so many minutes before the watermark, for transactions that commit late; default 10 */
  overlapMinutes?: number;
  /** default 200 */
  pageSize?: number;
}

export interface OpportunityStreamOptions extends OpportunityPollOptions {
  /** a platform event, and its field that holds the id of the deal; absent = the changes of all deals are heard */
  event?: { channel: string; idField: string };
  /** a deal that was changed is read only where one of these fields was; default: any */
  changedFields?: readonly string[];
  /** what this connection has changed itself starts nothing */
  ignoreOwn?: boolean;
}

/** A page of a stream. */
export interface StreamPage extends PollPage {
  /** why its events had to be read in another way than by hearing them: told, since nothing is missing */
  healed?: Failure;
}

/** What an amendment asks of the projects of an engagement. */
export interface ProjectChangeRequest {
  amendment: AmendmentMark;
  /** as they shall be from now on */
  projects: Project[];
  /** people whom it asks for, where the system is asked for them: all of them, as it shall be */
  demands?: StaffingDemand[];
  /** changes that were shown before and approved: these and no others are made; absent = they are only shown */
  approved?: readonly Change[];
}

/** Which contracts are events: those that were amended, those that were activated (amended ones are, too), or those that meet a condition. */
export type ContractRule = 'amended' | 'activated' | { condition: string };

export interface ContractPollOptions extends Pick<OpportunityPollOptions, 'since' | 'overlapMinutes' | 'pageSize'> {
  rule: ContractRule;
  /** what the system calls the record of a contract */
  object: string;
  /** its field with the number of the last amendment */
  numberField: string;
  /** the field that ties contract and deal, with the object that has it */
  deal: string;
}

export interface UpsertRequest {
  /** of the records, by the name that the system has for it */
  type: string;
  /** the field that holds an id of ours, or `Id` to update records that exist */
  externalIdField: string;
  records: JsonObject[];
}

/** What became of one record, in the order of the request. */
export interface UpsertResult extends UpsertedRecord {
  /** why this record was refused; what would work at another time is thrown instead, so that the run is tried again */
  failure?: Failure;
}

/** A question in the system's own words. */
export interface QueryRequest {
  /** `:name` stands for the value of that name, whatever it holds */
  query: string;
  values?: Record<string, unknown>;
  /** deleted records that the system still has, too: the query tells them apart */
  deleted?: boolean;
  /** how they are read: by their number, page by page, or by a job of the system's */
  by: 'size' | 'pages' | 'job';
  /** by their number: from so many on by a job */
  bulkFrom: number;
  /** more are not put into one list */
  limit: number;
  /** records of each part that is handed over */
  partSize: number;
  /** what becomes of a run that is delivered again and finds something else: it is told, or it stops. `anew`: nothing is remembered. */
  repeat: 'tell' | 'stop' | 'anew';
}

/** Takes records as they are read; what is read next waits for it. */
export type TakePart = (records: JsonObject[]) => Promise<void>;

/** A CloudEvent that is told to somebody else. Told again it is the same: no part is of the moment. */
export interface EventToPublish {
  id: string;
  /** URI reference: who tells it */
  source: string;
  type: string;
  /** business id */
  subject?: string;
  /** RFC 3339: when it happened */
  time: string;
  data: Json;
}

/** Of a poll by instant of change. */
export interface TimePollOptions {
  /** where the first poll begins */
  since?: string;
  pageSize?: number;
}

/** Of approved time. */
export interface ApprovedTimePollOptions extends TimePollOptions {
  /** what was deleted is told, too, as taken back */
  deleted?: boolean;
}

/** Whose time is asked for. What is left out is not asked: everybody is in every role. */
export interface PeopleWanted {
  /** first and last day, inclusive */
  from: string;
  to: string;
  role?: string;
  /** all of them */
  skills?: string[];
  region?: string;
}

export interface AvailabilityWanted extends PeopleWanted {
  /** what is counted together; default: week */
  unit?: 'day' | 'week';
}

export interface InvoicePollOptions {
  /** where the first poll begins: a day of the system's own clock; absent = with what happens from now on */
  since?: string;
  pageSize?: number;
}

/** What is to be changed of a client's customers. Absent = nothing is said of it, `null` = it is emptied. */
export interface CustomerChange {
  account: { id?: string; code: string };
  fields: {
    name?: string;
    legalName?: string | null;
    taxId?: string | null;
    email?: string | null;
    phone?: string | null;
    paymentTerms?: string | null;
    creditHold?: 'auto' | 'on' | 'off';
  };
  /** codes of the legal entities whose customers are changed: each must be there */
  legalEntities: string[];
}

export interface CustomerPollOptions {
  /** where the first poll begins: a day of the system's own clock; absent = with what happens from now on */
  since?: string;
  pageSize?: number;
}

/** Of which client, in the books of which legal entity. */
export interface CustomerAsked {
  /** code of the account */
  account: string;
  legalEntity: string;
}

export interface PeriodAsked {
  day: string;
  legalEntity: string;
}

/** A project by its code, which is this entity's and, where it is named, this client's. */
export interface ProjectAsked {
  project: string;
  legalEntity: string;
  /** code of the account; absent = not looked at */
  account?: string;
}

export interface TimeOfProjectAsked extends ProjectAsked {
  /** each day by itself, too */
  byDay?: boolean;
}

export interface FinancesAsked extends ProjectAsked {
  /** RFC 3339: now, as the one who asks tells it */
  asOf: string;
}

/** Reads something for one message. What is not there is an answer of its own: `found` is false. */
type Reader<Asked, Found> = (asked: Asked, context: Pick<OperationContext, 'signal'>) => Promise<Found>;

/** The status of one invoice, for the record that is found by a business key. */
export interface InvoiceStatusToWrite extends ToldOfInvoice {
  /** business key of the record that shows it */
  key: string;
  /** what may be told, and in which field: nothing else is sent */
  fields: AllowedParts;
}

/** The same where records are of many kinds. */
export interface CrmInvoiceStatus extends InvoiceStatusToWrite {
  /** of the record, by the name that the system has for it */
  type: string;
  /** the field that holds its key */
  keyField: string;
}

type Lister<Fact> = (window: TimeWindow, signal: AbortSignal, unreadable?: TellUnreadable) => AsyncIterable<Fact>;

/** What is done with systems, by id. What each is for, and which node does it, is said in `declarations/operations.ts`. */
export interface Operations {
  /** One page of opportunities that changed; call again with its cursor, at once while `more`. */
  'opportunity.poll': (cursor: Json | undefined, options: OpportunityPollOptions, signal: AbortSignal) => Promise<PollPage>;
  /** One page of accounts that changed; call again with its cursor, at once while `more`. */
  'account.poll': (cursor: Json | undefined, options: AccountPollOptions, signal: AbortSignal) => Promise<PollPage>;
  /**
   * Pages of opportunities as they change, for as long as it is listened to. The next page is asked for when the last one is stored; `more`: not all
   * that there is has been read.
   */
  'opportunity.stream': (cursor: Json | undefined, options: OpportunityStreamOptions, signal: AbortSignal) => AsyncIterable<StreamPage>;
  /** The same of contracts that were activated or amended, each with its deal. */
  'contract.poll': (cursor: Json | undefined, options: ContractPollOptions, signal: AbortSignal) => Promise<PollPage>;
  /** Writes by external id; one result for each record, in order. Look at each `failure`. */
  'record.upsert': (request: UpsertRequest, context: OperationContext) => Promise<UpsertResult[]>;
  /** Reads what the query asks for: into the result, or into the hands of `take`. */
  'record.query': (request: QueryRequest, context: OperationContext, take?: TakePart) => Promise<QueryResult>;
  /** Tells the state of an invoice to a record that is there; an older state never takes the place of a newer. */
  'crm-invoice-status.write': (status: CrmInvoiceStatus, context: OperationContext) => Promise<InvoiceStatusResult>;
  'customer.ensure': (request: CustomerRequest, context: OperationContext) => Promise<CustomerResult>;
  /** Writes some fields of customers that are there, and no others. */
  'customer.change': (change: CustomerChange, context: OperationContext) => Promise<CustomerChangeResult>;
  /** One page of clients whose customers changed; call again with its cursor, at once while `more`. */
  'customer.poll': (cursor: Json | undefined, options: CustomerPollOptions, signal: AbortSignal) => Promise<PollPage>;
  'erp-project.create': (projects: Project[], context: OperationContext) => Promise<ErpProjectResult>;
  /** Shows what an amendment changes of projects that are set up, or makes the changes that were approved. */
  'erp-project.change': (request: ProjectChangeRequest, context: OperationContext) => Promise<ChangesResult>;
  /** Time that was taken back is taken out of the books, where they let it go; `keepWithdrawn` leaves that to a person. */
  'time.post': (
    lines: BatchLine<TimeEntry>[],
    signal: AbortSignal,
    options?: { keepWithdrawn?: boolean },
  ) => Promise<LineOutcome<PostedTime>[]>;
  'posted-time.list': Lister<TimeFact>;
  'expense.post': (lines: BatchLine<Expense>[], signal: AbortSignal) => Promise<LineOutcome<PostedExpense>[]>;
  'posted-expense.list': Lister<ExpenseFact>;
  /** One page of invoices that were posted, paid, credited or voided; call again with its cursor, at once while `more`. */
  'invoice.poll': (cursor: Json | undefined, options: InvoicePollOptions, signal: AbortSignal) => Promise<PollPage>;
  'customer.find': Reader<CustomerAsked, CustomerFound>;
  'period.find': Reader<PeriodAsked, PeriodFound>;
  'posted-time.sum': Reader<TimeOfProjectAsked, PostedTimeSum>;
  'project-invoices.find': Reader<ProjectAsked, ProjectInvoices>;
  'project-finances.find': Reader<FinancesAsked, FinancesFound>;
  /** Makes the schedule of a project, or changes it to a newer version. What can be billed already stays as it is. */
  'billing-schedule.set': (schedule: BillingSchedule, context: OperationContext) => Promise<BillingScheduleResult>;
  /** Says of a line of a schedule that it is reached, so that it can be billed, or that it is not after all. */
  'milestone.reach': (milestone: MilestoneState, context: OperationContext) => Promise<ReachedMilestone>;
  'psa-project.create': (projects: Project[], context: OperationContext) => Promise<PsaProjectResult>;
  'psa-project.change': (request: ProjectChangeRequest, context: OperationContext) => Promise<ChangesResult>;
  'staffing.request': (demands: StaffingDemand[], context: OperationContext) => Promise<StaffingResult>;
  'approved-time.poll': (cursor: Json | undefined, options: ApprovedTimePollOptions, signal: AbortSignal) => Promise<PollPage>;
  /** Expenses that were approved, or taken back since. */
  'approved-expense.poll': (cursor: Json | undefined, options: TimePollOptions, signal: AbortSignal) => Promise<PollPage>;
  'approved-time.list': Lister<TimeFact>;
  /** Expenses of a span of days, by the day on which they were spent. */
  'approved-expense.list': Lister<ExpenseFact>;
  /** One page of bookings of people that were made, changed or released; call again with its cursor, at once while `more`. */
  'assignment.poll': (cursor: Json | undefined, options: TimePollOptions, signal: AbortSignal) => Promise<PollPage>;
  /** How much time people have, one after the other. Of whom it cannot be said, `unknown` says why. */
  'availability.find': (wanted: AvailabilityWanted, signal: AbortSignal) => AsyncIterable<FoundAvailability>;
  /** How people's time was used, one after the other. Of whom it cannot be said, `unknown` says why. */
  'utilization.find': (wanted: PeopleWanted, signal: AbortSignal) => AsyncIterable<FoundUtilization>;
  /** Keeps an assignment as it stands: made, changed, or marked as released. */
  'assignment.record': (assignment: Assignment, context: OperationContext) => Promise<AssignmentRecord>;
  'psa-invoice-status.write': (status: InvoiceStatusToWrite, context: OperationContext) => Promise<InvoiceStatusResult>;
  'milestone.poll': (cursor: Json | undefined, options: TimePollOptions, signal: AbortSignal) => Promise<PollPage>;
  /** Tells one event to a receiver, which knows by source and id that it is the same when it comes again. */
  'event.publish': (event: EventToPublish, context: OperationContext) => Promise<PublishedEvent>;
}

/** A connector that does at least these. */
export type ConnectorFor<Id extends keyof Operations> = Connector & { readonly operations: Pick<Operations, Id> };

/** One operation, of one system. */
export interface Operation<Id extends keyof Operations> {
  system: string;
  run: Operations[Id];
}
