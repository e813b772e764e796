import { type BackOff, defaultPolicy, type RunPolicy, type Severity } from '../../../engine/retry-policy.ts';
import { outsideNumber } from '../../../model/outside-number.ts';

const backOffs: readonly BackOff[] = ['exponential', 'linear', 'constant'];

/** The policy that a `run-policy` form describes; what is empty, no number or too small keeps its default, what is too large is the most there can be. */
export function policyFrom(config: Record<string, unknown>): RunPolicy {
  const number = (name: string, scale: number, fallback: number, least: number, most: number) =>
    (outsideNumber(config[name], { least, most }) ?? fallback / scale) * scale;
  const ms = (name: string, scale: number, fallback: number, most: number) => Math.round(number(name, scale, fallback, 1 / scale, most));
  return {
    maxAttempts: Math.round(number('maxAttempts', 1, defaultPolicy.maxAttempts, 1, 10_000)),
    backOff: backOffs.find((known) => known === config['backOff']) ?? defaultPolicy.backOff,
    firstDelayMs: ms('firstDelaySeconds', 1000, defaultPolicy.firstDelayMs, 86_400),
    factor: number('factor', 1, defaultPolicy.factor, 1, 1_000),
    maxDelayMs: ms('maxDelaySeconds', 1000, defaultPolicy.maxDelayMs, 30 * 86_400),
    stallAfterMs: ms('stallAfterMinutes', 60_000, defaultPolicy.stallAfterMs, 525_600),
    severity: (config['severity'] as Severity) || defaultPolicy.severity,
    deadlineMs: ms('deadlineHours', 3_600_000, defaultPolicy.deadlineMs, 87_600),
    writesPerMinute: number('writesPerMinute', 1, defaultPolicy.writesPerMinute, 0.001, 100_000),
    concurrency: Math.round(number('concurrency', 1, defaultPolicy.concurrency, 0.5, 10_000)),
    onPermanentFailure: config['onPermanentFailure'] === 'compensate' ? 'compensate' : 'park',
  };
}
