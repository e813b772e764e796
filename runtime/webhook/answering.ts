import type { IncomingMessage, ServerResponse } from 'node:http';

/** What answers one request: most bytes of its body, and how. */
export interface Answering {
  limit: number;
  /** Never throws. */
  serve(request: IncomingMessage, response: ServerResponse): void;
}

/** Whoever answers all that is below a path of its own, below Node-RED's root for HTTP nodes. */
export interface AnsweredBelow {
  /** whether a path is, or may come to be, one of its own: no node may listen there */
  isTheirs(path: string): boolean;
  /** Undefined = nobody answers there. */
  find(method: string, path: string): Answering | undefined;
}
