import type { Told, Words } from './failure-sentence.ts';
import type { Failure, Issue } from './failure.ts';
import type { Json } from './json.ts';
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
} from './results.generated.ts';
import type {
  Assignment,
  BillingSchedule,
  Engagement,
  Expense,
  MilestoneState,
  Project,
  StaffingDemand,
  TimeEntry,
} from './types.generated.ts';
import type {
  AccountPollOptions,
  ApprovedTimePollOptions,
  AvailabilityWanted,
  ContractPollOptions,
  CrmInvoiceStatus,
  CustomerAsked,
  CustomerChange,
  CustomerPollOptions,
  CustomerRequest,
  EventToPublish,
  FinancesAsked,
  InvoicePollOptions,
  InvoiceStatusToWrite,
  OpportunityPollOptions,
  OpportunityStreamOptions,
  PeopleWanted,
  PeriodAsked,
  ProjectAsked,
  ProjectChangeRequest,
  QueryRequest,
  StreamPage,
  TakePart,
  TellUnreadable,
  TimeOfProjectAsked,
  TimePollOptions,
  TimeWindow,
  UpsertRequest,
  UpsertResult,
} from './requests.ts';

export type * from './requests.ts';
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
   * Asked for again by its run, it must say what was made, but for these fields of the request; else it is refused (`MADE_OTHERWISE`). Absent = the key
   * says which content it is of, or what is there is examined besides.
   */
  sameBesides?: readonly string[];
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

/** A record that a write has made or changed: the write's business key, and the id that the system gave. */
export interface WrittenRecord {
  key: string;
  id: string;
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

/** Reads something for one message. What is not there is an answer of its own: `found` is false. */
type Reader<Asked, Found> = (asked: Asked, context: Pick<OperationContext, 'signal'>) => Promise<Found>;

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
