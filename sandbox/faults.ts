/**
 * A fault to play. Faults are tried in the order they were posted; the first that matches and is not used up is played.
 *
 * - `status`: answer `status` with `body` and `headers`; nothing is applied.
 * - `dropBefore`: close the connection; nothing is applied.
 * - `dropAfter`: apply the request, then close the connection without an answer (answer lost after the commit).
 * - `delay`: wait `delayMs`, then go on as usual.
 * - `expireToken`: forget every access token, then go on (the caller meets the system's own "session expired").
 * - `refuseRecord`: the simulator refuses records whose JSON contains `match.bodyContains`, with `body` as the system's own record error.
 */
export interface Fault {
  kind: 'status' | 'dropBefore' | 'dropAfter' | 'delay' | 'expireToken' | 'refuseRecord';
  match?: {
    method?: string;
    /** regular expression on path with query */
    path?: string;
    bodyContains?: string;
  };
  /** let this many matching requests pass first (default 0) */
  after?: number;
  /** how often it is played (default 1; -1 for ever) */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
}

export class Faults {
  private list: Fault[] = [];

  add(faults: Fault | Fault[]): void {
    this.list.push(...(Array.isArray(faults) ? faults : [faults]).map((fault) => ({ ...fault })));
  }

  clear(): void {
    this.list = [];
  }

  all(): Fault[] {
    return this.list;
  }

  /** The fault to play for this request or record, if any; counts it as played. */
  take(request: { method: string; path: string; body: string }, kinds: (kind: Fault['kind']) => boolean): Fault | undefined {
    for (const fault of this.list) {
      if (!kinds(fault.kind) || !matches(fault, request)) continue;
      if ((fault.after ?? 0) > 0) {
        fault.after = (fault.after ?? 0) - 1;
        continue;
      }
      const times = fault.times ?? 1;
      if (times === 0) continue;
      if (times > 0) fault.times = times - 1;
      return fault;
    }
    return undefined;
  }
}

function matches(fault: Fault, request: { method: string; path: string; body: string }): boolean {
  const match = fault.match ?? {};
  if (match.method && match.method.toUpperCase() !== request.method) return false;
  if (match.path && !new RegExp(match.path).test(request.path)) return false;
  if (match.bodyContains && !request.body.includes(match.bodyContains)) return false;
  return true;
}
