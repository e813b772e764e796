import type { Shape } from '../../declarations/operations.ts';
import type { FailureClass } from '../../model/failure.ts';

export type FaultId =
  | 'lost-after'
  | 'lost-before'
  | 'status-401'
  | 'status-429'
  | 'status-503'
  | 'web-page'
  | 'cut-page'
  | 'killed'
  | 'there-already'
  | 'of-another'
  | 'refused';

/** What can go wrong with an operation, and how the run must then go. */
export interface FaultKind {
  title: string;
  /** in the table */
  short: string;
  /** how its failures may be told, one after the other; empty = how the sample says */
  classes: readonly FailureClass[];
  /** shapes that it cannot happen to: why */
  not: Readonly<Partial<Record<Shape, string>>>;
}

const readsOnly = 'it writes nothing that could be there twice';
const reads = { poll: readsOnly, stream: readsOnly, list: readsOnly, lookup: readsOnly };
const nothingOfIts = 'it reads what is there, whoever made it';
const nothingToRefuse = 'a rule of the business refuses what is written, and it writes nothing';

/** Seconds that a throttling answer asks for: more than the first pauses of a policy. */
export const retryAfterSeconds = 77;

export const faultKinds: Readonly<Record<FaultId, FaultKind>> = {
  'lost-after': {
    title: 'the answer is lost after the commit',
    short: 'lost after',
    classes: ['transient.timeout', 'transient.unavailable'],
    not: reads,
  },
  'lost-before': {
    title: 'the call is lost before the commit',
    short: 'lost before',
    classes: ['transient.timeout', 'transient.unavailable'],
    not: {},
  },
  'status-401': {
    title: 'the sign-in is refused with 401',
    short: '401',
    classes: ['auth.expired', 'auth.denied'],
    not: {},
  },
  'status-429': {
    title: 'there are too many requests, with Retry-After',
    short: '429',
    classes: ['transient.throttled', 'quota.exhausted'],
    not: {},
  },
  'status-503': {
    title: 'the system is in maintenance',
    short: '503',
    classes: ['transient.unavailable'],
    not: {},
  },
  'web-page': {
    title: 'a web page answers with 200',
    short: 'web page',
    classes: ['transient.unavailable'],
    not: {},
  },
  'cut-page': {
    title: 'the answer ends in the middle',
    short: 'cut',
    classes: ['transient.unavailable', 'transient.timeout'],
    not: {},
  },
  killed: {
    title: 'the process is killed between intent and result',
    short: 'killed',
    classes: [],
    not: { list: 'the run that asked for it lists it again from the start' },
  },
  'there-already': { title: 'the record is there already', short: 'there already', classes: [], not: reads },
  'of-another': {
    title: 'the record is there, but somebody else’s',
    short: 'another’s',
    classes: [],
    not: { poll: nothingOfIts, stream: nothingOfIts, list: nothingOfIts, lookup: nothingOfIts },
  },
  refused: {
    title: 'a rule of the business forbids it',
    short: 'refused',
    classes: [],
    not: { poll: nothingToRefuse, stream: nothingToRefuse, list: nothingToRefuse, lookup: nothingToRefuse },
  },
};

export const faultIds = Object.keys(faultKinds) as FaultId[];
