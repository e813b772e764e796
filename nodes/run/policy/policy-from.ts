import { typedConfig } from '../../../declarations/typed-config.ts';
import type { RunPolicy } from '../../../engine/retry-policy.ts';
import declaration from './declaration.ts';

/** The policy that a `run-policy` form describes. */
export function policyFrom(config: Record<string, unknown>): RunPolicy {
  const form = typedConfig(declaration, config);
  return {
    maxAttempts: form.maxAttempts,
    backOff: form.backOff,
    firstDelayMs: Math.round(form.firstDelaySeconds * 1_000),
    factor: form.factor,
    maxDelayMs: Math.round(form.maxDelaySeconds * 1_000),
    stallAfterMs: Math.round(form.stallAfterMinutes * 60_000),
    severity: form.severity,
    deadlineMs: Math.round(form.deadlineHours * 3_600_000),
    // less than one in a thousand minutes is no rate that anybody means
    writesPerMinute: Math.round(form.writesPerMinute * 1_000) / 1_000,
    concurrency: form.concurrency,
    onPermanentFailure: form.onPermanentFailure,
  };
}
