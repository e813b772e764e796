import type { HttpRequest } from './http-call.ts';

/** The body of a request as it is sent; undefined = it has none. `refuse` says why it is not sent. */
export function requestBody(
  { body, headers = {} }: HttpRequest,
  most: number,
  refuse: (code: 'REQUEST_TOO_LARGE' | 'REQUEST_NOT_JSON') => never,
): { text: string; headers: Record<string, string> } | undefined {
  if (body === undefined) return undefined;
  const text = typeof body === 'string' ? body : written(body);
  if (text === undefined) return refuse('REQUEST_NOT_JSON');
  if (text.length > most || Buffer.byteLength(text) > most) return refuse('REQUEST_TOO_LARGE');
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { text, headers: hasType ? {} : { 'Content-Type': 'application/json' } };
}

/** What is nested too deeply, or holds itself, cannot be written. */
function written(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    return undefined;
  }
}
