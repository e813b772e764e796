import type { Standing } from '../engine/store/runs.ts';
import { type OpenAt, openAt } from './open-runs-at.ts';
import type { PackNode } from './pack-node.ts';

export interface RestingLook {
  /** whether the node does nothing that it should show instead */
  isFree?(): boolean;
  /** what counts as open at this node; absent = what failed or waits there */
  open?(standing: readonly Standing[]): OpenAt;
  /** what is said of runs that wait; absent = that they do */
  waiting?(base: PackNode, count: number): string;
  /** why a part of what it does is not to be had until somebody has corrected it */
  trouble?(): string | undefined;
  /** said when nothing is open; absent = that it is ready */
  ready?(): string;
}

/** What a node shows while it does nothing: how many dead letters and waiting runs are at it now, or that it is ready. */
export class RestingStatus {
  private readonly base: PackNode;
  private readonly look: RestingLook;
  private open: OpenAt = { dead: 0, waiting: 0 };
  private hasShown = false;

  constructor(base: PackNode, look: RestingLook) {
    this.base = base;
    this.look = look;
    const stop = base.pack.openRuns.watch((standing) => {
      this.open = (look.open ?? ((all) => openAt(all, base.id)))(standing);
      const isOpen = this.open.dead + this.open.waiting > 0;
      // a node at which nothing has happened shows nothing
      if ((isOpen || this.hasShown) && look.isFree?.() !== false && !base.stopping.signal.aborted) this.show();
    });
    base.node.on('close', stop);
  }

  /** Something has been shown: when nothing is open any more, that is said too. */
  touch(): void {
    this.hasShown = true;
  }

  /** The same for who has shown something else meanwhile: where nothing has happened nothing is shown. */
  settle(): void {
    if (this.hasShown && this.look.isFree?.() !== false && !this.base.stopping.signal.aborted) this.show();
  }

  show(): void {
    this.hasShown = true;
    const { base, look, open } = this;
    const message = look.trouble?.();
    if (open.dead > 0) {
      base.status.show('red', 'dot', () => base.words('status.deadLetters', { count: open.dead }));
    } else if (message !== undefined) {
      base.status.show('red', 'ring', () => base.words('status.paused', { message }));
    } else if (open.waiting > 0) {
      const said = () => look.waiting?.(base, open.waiting) ?? base.words('status.waitingRuns', { count: open.waiting });
      base.status.show('yellow', 'ring', said);
    } else base.status.show('green', 'ring', look.ready ?? (() => base.words('status.ready')));
  }
}
