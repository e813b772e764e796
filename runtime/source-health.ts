import type { Failure } from '../model/failure.ts';
import type { PackNode } from './pack-node.ts';

/**
 * Keeps in the store whether a source can read, so that an alert learns it, whichever instance it looks from: written when it changes. Where the store
 * is what fails, that is told elsewhere.
 */
export class SourceHealth {
  private readonly base: PackNode;
  private told: string | undefined;

  constructor(base: PackNode) {
    this.base = base;
  }

  fails(failure: Failure): void {
    const { id, flow, policy, pack } = this.base;
    this.tell(`${failure.class} ${failure.code}`, () =>
      pack.engine.store.sourceFails({ source: id, flow, severity: policy.severity, failure: failure.toJSON() }, pack.clock.now()),
    );
  }

  /** It reads; or it is gone from the flows, and nobody tries any more. */
  reads(): void {
    const { id, pack } = this.base;
    this.tell('reads', () => pack.engine.store.sourceReads(id));
  }

  /** Another instance tries now: what it has told since is not known here. */
  elsewhere(): void {
    this.told = undefined;
  }

  private tell(what: string, write: () => Promise<void>): void {
    if (this.told === what) return;
    this.told = what;
    void Promise.resolve()
      .then(write)
      .then(() => this.base.pack.engine.emit('news'))
      .catch(() => (this.told = undefined));
  }
}
