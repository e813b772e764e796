import type { ActiveRun } from '../../../engine/active-run.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { needed } from '../../../model/needed-result.ts';
import type { Effects } from '../../../model/operations.ts';
import type { Message } from '../../../runtime/message.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import { suspendUntil } from '../../../runtime/suspend-until.ts';

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 } as const;
/** The last moment that a calendar of four digits knows; what lies behind it is a mistake. */
const lastMoment = Date.UTC(9999, 11, 31);
/** A hundred years. */
const longestWaitMs = 36_525 * unitMs.days;

/** Milliseconds of so many units. */
export function timeSpan(amount: number, unit: keyof typeof unitMs): number {
  return Math.round(Math.min(amount * unitMs[unit], longestWaitMs));
}

/**
 * The moment that a typed field gives for a message, epoch ms: an RFC 3339 time, a calendar date (its first moment where
 * Node-RED runs) or epoch milliseconds. It must be the same at each delivery of the run, or the wait would never end.
 */
export function momentOf(base: PackNode, field: string): (message: Message) => Promise<number> {
  const expression = String(base.config[field] ?? '');
  if (base.config[`${field}Type`] === 'jsonata' && /\$(now|millis)\b/.test(expression)) {
    throw new Failure({ class: 'contract.invalid', ...inWords('WAIT_MOVES'), field, value: expression });
  }
  const value = messageValue(base, field);
  return async (message) => {
    const given = await value(message);
    const moment = typeof given === 'string' ? Date.parse(/^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00` : given) : given;
    if (typeof moment === 'number' && Number.isFinite(moment) && moment <= lastMoment) return Math.ceil(Math.max(0, moment));
    throw wrongInput(field, given, inWords('INPUT_WRONG.moment'));
  };
}

/** Suspends the run until then; undefined = the moment is past, nothing to wait for. */
export function waitUntil(base: PackNode, active: ActiveRun, until: number): number | undefined {
  if (until <= base.pack.engine.clock.now()) return undefined;
  suspendUntil(base, active, until, phrase('WAITS.time', { until: new Date(until).toISOString() }));
  return until;
}

/** Suspends the run for so long from when it first came here, whatever restarts, deploys and replays lie between. */
export async function waitFor(base: PackNode, active: ActiveRun, effects: Effects, spanMs: number): Promise<number | undefined> {
  const { clock } = base.pack.engine;
  // remembered as an effect: the second delivery finds the moment of the first
  const { until } = await effects.write({
    needs: needed('until', phrase('NEEDED.moment')),
    key: 'wait',
    title: phrase('WRITE.wait'),
    request: null,
    settle: 'repeat',
    undo: null,
    send: async () => ({ until: clock.now() + spanMs }),
  });
  return waitUntil(base, active, until);
}
