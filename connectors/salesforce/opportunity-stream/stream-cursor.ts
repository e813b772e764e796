import { isObject, type Json } from '../../../model/json.ts';
import { parseCursor, type PollCursor } from '../../salesforce-platform/poll/poll-cursor.ts';

/**
 * How far a stream has been stored. It is a poll's cursor with the place in the stream: whoever asks from now on instead of listening, or the other way
 * round, goes on from where the other was.
 */
export interface StreamCursor extends PollCursor {
  stream?: StreamPlace;
}

export interface StreamPlace {
  channel: string;
  /** opaque bytes, in base64 */
  replay: string;
}

/** A stored cursor; its place counts only for the channel that it is of. */
export function parseStreamCursor(stored: Json | undefined, channel: string): { poll?: PollCursor; place?: StreamPlace } {
  const poll = parseCursor(stored);
  if (!poll || !isObject(stored)) return {};
  const { stream } = stored;
  const isPlace = isObject(stream) && stream['channel'] === channel && typeof stream['replay'] === 'string' && stream['replay'] !== '';
  return { poll, ...(isPlace ? { place: { channel, replay: String(stream['replay']) } } : {}) };
}
