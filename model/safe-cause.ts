import { withoutSecrets } from './known-secrets.ts';

const longestMessage = 500;
const mostFrames = 12;
/** chains of causes end here */
const deepest = 3;

/**
 * What may go with a failure of the error behind it: name, code, message, and where in the code it was. The errors of libraries carry the
 * whole request (address, headers, body, with password and token), connection settings, sockets; a Catch node and a debug node would show it all.
 */
class SafeCause extends Error {
  readonly code?: string;

  constructor(name: string, code: string | undefined, message: string, frames: string[], cause: SafeCause | undefined) {
    super(message, cause && { cause });
    // not enumerable, as in every error
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
    Object.defineProperty(this, 'stack', { value: [`${name}: ${message}`, ...frames].join('\n'), configurable: true, writable: true });
    if (code !== undefined) this.code = code;
  }
}

/** The error behind a failure as it may leave; `undefined` for what is no error. */
export function safeCause(error: unknown, depth = 1): Error | undefined {
  if (error instanceof SafeCause) return error;
  if (!(error instanceof Error)) return undefined;
  const inner = depth < deepest ? safeCause(error.cause, depth + 1) : undefined;
  return new SafeCause(
    short(error.name, 100) ?? 'Error',
    short((error as { code?: unknown }).code, 100),
    short(error.message, longestMessage) ?? '',
    framesOf(error.stack),
    inner,
  );
}

/** Cleaned before it is cut: half a secret would not be known again. */
function short(value: unknown, letters: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return withoutSecrets(String(value).slice(0, 20_000)).slice(0, letters).toWellFormed();
}

/** The places alone: what stands before them is the message. */
function framesOf(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  return stack
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => /^ {4}at .{1,400}$/.test(line))
    .slice(0, mostFrames)
    .map(withoutSecrets);
}
