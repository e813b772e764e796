/**
 * The end of a Node-RED that was told to stop. Its nodes close side by side; when the last of them has finished what it had
 * under way, `giveBack` runs, and only then does Node-RED hear that they are closed, and exits. So the runs are free at once for
 * other instances on the store, or for the next start, instead of after a lease has run out.
 */
export class Departure {
  private readonly giveBack: () => Promise<void>;
  private leaving = false;
  private closing: Promise<unknown>[] = [];
  private left: Promise<void> | undefined;

  constructor(giveBack: () => Promise<void>) {
    this.giveBack = giveBack;
  }

  /** Hears when Node-RED is told to stop: it listens to both (red.js). A process that does not is ended as without us. */
  watch(signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT']): void {
    for (const signal of signals) {
      const hear = () => {
        this.leaving = true;
        if (process.listenerCount(signal) > 1) return;
        process.off(signal, hear);
        process.kill(process.pid, signal);
      };
      process.prependListener(signal, hear);
    }
  }

  /** The process goes on all the same: flows are started again. True when what it had was given back. */
  stay(): boolean {
    const gone = this.left !== undefined;
    this.leaving = false;
    this.closing = [];
    this.left = undefined;
    return gone;
  }

  /** When a node may tell Node-RED that it is closed; `own` = it has finished what it had under way. */
  async after(own: Promise<unknown>): Promise<void> {
    if (!this.leaving) return void (await own.catch(() => undefined));
    this.closing.push(own);
    this.left ??= this.last();
    await this.left;
  }

  private async last(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve)); // all nodes are told to close in one turn
    await Promise.allSettled(this.closing);
    await this.giveBack().catch(() => undefined); // the store may be what failed: the next start recovers the runs
  }
}
