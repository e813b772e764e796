import { type BackOff, defaultPolicy, type RunPolicy, type Severity } from '../engine/retry-policy.ts';

const backOffs: readonly BackOff[] = ['exponential', 'linear', 'constant'];

/** The policy that a `run-policy` form describes; what is empty or out of range keeps its default. */
export function policyFrom(config: Record<string, unknown>): RunPolicy {
  const positive = (name: string, scale: number, fallback: number) => {
    const value = Number(config[name]);
    return Number.isFinite(value) && value > 0 ? value * scale : fallback;
  };
  return {
    maxAttempts: Math.round(positive('maxAttempts', 1, defaultPolicy.maxAttempts)),
    backOff: backOffs.find((known) => known === config['backOff']) ?? defaultPolicy.backOff,
    firstDelayMs: positive('firstDelaySeconds', 1000, defaultPolicy.firstDelayMs),
    factor: Math.max(1, positive('factor', 1, defaultPolicy.factor)),
    maxDelayMs: positive('maxDelaySeconds', 1000, defaultPolicy.maxDelayMs),
    stallAfterMs: positive('stallAfterMinutes', 60_000, defaultPolicy.stallAfterMs),
    severity: (config['severity'] as Severity) || defaultPolicy.severity,
    deadlineMs: positive('deadlineHours', 3_600_000, defaultPolicy.deadlineMs),
    writesPerMinute: positive('writesPerMinute', 1, defaultPolicy.writesPerMinute),
    concurrency: Math.round(positive('concurrency', 1, defaultPolicy.concurrency)),
    onPermanentFailure: config['onPermanentFailure'] === 'compensate' ? 'compensate' : 'park',
  };
}
