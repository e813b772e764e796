import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { OpportunityStreamOptions } from '../../../model/operations.ts';
import type { HeardRule } from './heard-changes.ts';

export interface StreamSettings {
  channel: string;
  /** `userId`: whom this connection signs in as */
  rule(userId: string | undefined): HeardRule;
}

const changes = '/data/OpportunityChangeEvent';

export function streamSettings({ event, changedFields = [], ignoreOwn }: OpportunityStreamOptions, client: string): StreamSettings {
  const channel = event ? event.channel.trim() : changes;
  if (event && !/^\/event\/\w+__e$/.test(channel)) throw wrong('channel', channel, inWords('CHANNEL_INVALID', { channel }));
  const idField = event?.idField.trim();
  if (idField !== undefined && !/^[A-Za-z]\w*$/.test(idField))
    throw wrong('idField', idField, inWords('EVENT_FIELD_INVALID', { field: idField }));
  const noField = changedFields.find((field) => !/^[A-Za-z]\w*$/.test(field));
  if (noField !== undefined) throw wrong('changedFields', noField, inWords('EVENT_FIELD_INVALID', { field: noField }));
  return {
    channel,
    rule: (userId) => ({
      ...(idField === undefined ? {} : { idField }),
      fields: new Set(changedFields.map((field) => field.toLowerCase())),
      ...(ignoreOwn ? { own: { client, ...(userId ? { userId } : {}) } } : {}),
    }),
  };
}

function wrong(field: string, value: string, said: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...said, system: 'salesforce', field, value });
}
