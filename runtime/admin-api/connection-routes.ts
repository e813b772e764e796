import { inWords } from '../../model/failure-words.ts';
import { certificateNotices } from '../certificate-notice.ts';
import { testConnection } from '../connection-test.ts';
import { aboutLateRuns } from './about-runs.ts';
import { connectionsSeen, wasTold } from './connections-seen.ts';
import { type Route, route } from './route.ts';
import { json, listOf, named, object, orNull, says, type Schema, tableOf, text } from './schema.ts';

const fields = (name: string, description: string): Schema => ({
  ...orNull(tableOf(json(), description)),
  'x-says': { type: says(inWords('API.fields', { name })) },
});

export const connectionRoutes: Route[] = [
  route('GET /connections', {
    permission: 'ps-connect.read',
    summary: 'Each connection with calls in flight, quota left and its last failure.',
    answer: listOf(named('Connection')),
    handle: ({ pack }) => Promise.all(connectionsSeen().map((one) => aboutLateRuns(pack, one, wasTold(one)))),
  }),
  route('POST /connections/test', {
    permission: 'ps-connect.configure',
    persons: 'shown',
    summary:
      'Tries a connection as it stands in the form. What is stored or in the environment goes only to the deployed node’s address; for another, `details.typeAnew` names what is to be typed.',
    body: object(
      {},
      {
        type: text('node type'),
        id: text('node id'),
        config: fields('config', 'fields of the form; absent = as deployed'),
        credentials: fields('credentials', 'credentials typed in the form'),
      },
    ),
    answer: named('ConnectionTest'),
    handle: async ({ pack, body: { type = '', id = '', config, credentials } }) => {
      const asked = { type, id, ...(config ? { config } : {}), ...(credentials ? { credentials } : {}) };
      return { ...(await testConnection(asked, AbortSignal.timeout(30_000), pack.engine.store)), notices: certificateNotices() };
    },
  }),
];
