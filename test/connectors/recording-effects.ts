import type { Json } from '../../model/json.ts';
import type { Connector, Effects, UndoneWrite, Write } from '../../model/operations.ts';
import { InMemoryEffects } from './in-memory-effects.ts';

/** Effects that remember what each write really made keeps for its undoing. */
export class RecordingEffects implements Effects {
  readonly inner = new InMemoryEffects();
  readonly made: UndoneWrite[] = [];

  async write<Result extends Json>(write: Write<Result>): Promise<Result> {
    const sentBefore = this.inner.sent.length;
    const result = await this.inner.write(write);
    const sent = this.inner.sent.slice(sentBefore).includes(write.key);
    if (sent && write.undo !== undefined && write.undo !== null) {
      this.made.push({ business: write.key, title: write.title, undo: write.undo, result: JSON.parse(JSON.stringify(result)) as Json });
    }
    return result;
  }

  /** Takes everything back, the newest first. */
  async undoAll(connector: Connector, effects: Effects = new InMemoryEffects()): Promise<void> {
    const context = { effects, signal: new AbortController().signal };
    for (const write of this.made.toReversed()) await connector.undo?.(write, context);
  }
}
