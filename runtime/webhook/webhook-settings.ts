import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { webhookPath } from '../../declarations/webhook-path.ts';
import { connectionValues } from '../connection-values.ts';
import { messageValue } from '../message-values.ts';
import type { PackNode } from '../pack-node.ts';
import { type AllowedOrigins, allowedOrigins } from './handshake.ts';
import { type Signature, type SignatureKind, signatureOf } from './signature.ts';
import { SourceEvents } from './source-events.ts';

/** Fields of the form that hold what they say; expressions are read for each event. */
export interface WebhookForm {
  path: string;
  signature: SignatureKind;
  signatureHeader: string;
  eventType: string;
  eventSource: string;
  allowedOrigins: string;
  maxKilobytes: number;
}

/** How events come in. */
export interface WebhookSettings {
  /** below the root for HTTP nodes */
  path: string;
  /** bytes */
  limit: number;
  /** how events are checked and read; or why nothing can be taken until the node is corrected */
  receiver: Receiver | Failure;
}

interface Receiver {
  signature: Signature;
  events: SourceEvents;
  unsigned: boolean;
  /** that may ask before they send */
  origins: AllowedOrigins;
}

/** Throws where there is no path to answer at; everything else that is wrong is answered there, and said by the node. */
export function webhookSettings(
  base: PackNode,
  declaration: NodeDeclaration,
  form: WebhookForm,
  environment: NodeJS.ProcessEnv,
): WebhookSettings {
  const path = webhookPath(form.path);
  if (!path) {
    throw new Failure({ class: 'contract.invalid', ...inWords('PATH_INVALID'), field: 'path' });
  }
  const limit = form.maxKilobytes * 1024;
  try {
    return { path, limit, receiver: receiver(base, { ...form, path }, declaration, environment) };
  } catch (error) {
    return { path, limit, receiver: Failure.from(error) };
  }
}

function receiver(base: PackNode, form: WebhookForm, declaration: NodeDeclaration, environment: NodeJS.ProcessEnv): Receiver {
  const { config } = base;
  const text = (name: string) => String(config[name] ?? '').trim();
  const expression = (field: string) => (text(field) === '' ? undefined : messageValue(base, field));
  const kind = text('signature') as SignatureKind; // one that this version does not know is refused, not taken for another
  const credentials = base.node.credentials as Record<string, unknown> | undefined;
  const { secret = '' } = connectionValues(declaration, { ...config, ...credentials }, environment) as Record<string, string | undefined>;
  if (kind !== 'none' && !secret) throw secretMissing(text('environment'));
  const events = new SourceEvents({
    type: form.eventType,
    source: form.eventSource || form.path,
    // an id that is signed comes before one that is not
    idHeaders: kind === 'standard-webhooks' ? ['webhook-id', 'idempotency-key'] : ['idempotency-key', 'webhook-id'],
    eventId: expression('eventId'),
    subject: expression('subject'),
    key: text('key') === 'subject' ? undefined : expression('key'),
    version: expression('version'),
  });
  return {
    signature: signatureOf(kind, secret, form.signatureHeader),
    events,
    unsigned: kind === 'none',
    origins: allowedOrigins(form.allowedOrigins),
  };
}

function secretMissing(prefix: string): Failure {
  return new Failure({
    class: 'auth.denied',
    ...(prefix ? inWords('SECRET_MISSING.environment', { prefix }) : inWords('SECRET_MISSING')),
    field: 'secret',
  });
}
