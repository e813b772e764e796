import { Failure } from '../../model/failure.ts';
import type { NodeDeclaration } from '../../nodes/node-declaration.ts';
import { webhookPath } from '../../nodes/webhook-path.ts';
import { connectionValues } from '../connection-node.ts';
import type { PackNode } from '../pack-node.ts';
import { type Signature, type SignatureKind, signatureOf } from './signature.ts';
import { SourceEvents } from './source-events.ts';

/** What a form says of how events come in. */
export interface WebhookSettings {
  /** below the root for HTTP nodes */
  path: string;
  /** bytes */
  limit: number;
  signature: Signature;
  events: SourceEvents;
  /** everybody may send */
  unsigned: boolean;
  /** why nothing can be taken until the node is corrected */
  trouble?: Failure;
}

/** Throws where there is no path to answer at; everything else that is wrong is answered there, and said by the node. */
export function webhookSettings(base: PackNode, declaration: NodeDeclaration, environment: NodeJS.ProcessEnv): WebhookSettings {
  const { config } = base;
  const text = (name: string) => String(config[name] ?? '').trim();
  const path = webhookPath(text('path'));
  if (!path) {
    throw new Failure({
      class: 'contract.invalid',
      code: 'PATH_INVALID',
      message: 'The path is missing or cannot be one.',
      field: 'path',
      remedy: 'Give letters, digits and - . _ ~, parted by slashes, such as events/time-approved.',
    });
  }
  const kind = (text('signature') || 'standard-webhooks') as SignatureKind;
  // an id that is signed comes before one that is not
  const idHeaders = kind === 'standard-webhooks' ? ['webhook-id', 'idempotency-key'] : ['idempotency-key', 'webhook-id'];
  const rules = {
    type: text('eventType') || 'com.psconnect.event.received',
    source: text('eventSource') || path,
    id: text('eventId'),
    subject: text('subject'),
    key: text('key') || 'subject',
    idHeaders,
  };
  const common = { path, limit: (Number(config['maxKilobytes']) || 1024) * 1024, unsigned: kind === 'none' };
  try {
    const settings = { ...config, ...(base.node.credentials as Record<string, unknown> | undefined) };
    const { secret } = connectionValues(declaration, settings, environment) as Record<string, string | undefined>;
    if (kind !== 'none' && !secret) throw secretMissing(text('environment'));
    return {
      ...common,
      signature: signatureOf(kind, secret ?? '', text('signatureHeader') || 'X-Hub-Signature-256'),
      events: new SourceEvents(rules),
    };
  } catch (error) {
    const nobody = { scheme: 'none', refusal: () => undefined };
    return {
      ...common,
      signature: nobody,
      events: new SourceEvents({ ...rules, id: '', subject: '', key: 'subject' }),
      trouble: Failure.from(error),
    };
  }
}

function secretMissing(prefix: string): Failure {
  return new Failure({
    class: 'auth.denied',
    code: 'SECRET_MISSING',
    message: 'There is no secret to check signatures with: nothing is taken.',
    field: 'secret',
    remedy: `Give the secret in the node${prefix ? ` or in the environment (prefix ${prefix})` : ''}, and deploy.`,
  });
}
