import type { TableOfWords } from '../../../declarations/system.ts';
import type { FailureClass } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';

export interface CallMeaning {
  class: FailureClass;
  remedy: Words;
  code?: string;
}

const again = phrase('PUBSUB.again');
const slower = phrase('PUBSUB.slower');
const signIn = phrase('PUBSUB.sign-in');
const topic = phrase('PUBSUB.topic');
const rights = phrase('PUBSUB.rights');
const position = phrase('PUBSUB.position');
const request = phrase('PUBSUB.request');

/** By the `error-code` of the trailer, without its prefix: https://developer.salesforce.com/docs/platform/pub-sub-api/guide/handle-errors.html */
export const callErrors: Readonly<Record<string, CallMeaning>> = {
  'service.unavailable': { class: 'transient.unavailable', remedy: again },
  'service.auth.error': { class: 'auth.expired', remedy: signIn },
  'service.auth.headers.invalid': { class: 'auth.expired', remedy: signIn },
  'service.auth.refresh.invalid': { class: 'auth.expired', remedy: signIn },
  'service.tenant.license': { class: 'auth.denied', remedy: rights },
  'service.protection.triggered': { class: 'transient.throttled', remedy: slower },
  'service.protection.stream.limit.triggered': { class: 'transient.throttled', remedy: slower },
  'concurrent.client.limit.exceeded': { class: 'transient.throttled', remedy: slower },
  'topic.not.found': { class: 'contract.invalid', remedy: topic },
  'topic.validation.empty': { class: 'contract.invalid', remedy: topic },
  'topic.meta.permission': { class: 'auth.denied', remedy: rights },
  'topic.api.unavailable': { class: 'transient.unavailable', remedy: again },
  'schema.api.unavailable': { class: 'transient.unavailable', remedy: again },
  'schema.meta.permission': { class: 'auth.denied', remedy: rights },
  'schema.validation.failed': { class: 'contract.drift', remedy: request },
  'subscription.topic.cannot.subscribe': { class: 'auth.denied', remedy: rights },
  'subscription.internal.error': { class: 'transient.unavailable', remedy: again },
  'subscription.limit.exceeded': { class: 'quota.exhausted', remedy: phrase('PUBSUB.allocation') },
  'subscription.fetch.replayid.corrupted': { class: 'contract.drift', remedy: position },
  'subscription.fetch.replayid.validation.failed': { class: 'contract.drift', remedy: position },
  'subscription.fetch.overflow': { class: 'transient.unavailable', remedy: position },
  'subscription.fetch.replay.repeated': { class: 'transient.unavailable', remedy: again },
  'subscription.fetch.requested.events.invalid': { class: 'internal', remedy: request },
  'subscription.fetch.topic.mismatch': { class: 'internal', remedy: request },
  'subscription.fetch.request.invalid': { class: 'internal', remedy: request },
  certificate: { class: 'auth.denied', remedy: phrase('PUBSUB.certificate') },
};

/** By the gRPC status, where there is no such code: https://grpc.io/docs/guides/status-codes/ */
export const callStatuses: Readonly<Record<number, CallMeaning>> = {
  3: { class: 'contract.invalid', remedy: request },
  4: { class: 'transient.timeout', remedy: again },
  5: { class: 'contract.invalid', remedy: topic },
  7: { class: 'auth.denied', remedy: rights },
  8: { class: 'transient.throttled', remedy: slower },
  12: { class: 'contract.invalid', remedy: phrase('PUBSUB.address') },
  14: { class: 'transient.unavailable', remedy: again },
  16: { class: 'auth.expired', remedy: signIn },
};

/** What its refusals become, for `docs/errors.md`. */
export function callErrorWords(): TableOfWords {
  const rows = [
    ...Object.entries(callErrors),
    ...Object.entries(callStatuses).map(([status, meaning]) => [`gRPC ${status}`, meaning] as const),
  ];
  return {
    columns: ['code or status', 'class', 'remedy'],
    rows: rows.map(([name, meaning]) => [
      `\`${name}\``,
      `\`${meaning.class}\``,
      inWords('AS_SAID', { message: '', remedy: meaning.remedy }).remedy,
    ]),
  };
}
