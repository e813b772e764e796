import type { IncomingMessage, ServerResponse } from 'node:http';

export type Next = (error?: unknown) => void;
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => unknown;

/** What is used of Node-RED's Express 4 apps. */
export interface App {
  path(): string;
  use(layer: Middleware): void;
  all(path: RegExp, ...layers: Middleware[]): void;
  /** that it is mounted in */
  parent?: App;
  _router?: { stack: { handle?: unknown; route?: { path: unknown; methods: Record<string, boolean> } }[] };
}
