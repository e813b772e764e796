import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Effects, Write } from '../../model/operations.ts';

interface Entry {
  state: 'intended' | 'done' | 'rejected';
  result?: Json;
  request: Json;
  /** epoch ms of the send */
  at?: number;
  /** a look before the send found nothing at all */
  absent?: boolean;
}

/** What a test may let happen at a write; `crash` is the process dying at that point. */
export interface Crash {
  /** the n-th send of this store's life, counting from 1 */
  atSend: number;
  when: 'before-send' | 'after-send';
}

export class ProcessDied extends Error {}

/**
 * Effects as the engine keeps them, without its store: intent before the call, result after; a finished effect answers its stored
 * result; one whose outcome is unknown is settled before anything is sent again.
 */
export class InMemoryEffects implements Effects {
  readonly entries = new Map<string, Entry>();
  /** keys in the order in which they were sent */
  readonly sent: string[] = [];
  readonly probed: string[] = [];
  crash: Crash | undefined;

  async write<Result extends Json>(write: Write<Result>): Promise<Result> {
    const known = this.entries.get(write.key);
    if (known?.state === 'done') return known.result as Result;
    if (known?.state === 'intended') {
      if (write.settle === 'person') throw new Failure({ class: 'internal', code: 'IN_DOUBT', message: `${write.title} needs a person.` });
      if (write.settle === 'probe') {
        const found = await this.probe(write);
        if (found !== undefined) return this.done(write, found);
        const left = (known.at ?? 0) + (write.settleAfterMs ?? 0) - Date.now();
        if (left > 0)
          throw new Failure({ class: 'transient.unavailable', code: 'NOT_SETTLED_YET', message: 'too early', retryAfterMs: left });
      }
    } else if (write.lookFirst) {
      const found = await this.probe(write);
      if (found !== undefined) return this.done(write, found);
    }
    const own = known?.state === 'intended' && known.absent === true;
    const absent = own || (write.lookFirst === true && !write.wasThere?.());
    this.entries.set(write.key, { state: 'intended', request: write.request, at: Date.now(), absent });
    this.sent.push(write.key);
    this.die('before-send');
    let result: Result;
    try {
      result = await write.send({ again: known?.state === 'intended', own });
    } catch (error) {
      const failure = Failure.from(error);
      if (failure.outcome === 'not-made') this.entries.set(write.key, { state: 'rejected', request: write.request });
      throw failure;
    }
    this.die('after-send');
    return this.done(write, result);
  }

  private async probe<Result extends Json>(write: Write<Result>): Promise<Result | undefined> {
    if (!write.probe) throw new Error(`${write.key} settles by a probe but has none`);
    this.probed.push(write.key);
    return write.probe();
  }

  private done<Result extends Json>(write: Write<Result>, result: Result): Result {
    // through JSON text, as a store would keep it
    this.entries.set(write.key, { state: 'done', request: write.request, result: JSON.parse(JSON.stringify(result)) as Json });
    return result;
  }

  private die(when: Crash['when']): void {
    if (this.crash?.when === when && this.crash.atSend === this.sent.length)
      throw new ProcessDied(`process died ${when} ${this.sent.at(-1)}`);
  }
}
