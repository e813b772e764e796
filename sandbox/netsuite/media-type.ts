import type { Request, Response } from 'express';
import { invalidContent, NetSuiteError } from './netsuite-error.ts';

/** Answers carry the vendor's media types: `application/vnd.oracle.resource+json; type=singular|collection|error`. */
export function sendJson(response: Response, kind: 'singular' | 'collection' | 'error', body: unknown): void {
  response.setHeader('Content-Type', `application/vnd.oracle.resource+json; type=${kind}; charset=UTF-8`);
  response.end(JSON.stringify(body));
}

export function sendError(response: Response, error: NetSuiteError): void {
  response.status(error.status);
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  sendJson(response, 'error', error.body());
}

export function isCollection(request: Request): boolean {
  return /^application\/vnd\.oracle\.resource\+json;.*type=collection/i.test(request.headers['content-type'] ?? '');
}

export function jsonBody(request: Request & { rawBody?: string }): unknown {
  const type = request.headers['content-type'];
  if (type !== undefined && !/^application\/(json|vnd\.oracle\.resource\+json)/i.test(type)) {
    throw new NetSuiteError(415, [
      { detail: `Unsupported media type: ${type}.`, 'o:errorCode': 'INVALID_HEADER', 'o:errorHeader': 'Content-Type' },
    ]);
  }
  try {
    return JSON.parse(request.rawBody || '{}') as unknown;
  } catch {
    throw new NetSuiteError(400, [invalidContent('Invalid JSON in the request body.')]);
  }
}
