import type { ApiKey } from '../../engine/store/api-keys.ts';
import { inWords } from '../../model/failure-words.ts';
import { eventDocument } from '../event-channels.ts';
import { nodeRoot } from '../webhook/free-path.ts';
import { newApiKey } from '../business-api/api-key.ts';
import { reason, reasonIn } from './reason.ts';
import { ApiProblem, type Route, route } from './route.ts';
import { json, listOf, named, object, says, text, wholeNumber } from './schema.ts';

/** Keys that may be used at once, of all consumers. */
const mostKeys = 1_000;
const dayMs = 86_400_000;

const consumerSays = says(inWords('API.key-consumer'));
const scopeSays = says(inWords('API.key-scope'));

export const businessApiRoutes: Route[] = [
  route('GET /business-apis/document', {
    permission: 'ps-connect.read',
    persons: 'shown', // there are none: it speaks of fields, and of what they are called
    summary: 'OpenAPI 3.1 description of the business APIs that the flows offer, as they are deployed.',
    answer: object({ openapi: text(), info: json(), servers: json(), paths: json(), components: json() }),
    handle: async ({ pack }) => pack.businessApis.document() as never,
  }),
  route('GET /business-events/document', {
    permission: 'ps-connect.read',
    persons: 'shown', // there are none: it speaks of fields, and of what they are called
    summary: 'AsyncAPI 3.0 description of the events that the flows take in and tell, as they are deployed.',
    answer: object({
      ...{
        asyncapi: text(),
        info: json(),
        defaultContentType: text(),
        servers: json(),
        channels: json(),
        operations: json(),
        components: json(),
      },
    }),
    handle: async ({ pack }) => eventDocument(pack.RED, pack.eventChannels, nodeRoot(pack.RED)) as never,
  }),
  route('GET /api-keys', {
    permission: 'ps-connect.configure',
    persons: 'shown',
    summary: 'Keys of those who call business APIs, in the order in which they were made: whose, for what and until when, never the key.',
    answer: listOf(named('ApiKey')),
    handle: async ({ pack }) => (await pack.engine.store.apiKeys()).map(told),
  }),
  route('POST /api-keys', {
    permission: 'ps-connect.configure',
    persons: 'shown',
    summary:
      'Makes a key for a consumer. It is in this answer and never again. To change a key, make a second one, and revoke the first when nobody uses it.',
    body: object(
      {
        consumer: text('the system that calls, not a person', {
          ...{ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9 ._/-]*$' },
          'x-says': { required: consumerSays, type: consumerSays, minLength: consumerSays, maxLength: consumerSays, pattern: consumerSays },
        }),
        scopes: listOf(
          text('', {
            maxLength: 100,
            pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]*$',
            'x-says': { maxLength: scopeSays, pattern: scopeSays, type: scopeSays },
          }),
          'rights: which APIs it may call',
          { minItems: 1, maxItems: 100, 'x-says': { required: scopeSays, type: scopeSays, minItems: scopeSays, maxItems: scopeSays } },
        ),
      },
      { days: wholeNumber('so many days until it ends', { minimum: 1, maximum: 3_650, default: 365 }), reason },
    ),
    answer: object({ id: text(), key: text('for the header X-API-Key: keep it, it cannot be shown again') }),
    problems: { 409: 'There are too many keys' },
    handle: async ({ pack, body, actor }) => {
      const { store } = pack.engine;
      const now = pack.clock.now();
      const { consumer, scopes, days = 365 } = body;
      const inUse = (await store.apiKeys()).filter(({ revokedAt, expiresAt = Infinity }) => revokedAt === undefined && expiresAt > now);
      if (inUse.length >= mostKeys) throw new ApiProblem(409, inWords('API.keys-many', { most: mostKeys }));
      const { id, hash, key } = newApiKey();
      await store.addApiKey(
        { id, hash, consumer, scopes: [...new Set(scopes)], expiresAt: now + days * dayMs },
        { actor, ...reasonIn(body) },
        now,
      );
      pack.businessApis.keys.changed();
      return { id, key };
    },
  }),
  route('POST /api-keys/:id/revoke', {
    permission: 'ps-connect.configure',
    summary: 'Revokes a key for good: calls with it are refused, at other Node-REDs on the store within five seconds.',
    parameters: { id: text('id of the key') },
    body: object({}, { reason }),
    answer: object({ revoked: { const: true } }),
    problems: { 404: 'There is no such key that is not revoked' },
    handle: async ({ pack, parameters: { id }, body, actor }) => {
      const revoked = await pack.engine.store.revokeApiKey(id, { actor, ...reasonIn(body) }, pack.clock.now());
      if (!revoked) throw new ApiProblem(404, inWords('API.no-key'));
      pack.businessApis.keys.changed();
      return { revoked: true };
    },
  }),
];

/** Without its hash: nobody has a use for it. */
const told = ({ hash: _hash, ...key }: ApiKey) => key;
