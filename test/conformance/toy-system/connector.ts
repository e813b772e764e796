import { testedConnection } from '../../../connectors/kit/connection-test.ts';
import { knownSecrets } from '../../../model/known-secrets.ts';
import type { ConnectorFor } from '../../../model/operations.ts';
import { listPostedTime } from './posted-time-list.ts';
import { type AbacoSettings, abacoSettings } from './settings.ts';
import { postTime } from './time-post.ts';
import { abacoClient } from './wire.ts';

export function createAbaco(config: Partial<AbacoSettings>): ConnectorFor<'time.post' | 'posted-time.list'> {
  const settings = abacoSettings(config);
  const forget = knownSecrets.learnAll([settings.apiKey]);
  const http = abacoClient(settings);
  return {
    system: 'abaco',
    test: () =>
      testedConnection(async () => {
        await http.request({ method: 'GET', url: 'entries', params: { from: '2000-01-01', to: '2000-01-01' } });
        return { ok: true, message: 'Connected to Abaco.' };
      }),
    health: () => ({ inFlight: http.inFlight, lastFailure: http.lastFailure ?? null }),
    close: async () => forget(),
    operations: {
      'time.post': (lines, signal) => Promise.all(lines.map((line) => postTime(http, line, signal))),
      'posted-time.list': (window, signal) => listPostedTime(http, window, signal),
    },
  };
}
