/**
 * The time that one call may take from its sending to the last byte of its answer. What is quiet for long is over by that too, and so is an
 * answer that comes drop by drop for ever. Ends also when the caller gives up.
 */
export class CallTime {
  isOver = false;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly caller: AbortSignal | undefined;
  private readonly give = () => this.controller.abort();

  constructor(ms: number, caller?: AbortSignal) {
    this.caller = caller;
    if (caller?.aborted) this.give();
    else caller?.addEventListener('abort', this.give, { once: true });
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort();
    }, ms);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  end(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.give);
  }
}
