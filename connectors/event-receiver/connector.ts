import { inWords } from '../../model/failure-words.ts';
import { Failure } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { ConnectionTest, ConnectorFor } from '../../model/operations.ts';
import { testedConnection } from '../kit/connection-test.ts';
import { publishEvent } from './event-publish.ts';
import { type EventReceiverConfig, eventReceiverSettings } from './settings.ts';
import { ReceiverApi } from './wire.ts';

/** Tells events to one receiver. Throws a Failure that names the field when the configuration cannot work. */
export function createEventReceiver(config: EventReceiverConfig): ConnectorFor<'event.publish'> {
  const settings = eventReceiverSettings(config);
  const forget = knownSecrets.learnAll([settings.secret]);
  const api = new ReceiverApi(settings);
  return {
    system: 'event-receiver',
    test: (signal?: AbortSignal) => testedConnection(() => test(api, signal)),
    health: () => api.health(),
    close: async () => forget(),
    operations: { 'event.publish': (event, context) => publishEvent(api, event, context) },
  };
}

/** Whether somebody is there, and whether we may send where that is asked. Whether the secret is the right one shows with the first event alone. */
async function test(api: ReceiverApi, signal?: AbortSignal): Promise<ConnectionTest> {
  const { status, allowed } = await api.ask(signal);
  const { host } = new URL(api.settings.url);
  if (status === 404 || status === 410 || status >= 500) {
    throw new Failure({
      class: 'auth.denied',
      ...inWords('NOBODY_LISTENS', { status, said: '' }),
      system: 'event-receiver',
      field: 'url',
      status,
    });
  }
  const { message, words } =
    allowed === undefined
      ? inWords('CONNECTED.receiver', { host, status })
      : inWords('CONNECTED.receiver-allows', { host, origin: allowed });
  return { ok: true, message, words };
}
