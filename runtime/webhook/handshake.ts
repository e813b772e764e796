import type { IncomingHttpHeaders } from 'node:http';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { type Answer, granted, problem } from './answers.ts';

/** Names of senders as they stand in `WebHook-Request-Origin`, or `*`. */
export type AllowedOrigins = readonly string[];

/** A DNS name, of a sender that has none perhaps one word. */
const origin = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

/** As the form has them, parted by commas or blanks. */
export function allowedOrigins(text: string): AllowedOrigins {
  const names = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const odd = names.find((name) => name !== '*' && !origin.test(name));
  if (odd !== undefined)
    throw new Failure({ class: 'contract.invalid', ...inWords('ORIGIN_INVALID', { value: odd }), field: 'allowedOrigins', value: odd });
  return names;
}

/**
 * The question of a sender that asks before its first event whether it may send here (CloudEvents, HTTP 1.1 Web Hooks, "Abuse protection"). It is
 * answered at once: an address for a later answer (`WebHook-Request-Callback`) is never called, since anybody may name any.
 */
export function handshake(headers: IncomingHttpHeaders, allowed: AllowedOrigins): Answer {
  if (allowed.length === 0) return notPost();
  const asked = headers['webhook-request-origin'];
  const name = typeof asked === 'string' ? asked.trim().toLowerCase() : '';
  if (!origin.test(name)) return problem(400, inWords('RECEIVER.no-origin').message);
  const known = allowed.find((one) => one === name) ?? allowed.find((one) => one === '*');
  return known === undefined ? problem(403, inWords('RECEIVER.origin-unknown').message) : granted(known);
}

export function notPost(): Answer {
  return problem(405, inWords('RECEIVER.not-post').message, { headers: { Allow: 'POST' } });
}
