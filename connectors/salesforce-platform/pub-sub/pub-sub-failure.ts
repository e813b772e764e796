import { Failure, type FailureClass } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isObject } from '../../../model/json.ts';
import { knownOf } from '../../../model/known-of.ts';
import { type CallMeaning, callErrors, callStatuses } from './pub-sub-errors.ts';

const prefix = 'sfdc.platform.eventbus.grpc.';

/** What gRPC says of a call that failed. */
interface CallError {
  code?: unknown;
  details?: unknown;
  metadata?: { get(name: string): unknown[] };
}

/** A failed call as a failure: by the code in its trailer, and by its gRPC status where there is none. The text is not interpreted. */
export function failureOfCall(error: unknown): Failure {
  const { code, details, metadata } = (isObject(error) || error instanceof Error ? error : {}) as CallError;
  const status = typeof code === 'number' ? code : 2;
  const trailer = metadata?.get('error-code')[0];
  const named = typeof trailer === 'string' && trailer.startsWith(prefix) ? trailer.slice(prefix.length) : undefined;
  const meaning: CallMeaning = (named ? knownOf(callErrors, named) : undefined) ?? ownMeaning(status, details) ?? meaningOfStatus(status);
  const message = typeof details === 'string' && details !== '' ? details.slice(0, 2_000) : `gRPC ${status}`;
  return new Failure({
    class: meaning.class,
    ...inWords('AS_SAID', { message, remedy: meaning.remedy }),
    code: named ? codeOf(named) : (meaning.code ?? `GRPC_${status}`),
    system: 'salesforce',
  });
}

const codeOf = (named: string) => named.toUpperCase().replaceAll('.', '_');

/** The position is not known any more: it is older than what is kept, or the org was moved. */
export const lostPositions: ReadonlySet<string> = new Set(
  ['subscription.fetch.replayid.corrupted', 'subscription.fetch.replayid.validation.failed', 'subscription.fetch.overflow'].map(codeOf),
);

/** An answer that is too long to be taken would be the same again. */
export const answerTooLong = 'EVENTS_TOO_LONG';

const certificateCodes = /\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED)\b/;
const certificateTexts =
  /self[- ]signed certificate|unable to verify the first certificate|certificate has expired|does not match certificate/i;

/** What this side of the connection found, in its own words. */
function ownMeaning(status: number, details: unknown): CallMeaning | undefined {
  const said = typeof details === 'string' ? details : '';
  if (status === 8 && said.startsWith('Received message larger than max')) return { ...callStatuses[8]!, code: answerTooLong };
  if (status === 14 && (certificateCodes.test(said) || certificateTexts.test(said))) {
    return { class: 'auth.denied' satisfies FailureClass, remedy: callErrors['certificate']!.remedy, code: 'CERTIFICATE' };
  }
  return undefined;
}

const meaningOfStatus = (status: number): CallMeaning => callStatuses[status] ?? callStatuses[14]!;
