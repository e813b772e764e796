/** What nobody else uses at the moment: one input at a time has the systems of a lane to itself. */
export class Lanes {
  private readonly free: number[];
  private readonly waiting: ((lane: number) => void)[] = [];

  constructor(free: number[]) {
    this.free = free;
  }

  take(): Promise<number> {
    const lane = this.free.shift();
    return lane === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(lane);
  }

  release(lane: number): void {
    const next = this.waiting.shift();
    if (next) next(lane);
    else this.free.push(lane);
  }
}
