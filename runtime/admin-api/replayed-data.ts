import type { Run } from '../../engine/store/runs.ts';
import { inexactNumber } from '../../model/exact-json.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { isObject, type Json } from '../../model/json.ts';
import { obstacleIn, wordsOfObstacle } from '../../model/storable.ts';
import { messageReceived } from '../message.ts';

/** Why data cannot take the place of what a run began with. */
export function unfitForRun(run: Run, data: Json): FailureText | undefined {
  const obstacle = obstacleIn(data, 'data');
  if (obstacle) return inWords('DATA_NOT_STORABLE', { field: obstacle.field, obstacle: wordsOfObstacle(obstacle) });
  const number = inexactNumber(JSON.stringify(data), JSON.stringify(run.event.data));
  if (number !== undefined) return inWords('EVENT_DATA.digits', { field: 'data', number: number.slice(0, 40) });
  // of a text each letter would be a field
  return beganAsMessage(run) && !isObject(data) ? inWords('API.no-message') : undefined;
}

/** Whether a run is delivered as the message that it began with. */
export function beganAsMessage({ event, flow, entry }: Run): boolean {
  return event.type === messageReceived && event.source === `/node-red/${flow}/${entry}`;
}
