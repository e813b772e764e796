import { type FailureText, inWords } from '../../model/failure-words.ts';
import { longestPauseMs } from '../../model/pause.ts';
import { longestTimeoutMs, mostCallsAtOnce } from '../http/call-limits.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import { wholeSetting, wrongSetting } from '../kit/setting-checks.ts';

/** What holds where nothing is given, stated here alone: the form of a connection begins with it, and the checks fall back on it. */
export const defaults = {
  baseUrl: 'https://api.mavenlink.com',
  serviceName: 'ps-connect',
  concurrency: 4,
  timeoutMs: 180_000,
  settleAfterMs: 5_000,
} as const;

export interface KantataConfig {
  /** the host, or the whole address of the API */
  baseUrl?: string;
  /** OAuth 2.0 bearer token; Kantata's tokens do not expire by themselves */
  accessToken: string;
  /** users who approve staffing requests; default: the token's own user */
  approverIds?: string[];
  /** name under which this connector's external references are kept; one per object */
  serviceName?: string;
  /** currency of time entries that name none */
  currency?: string;
  /** requests in flight at once */
  concurrency?: number;
  /** Kantata itself gives up after three minutes: https://developer.kantata.com/ "Timeouts" */
  timeoutMs?: number;
  /** how long after an unanswered create a look-up that finds nothing proves nothing: Kantata may still be at it */
  settleAfterMs?: number;
}

export interface KantataSettings {
  baseUrl: string;
  accessToken: string;
  approverIds: string[] | undefined;
  serviceName: string;
  currency: string | undefined;
  concurrency: number;
  timeoutMs: number;
  settleAfterMs: number;
}

/** The configuration, complete and checked; a Failure names the field that is wrong. */
export function kantataSettings(config: KantataConfig): KantataSettings {
  const given = config.baseUrl?.trim() || defaults.baseUrl;
  assertSafeUrl('kantata', given);
  // the host alone is enough: v1 is the only version there is
  const baseUrl = new URL(given).pathname === '/' ? new URL('/api/v1', given).href : given;
  const accessToken = config.accessToken?.trim();
  if (!accessToken) throw wrong('accessToken', undefined, inWords('TOKEN_MISSING'));
  const serviceName = config.serviceName?.trim() || defaults.serviceName;
  // look-ups send several names and references in one comma-separated parameter
  if (serviceName.includes(',')) throw wrong('serviceName', serviceName, inWords('SERVICE_NAME_INVALID', { name: serviceName }));
  const approverIds = config.approverIds?.map((id) => id.trim()).filter((id) => id !== '');
  const stray = approverIds?.find((id) => !/^\d+$/.test(id));
  if (stray !== undefined) throw wrong('approverIds', stray, inWords('APPROVER_INVALID', { id: stray }));
  return {
    baseUrl,
    accessToken,
    approverIds: approverIds && approverIds.length > 0 ? approverIds : undefined,
    serviceName,
    currency: config.currency,
    concurrency: whole('concurrency', config.concurrency, 1, mostCallsAtOnce),
    timeoutMs: whole('timeoutMs', config.timeoutMs, 1, longestTimeoutMs),
    settleAfterMs: whole('settleAfterMs', config.settleAfterMs, 0, longestPauseMs),
  };
}

type WholeNumber = 'concurrency' | 'timeoutMs' | 'settleAfterMs';

const whole = (field: WholeNumber, value: number | undefined, least: number, most: number) =>
  wholeSetting('kantata', { code: 'NUMBER_INVALID', least, most, standard: defaults[field] }, field, value);

type Said = Required<FailureText>;

const wrong = (field: string, value: string | undefined, said: Said) => wrongSetting('kantata', field, { value, ...said });
