import type { SimRequest, Simulator } from '../simulator.ts';
import type { Received } from './body.ts';
import type { Caller } from './caller.ts';
import type { ErrorItem } from './errors.ts';
import type { Query } from './query.ts';
import type { Json, KantataState, Row } from './state.ts';
import type { Store } from './store.ts';

export type AttributeType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'integerId' | 'id' | 'ids' | 'json';

export interface Attribute {
  type: AttributeType;
  default?: Json;
  /** shown only when named in `optional_fields` */
  optional?: true;
  /** shown only to callers with financial access */
  financial?: true;
  /** shown as `""` when empty, as captured project dates are */
  blank?: true;
  compute?(row: Row, call: Call): Json;
}

/** `x` of `include=x`: side-loads rows and shows the key `x_id` or `x_ids`. */
export interface Association {
  collection: string;
  key: string;
  many?: true;
  /** seen in captured exchanges without `include` (state `foreignKeys: captured`) */
  captured?: true;
  /** ids that are not stored on the row itself */
  ids?(row: Row, store: Store): string[];
}

export type Filter = (value: string, call: Call) => (row: Row) => boolean;

/** Everything one request carries. */
export interface Call {
  sim: Simulator<KantataState>;
  store: Store;
  caller: Caller;
  request: SimRequest;
  query: Query;
  /** now, as stored */
  now: string;
}

/** One record on its way in. */
export interface Write {
  call: Call;
  /** the record as received */
  received: Received;
  /** the stored row; absent on create */
  existing: Row | undefined;
  /** coerced values to be stored; hooks may add to it */
  change: Record<string, Json>;
  errors: ErrorItem[];
  /** the value after the write */
  value(attribute: string): Json | undefined;
}

export interface Action {
  method: 'get' | 'post' | 'put' | 'delete';
  /** below `/api/v1`, in Express form */
  path: string;
  run(call: Call, body: Received): ActionAnswer;
}

/** rows in the usual envelope, a bare body, or 204 */
export type ActionAnswer = { rows: Row[]; resource: Resource } | { body: Json } | 'noContent';

/** One collection of the API, declared. */
export interface Resource {
  collection: string;
  singular: string;
  /** type name in external references, custom field values and events */
  subjectType: string;
  /** the name that external references use, where it differs: a timesheet is a `Submission` */
  referenceType?: string;
  /** prefix of event types: `time_entry` gives `time_entry:created` */
  event?: string;
  attributes: Record<string, Attribute>;
  associations: Record<string, Association>;
  create?: string[];
  update?: string[];
  /** attribute → text of its 422 */
  required?: Record<string, string>;
  /** most records of one bulk create */
  bulk?: number;
  destroy?: true;
  /** no `GET /x/{id}` */
  listOnly?: true;
  filters?: Record<string, Filter>;
  /** values of `order` before the colon → stored attribute */
  orders?: Record<string, string>;
  defaultOrder?: `${string}:${'asc' | 'desc'}`;
  search?: string[];
  administratorsOnly?: 'all' | 'write';
  /** others than administrators may write these */
  ownWrites?: true;
  /** parameters without which a list answers 400 */
  requiredFilters?: string[];
  /** the default filter: a row it hides is left out of lists and answers 404 */
  visible?(row: Row, call: Call): boolean;
  prepare?(write: Write): void;
  validate?(write: Write): void;
  after?(row: Row, write: Write): void;
  /** why the row may not be deleted */
  keep?(row: Row, call: Call): ErrorItem[];
  removed?(row: Row, call: Call): void;
  actions?: Action[];
}
