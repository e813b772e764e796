import type { AmendmentMark } from './amendment-mark.ts';
import type { Change } from './changes.ts';
import type { Failure } from './failure.ts';
import type { Json, JsonObject } from './json.ts';
import type { PollPage, UpsertedRecord } from './results.generated.ts';
import type { AllowedParts, ToldOfInvoice } from './invoice-parts.ts';
import type { AccountRef, Project, StaffingDemand } from './types.generated.ts';

// What operations are asked; what they answer is in results.v1.schema.json.

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
