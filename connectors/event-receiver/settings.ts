import { inWords } from '../../model/failure-words.ts';
import { longestTimeoutMs, mostCallsAtOnce } from '../http/call-limits.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import { wholeSetting, wrongSetting } from '../kit/setting-checks.ts';

/** What holds where nothing is given, stated here alone: the form of a connection begins with it. */
export const defaults = {
  signature: 'standard-webhooks',
  signatureHeader: 'X-Hub-Signature-256',
  concurrency: 4,
  timeoutMs: 30_000,
} as const;

/** How a receiver knows who sends, as *event in* has it for senders. */
export const signatureKinds = ['standard-webhooks', 'hmac-sha256', 'bearer', 'none'] as const;
export type SignatureKind = (typeof signatureKinds)[number];

export interface EventReceiverConfig {
  /** to which events are posted */
  url: string;
  signature?: string;
  /** shared with the receiver */
  secret?: string;
  /** of an HMAC over the body */
  signatureHeader?: string;
  /** our name as a sender, for a receiver that lists those that may send: a DNS name */
  origin?: string;
  concurrency?: number;
  timeoutMs?: number;
}

export interface EventReceiverSettings {
  url: string;
  signature: SignatureKind;
  secret: string;
  signatureHeader: string;
  origin: string | undefined;
  concurrency: number;
  timeoutMs: number;
}

const system = 'event-receiver';

/** The settings, complete and checked; a Failure names the field that is wrong. */
export function eventReceiverSettings(config: EventReceiverConfig): EventReceiverSettings {
  const url = config.url.trim();
  if (url === '') throw wrongSetting(system, 'url', inWords('RECEIVER_ADDRESS_MISSING'));
  assertSafeUrl(system, url);
  const kind = config.signature?.trim() || defaults.signature;
  const signature = signatureKinds.find((one) => one === kind);
  if (!signature) throw wrongSetting(system, 'signature', { value: kind, ...inWords('SIGNATURE_UNKNOWN', { kind }) });
  const secret = config.secret?.trim() ?? '';
  if (signature !== 'none' && secret === '') throw wrongSetting(system, 'secret', inWords('RECEIVER_SECRET_MISSING'));
  if (signature === 'standard-webhooks' && secret.startsWith('whsec_') && !/^whsec_[A-Za-z0-9+/]{2,}={0,2}$/.test(secret)) {
    throw wrongSetting(system, 'secret', inWords('SECRET_INVALID'));
  }
  const signatureHeader = config.signatureHeader?.trim() || defaults.signatureHeader;
  if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(signatureHeader)) {
    throw wrongSetting(system, 'signatureHeader', { value: signatureHeader, ...inWords('HEADER_NAME_WRONG', { name: signatureHeader }) });
  }
  const origin = config.origin?.trim() || undefined;
  if (origin !== undefined && !/^[\w.-]{1,253}$/.test(origin)) {
    throw wrongSetting(system, 'origin', { value: origin, ...inWords('SENDER_NAME_WRONG', { name: origin }) });
  }
  return {
    ...{ url, signature, secret, signatureHeader, origin },
    concurrency: whole('concurrency', config.concurrency, mostCallsAtOnce),
    timeoutMs: whole('timeoutMs', config.timeoutMs, longestTimeoutMs),
  };
}

const whole = (field: 'concurrency' | 'timeoutMs', value: number | undefined, most: number) =>
  wholeSetting(system, { most, standard: defaults[field] }, field, value);
