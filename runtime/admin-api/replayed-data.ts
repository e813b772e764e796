import type { Run } from '../../engine/store/runs.ts';
import { isObject, type Json } from '../../model/json.ts';
import { obstacleIn } from '../../model/storable.ts';
import { messageReceived } from '../message.ts';

/** Why data cannot take the place of what a run began with, in words behind “data”. */
export function unfitForRun({ event, flow, entry }: Run, data: Json): string | undefined {
  const obstacle = obstacleIn(data, 'data');
  if (obstacle) return `${obstacle.field} ${obstacle.is}.`;
  // such a run is delivered as the message that it began with: of a text each letter would be a field
  const isMessage = event.type === messageReceived && event.source === `/node-red/${flow}/${entry}`;
  return isMessage && !isObject(data) ? 'data is not the fields of a message. Give an object, such as {"payload": …}.' : undefined;
}
