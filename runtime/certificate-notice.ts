import type { Words } from '../model/failure-sentence.ts';
import { inWords } from '../model/failure-words.ts';

/** Something about this Node-RED that whoever looks after it must know. */
export interface Notice {
  code: string;
  message: string;
  remedy: string;
  words: Words;
}

/**
 * Node.js can be told to trust every certificate. Our own connections do not follow (connectors/http/checked-agent.ts), but all other
 * nodes do. Asked anew each time: the variable may be set by a node too.
 */
export function certificateNotices(environment: NodeJS.ProcessEnv = process.env): Notice[] {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return [];
  return [inWords('CERTIFICATES_NOT_CHECKED')];
}
