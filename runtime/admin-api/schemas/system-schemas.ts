import { operationIds } from '../../../declarations/operations.ts';
import { stages } from '../../../engine/store/engagements.ts';
import type { RunStatus } from '../../../engine/store/runs.ts';
import { kpiNames } from '../../../model/kpis.ts';
import { permissions } from '../permissions.ts';
import { type Fields, flag, json, listOf, moment, named, numeric, object, oneOf, orNull, tableOf, text, wholeNumber } from '../schema.ts';
import { runStatuses } from './run-schemas.ts';

const counts = Object.fromEntries(runStatuses.map((status) => [status, wholeNumber()])) as Record<
  RunStatus,
  ReturnType<typeof wholeNumber>
>;

const shares: Fields = {
  median: orNull(numeric('half of the values are at the most this; null = how they are distributed is not known')),
  p90: orNull(numeric('nine of ten values are at the most this; null = as of the median')),
};

export const systemSchemas: Fields = {
  RunCounts: object(counts),
  Source: object(
    {
      id: text(),
      type: text(),
      name: text(),
      stored: wholeNumber('events stored since the node was started'),
      failure: orNull(named('Failure')),
    },
    {
      readAt: moment('of the last successful read'),
      backlog: flag('it reads nothing, or refuses what it is sent: too many of its runs are open'),
      listens: flag('it is sent events; readAt is when the last one was stored'),
      refused: wholeNumber('requests of which nothing was stored: the sender’s doing'),
    },
  ),
  Connection: object(
    {
      id: text(),
      name: text(),
      type: text('node type'),
      roles: listOf(text('what its system is for the firm')),
      does: listOf(oneOf(operationIds, 'operations of its system')),
      system: text(),
      notices: listOf(named('Notice')),
    },
    {
      health: tableOf(json(), 'calls in flight, quota left, last failure, as far as the system tells'),
      circuit: object(
        { state: oneOf(['closed', 'open', 'trying']), failures: wholeNumber('in a row') },
        { until: moment('nothing is sent before') },
      ),
      failure: named('Failure', 'the connection cannot even be made from its settings'),
    },
  ),
  ConnectionTest: object(
    { ok: flag(), message: text(), notices: listOf(named('Notice')) },
    {
      details: tableOf({ type: ['string', 'number'] }, 'typeAnew names the fields that are to be typed for this address'),
      words: named('Words'),
    },
  ),
  Overview: object({
    ready: flag('events can be stored'),
    trouble: orNull(named('Failure')),
    notices: listOf(named('Notice')),
    revision: text('of the flows that are deployed'),
    runs: orNull(named('RunCounts')),
    approvals: wholeNumber('questions that wait for a person'),
    active: wholeNumber('runs under way here'),
    instances: wholeNumber('Node-REDs alive on the store, the one that answers included'),
    sources: listOf(named('Source')),
    connections: listOf(named('Connection')),
    signedInAs: orNull(text()),
    signsIn: flag('whether people sign in at all'),
    may: listOf(oneOf(permissions), 'what who asks may do'),
  }),
  Kpis: object({
    runs: named('RunCounts'),
    deadByClass: tableOf(wholeNumber(), 'dead letters by class of their failure'),
    effectsInDoubt: wholeNumber(),
    oldestOpenRunSeconds: wholeNumber(),
    lastReconciliation: orNull(object({ at: moment(), breaks: wholeNumber() })),
    from: text('first day that the figures are of, in UTC'),
    to: text('last day'),
    kpis: listOf(named('Kpi')),
  }),
  Kpi: object({
    name: oneOf(kpiNames),
    unit: oneOf(['hours', 'percent', 'count']),
    better: oneOf(['less', 'more']),
    target: numeric('to be reached; by the settings, or the usual one'),
    value: orNull(numeric('mean of these days; of the backlog what is open now; null = nothing was measured')),
    count: wholeNumber('of how many'),
    least: orNull(numeric('on any of these days')),
    most: orNull(numeric('on any of these days')),
    missed: orNull({ type: 'boolean', description: 'whether the target is missed; null = there is no value' }),
    noValue: orNull(oneOf(['nothing-measured', 'no-system-tells'], 'why there is no value; null = there is one')),
    forecast: orNull(
      numeric('level of the seven days after the last one with figures, if it goes on as most of the last sixty do; null = too few days'),
    ),
    ...shares,
    distribution: {
      ...orNull(
        object({
          count: wholeNumber('of how many values it is known; others were measured before it was kept, and are in no part'),
          parts: listOf(
            object({
              from: orNull(numeric('above this; null = from the least on')),
              to: orNull(numeric('up to this; null = whatever is above')),
              count: wholeNumber(),
            }),
            'in order, from the first that has values to the last',
          ),
        }),
      ),
      description: 'null = its single values say nothing',
    },
    days: listOf(object({ day: text(), value: numeric(), count: wholeNumber(), ...shares }), 'those with figures, in order'),
    groups: listOf(
      object({
        ...{ group: text('empty = not said'), value: numeric(), count: wholeNumber(), ...shares },
        missed: flag('whether the target is missed'),
        forecast: orNull(numeric('as of the whole')),
      }),
    ),
  }),
  Stage: oneOf(stages),
  Board: object({
    funnel: object(
      Object.fromEntries(stages.map((stage) => [stage, wholeNumber()])),
      {},
      'how many engagements have come how far, and no further',
    ),
    engagements: listOf(named('Engagement')),
    next: orNull(text('the page after begins behind it; null = there is none')),
  }),
  Engagement: object(
    {
      code: text('business id'),
      stage: named('Stage', 'the furthest that was reached'),
      since: moment('when it was reached'),
      reached: object(
        {},
        Object.fromEntries(stages.map((stage) => [stage, moment()])),
        'when each was first reached; absent = nobody has told of it',
      ),
      updatedAt: moment('when it was last told of'),
      waits: listOf(named('RunRow'), 'its runs that wait or are dead letters'),
    },
    { client: text(), entity: text(), amount: text('what was agreed, a decimal'), currency: text() },
    'An engagement, as far as runs have told of it.',
  ),
  Preview: object(
    {},
    {
      result: json('absent = the mapping gives nothing'),
      issues: listOf(named('Issue'), 'what is wrong by the contract'),
      error: text('why there is no result'),
      words: named('Words', 'of error'),
    },
  ),
  Replayed: object({
    replayed: wholeNumber(),
    notDead: wholeNumber(),
    notCorrected: listOf(object({ run: text(), subject: text(), message: text() }, { words: named('Words') }), 'these stay dead letters'),
  }),
};
