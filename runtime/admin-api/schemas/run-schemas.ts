import type { EffectStatus } from '../../../engine/store/effects.ts';
import type { RunStatus } from '../../../engine/store/runs.ts';
import type { Severity } from '../../../engine/retry-policy.ts';
import type { FieldKind, FormField } from '../../../model/correction-form.ts';
import type { Settle } from '../../../model/operations.ts';
import { type Fields, flag, json, listOf, moment, named, object, oneOf, tableOf, text, wholeNumber } from '../schema.ts';

export const runStatuses = ['ready', 'running', 'waiting', 'done', 'dead', 'cancelled'] as const satisfies readonly RunStatus[];
const effectStatuses = ['intended', 'done', 'rejected', 'not-made', 'in-doubt', 'compensated'] as const satisfies readonly EffectStatus[];

/** The first is the state of a run, as the console's list of them can be narrowed to. */
const filterFields = ['filter', 'search', 'engagement', 'flow', 'class', 'system', 'severity', 'since', 'until'] as const;

export const filterOfConsole = object(
  {},
  Object.fromEntries(filterFields.map((name) => [name, text(undefined, { minLength: 1, maxLength: 200 })])),
  'A filter as the address of the console says it; days are those of whoever looks.',
);

const eventHead: Fields = {
  id: text('the same fact always has the same id'),
  source: text(),
  type: text(),
  subject: text('business id'),
  time: text('RFC 3339 UTC, the system’s clock'),
  key: text('events with equal keys run one at a time'),
};
const eventMore: Fields = {
  version: object(
    { record: text(), at: text('orders the versions') },
    { content: text('the same for versions that say the same') },
    'of which record it tells, and of which of its states',
  ),
  attributes: tableOf({ type: ['string', 'number', 'boolean'] }, 'further CloudEvents attributes that the sender gave'),
  refused: named('Failure', 'why it could not be stored with its data'),
};

const runAlways: Fields = {
  id: text(),
  seq: wholeNumber('order of arrival'),
  entry: text('node at which it enters the flow'),
  flow: text('tab of the entry node'),
  status: named('RunStatus'),
  attempts: wholeNumber('deliveries so far'),
  crashes: wholeNumber('deliveries in a row that ended with the process'),
  token: wholeNumber('grows with each delivery: what an earlier one still says is refused'),
  availableAt: moment('not delivered before'),
  revision: text('of the flows it was last delivered to'),
  severity: named('Severity'),
  createdAt: moment(),
  updatedAt: moment(),
};
const runSometimes: Fields = {
  failure: named('Failure'),
  failedNode: text(),
  waitingFor: object(
    { reason: text() },
    { reasonWords: named('Words'), node: text('that has suspended it') },
    'of a waiting run with which nothing is wrong',
  ),
  compensating: object({ actor: text(), since: moment() }, { reason: text() }, 'its writes are being undone'),
  renewedAt: moment('when a person let it begin anew'),
};
const withoutEntry = flag('it waits for its entry node, which is not in the flows that run here');
const at = listOf(text(), 'nodes that hold its messages now');

export const runSchemas: Fields = {
  RunStatus: oneOf(runStatuses),
  Severity: oneOf(['low', 'normal', 'high', 'critical'] satisfies readonly Severity[]),
  EventHead: object(eventHead, eventMore, 'An event without its data.'),
  Event: object({ ...eventHead, data: json() }, eventMore, 'A fact that a system reports, CloudEvents 1.0 shape.'),
  RunAbout: object(
    {},
    {
      client: text('of a deal or a project'),
      engagement: text('whose project it is about'),
      amount: text('decimal, as it was given'),
      currency: text('of the amount'),
      minutes: wholeNumber('of work'),
      person: text('whom it is about: in a list, for who has `ps-connect.edit` alone'),
      reconciles: text('of a reconciliation: the node that makes it'),
    },
    'What tells a person which run it is, beside its business id.',
  ),
  Run: object({ ...runAlways, event: named('Event') }, runSometimes, 'The journey of one event through a flow.'),
  RunRow: object(
    { ...runAlways, event: named('EventHead'), about: named('RunAbout'), at },
    { ...runSometimes, withoutEntry },
    'A run in a list.',
  ),
  RunDetails: object(
    {
      run: named('Run'),
      about: named('RunAbout'),
      effects: listOf(named('Effect')),
      attempts: listOf(named('FailedAttempt')),
      journal: listOf(named('JournalLine')),
      at,
    },
    {
      withoutEntry,
      olderAttempts: flag('there are more failed attempts: the newest are listed'),
      olderJournal: flag('there are more lines: the newest are listed; GET /journal with the run as subject has all'),
      form: named('CorrectionForm'),
    },
  ),
  FilterFields: filterOfConsole,
  SavedFilter: object(
    {
      id: text(),
      list: oneOf(['runs', 'dead-letters'], 'of what it is one'),
      name: text(),
      filter: named('FilterFields'),
      by: text('who has saved it'),
      savedAt: moment(),
    },
    {},
    'A filter that has a name, for all of the firm.',
  ),
  CorrectionForm: object(
    {
      fields: listOf(named('FormField')),
      more: wholeNumber('so many more values are not in the form'),
      apart: listOf(
        object({ path: text(), held: flag('it is in the data; else it was made on the way') }),
        'what the failure names and the form has not',
      ),
    },
    { contract: text('that the data is meant to keep, told by the names of its fields') },
    'The data of a dead letter as a form: made from its contract, or from what stands in it.',
  ),
  FormField: object(
    {
      at: listOf({ type: ['string', 'integer'] }, 'where it stands in the data, step by step'),
      path: text('the same as failures name it, such as lines[0].amount.amount'),
      kind: oneOf(['text', 'number', 'integer', 'boolean', 'date', 'choice'] satisfies readonly FieldKind[]),
      empty: oneOf(['absent', 'null', 'text', 'never'] satisfies readonly FormField['empty'][], 'what it is when nothing is entered'),
    },
    { options: listOf(text(), 'of a choice'), wrong: flag('the failure names it') },
  ),
  FailedAttempt: object({ run: text(), attempt: wholeNumber(), failure: named('Failure'), at: moment() }, { node: text() }),
  Effect: object(
    {
      key: text(),
      run: text(),
      node: text(),
      business: text('the business object, such as job ENG-0001'),
      title: text('what it is called, in English'),
      system: text(),
      settle: oneOf(['probe', 'repeat', 'person'] satisfies readonly Settle[], 'how a doubt is settled'),
      status: oneOf(effectStatuses),
      request: json(),
      attempts: wholeNumber(),
      intendedAt: moment(),
    },
    {
      titleWords: named('Words'),
      result: json(),
      failure: named('Failure'),
      found: flag('it was found in the system instead of being sent'),
      maker: oneOf(['run', 'unknown'], 'of one that was found: who has made it; absent = it had been there before'),
      absentBefore: flag('it was looked for before it was sent, and was not there'),
      undo: json('what the connector needs to undo it; null = nothing is left behind; absent = it cannot be undone'),
      ofUndo: flag('made while the run was undone'),
      place: wholeNumber('order in which the run’s writes were first intended'),
      link: text('address of the page on which its system shows the record, where that is known'),
      finishedAt: moment(),
    },
    'One write to a system made for a run.',
  ),
};
