import { phrase } from '../../model/failure-words.ts';
import { Failure } from '../../model/failure.ts';
import type { EventToPublish, OperationContext, PublishedEvent } from '../../model/operations.ts';
import type { ReceiverApi } from './wire.ts';

/**
 * Posts one CloudEvent in structured mode. Sent again it has the same source and id, by which a receiver knows that it is the same
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#id): a doubt is settled by sending once more.
 */
export async function publishEvent(
  api: ReceiverApi,
  event: EventToPublish,
  { effects, signal }: OperationContext,
): Promise<PublishedEvent> {
  const { id, source, type, subject, time, data } = event;
  const envelope = {
    specversion: '1.0',
    id,
    source,
    type,
    ...(subject === undefined ? {} : { subject }),
    time,
    datacontenttype: 'application/json',
    data,
  };
  try {
    return await effects.write({
      key: `event ${id}`,
      title: phrase('WRITE.event', { type, subject: subject ?? id }),
      request: envelope,
      settle: 'repeat',
      send: async () => ({ id, status: await api.post(id, JSON.stringify(envelope), signal) }),
    });
  } catch (error) {
    const failure = Failure.from(error);
    // a receiver need not say what it does not like: what it takes, it decides by the type as a rule
    const named = failure.class === 'business.rejected' && failure.field === undefined ? { field: 'type', value: type } : {};
    throw failure.with({ record: phrase('RECORD.event', { subject: subject ?? id }), ...named });
  }
}
