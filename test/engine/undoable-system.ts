import type { Undo } from '../../engine/compensation.ts';
import { Failure } from '../../model/failure.ts';
import type { Effects, Write } from '../../model/operations.ts';

/** A system whose records can be made and taken back; it lives on when the caller dies. */
export class UndoableSystem {
  /** records that are there, in the order in which they were made */
  readonly records: string[] = [];
  /** every request that changed something */
  readonly log: string[] = [];
  /** what the next request about a record comes to, instead of well */
  readonly fates = new Map<string, ('down' | 'refused' | 'answer lost')[]>();

  write(key: string, more: Partial<Write<{ id: string }>> = {}): Write<{ id: string }> {
    return {
      key,
      title: `Record ${key}`,
      request: { key },
      settle: 'probe',
      undo: { key },
      probe: async () => (this.records.includes(key) ? { id: key } : undefined),
      send: async () => {
        this.meet(key);
        this.records.push(key);
        this.log.push(`make ${key}`);
        this.lose(key);
        return { id: key };
      },
      ...more,
    };
  }

  readonly undo: Undo = async (effect, { effects }) => {
    const key = effect.business;
    await effects.write<{ gone: boolean }>({
      key: `undo ${key}`,
      title: `Undo of ${effect.title}`,
      request: { key },
      settle: 'probe',
      probe: async () => (this.records.includes(key) ? undefined : { gone: true }),
      send: async () => {
        this.meet(`undo ${key}`);
        if (!this.records.includes(key)) throw new Error(`${key} was taken back twice`);
        this.records.splice(this.records.indexOf(key), 1);
        this.log.push(`undo ${key}`);
        this.lose(`undo ${key}`);
        return { gone: true };
      },
    });
  };

  /** Makes these one after the other. */
  async make(effects: Effects, ...keys: string[]): Promise<void> {
    for (const key of keys) await effects.write(this.write(key));
  }

  private meet(what: string): void {
    const [fate] = this.fates.get(what) ?? [];
    if (fate === undefined || fate === 'answer lost') return;
    this.fates.get(what)?.shift();
    if (fate === 'down') throw new Failure({ class: 'transient.unavailable', code: 'HTTP_503', message: 'Down.', outcome: 'not-made' });
    throw new Failure({ class: 'business.rejected', code: 'IN_USE', message: `${what}: in use.` });
  }

  private lose(what: string): void {
    if (this.fates.get(what)?.[0] !== 'answer lost') return;
    this.fates.get(what)?.shift();
    throw new Failure({ class: 'transient.timeout', code: 'NO_ANSWER', message: 'No answer.', outcome: 'unknown' });
  }
}
