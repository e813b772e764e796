import { createHash } from 'node:crypto';
import { typedConfig } from '../../../declarations/typed-config.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import { isTooLong } from '../../../model/storable.ts';
import { isUriReference } from '../../../model/uri.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { toldValue } from '../../../runtime/message-parts.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { eventType: type, eventSource: source, eventId } = typedConfig(declaration, base.config);
  if (type === '' || isTooLong(type)) throw unfit('eventType', type);
  if (!isUriReference(source) || isTooLong(source)) throw unfit('eventSource', source);
  const read = { subject: messageValue(base, 'subject'), data: messageValue(base, 'data') };
  const { node, pack, id: nodeId } = base;
  pack.eventChannels.set(nodeId, { name: base.config.name || node.type, does: 'sends', type, source });
  node.on('close', () => void pack.eventChannels.delete(nodeId));
  const readId = eventId.trim() === '' ? undefined : messageValue(base, 'eventId');
  return async (message, { active, effects, signal }) => {
    const subject = attribute('subject', await read.subject(message));
    const data = toldValue(await read.data(message), 'data');
    const { run } = active;
    const id = readId ? attribute('eventId', await readId(message)) : idOf([run.id, base.id, type, subject, data]);
    const receiver = base.operation('event.publish');
    const event = { id, source, type, subject, time: run.event.time, data };
    const published = await receiver.run(event, { effects: effects(receiver.system), signal });
    return withResult(message, 'event.publish', published);
  };
});

/** A number is as good a business id as a text. */
function attribute(field: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.trim() === '' || isTooLong(text))
    throw wrongInput(field, value, inWords('INPUT_WRONG.attribute', { field }));
  return text;
}

/** The same for every delivery of the run, and another for each event that the run tells. */
function idOf(parts: Json[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function unfit(field: string, value: string): Failure {
  return new Failure({ class: 'contract.invalid', ...inWords('EVENT_ATTRIBUTE_UNFIT', { field }), field, value });
}
