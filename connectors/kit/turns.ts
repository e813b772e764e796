import { unlessAborted } from '../http/unless-aborted.ts';

/** What is done to one record by its name comes one after the other, in the order in which it is asked; to different records at once. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  async take<Result>(name: string, work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const before = this.last.get(name) ?? Promise.resolve();
    let over = () => {};
    const own = new Promise<void>((resolve) => (over = resolve));
    // who gives up while waiting does not let the next one go first
    const mine = before.then(() => own);
    this.last.set(name, mine);
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      over();
      if (this.last.get(name) === mine) this.last.delete(name);
    }
  }
}
