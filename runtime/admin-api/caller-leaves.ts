import type { Response } from 'express';

/** Aborted when whoever asked closes the connection before there is an answer. */
export function callerLeaves(response: Response): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}
