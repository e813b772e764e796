import { type Fields, listOf, moment, object, text } from '../schema.ts';

export const apiKeySchemas: Fields = {
  ApiKey: object(
    {
      id: text(),
      consumer: text('the system whose it is'),
      scopes: listOf(text(), 'rights: which APIs it may call'),
      createdAt: moment(),
    },
    { expiresAt: moment(), revokedAt: moment() },
    'By which a consumer calls business APIs; the key itself is nowhere.',
  ),
};
