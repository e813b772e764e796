import type { ActiveRun } from './active-run.ts';
import type { Run } from './store/runs.ts';

/** JSON of the events of the runs under way, in characters: the objects made of it take up to thirty times as much memory, and each copy takes it again. */
const mostUnderWay = 8_000_000;
/** the same with the runs that are held in batches */
const mostInMemory = 64_000_000;
/** So many runs are under way at once whatever their events: one large event that waits for a slow system does not hold up all others. */
const fewest = 8;

/**
 * Whether one more delivery may wait for a time that lies far ahead. Those that are held count as active: no more than half of what there is room for may
 * be, or nothing else would be delivered until then.
 */
export function mayBeHeld(active: Iterable<ActiveRun>, maxActive: number): boolean {
  let count = 0;
  let length = 0;
  for (const { held, run } of active) {
    if (held === 0) continue;
    count++;
    length += run.eventLength ?? 0;
  }
  return count < maxActive / 2 && length < mostInMemory / 2;
}

/** How many more runs may be under way. What has an end is their number, and the memory that their events take. */
export class Room {
  private moving = 0;
  private runs: number;
  private length: number;

  constructor(active: Iterable<ActiveRun>, most: { concurrency: number; maxActive: number }) {
    let all = 0;
    let length = 0;
    let movingLength = 0;
    for (const { held, run } of active) {
      all++;
      length += run.eventLength ?? 0;
      if (held > 0) continue;
      this.moving++;
      movingLength += run.eventLength ?? 0;
    }
    this.runs = Math.min(most.concurrency - this.moving, most.maxActive - all);
    this.length = Math.min(mostUnderWay - movingLength, mostInMemory - length);
  }

  get isFull(): boolean {
    return this.left <= 0;
  }

  private get left(): number {
    return this.length > 0 ? this.runs : Math.min(this.runs, fewest - this.moving);
  }

  /** @param most runs to be taken */
  async fill(claim: (limit: number, upTo?: number) => Promise<Run[]>, most = Infinity): Promise<Run[]> {
    const limit = Math.min(most, this.left);
    if (limit <= 0) return [];
    const { length } = this;
    const taken = await (length > 0 ? claim(limit, length) : claim(limit));
    this.moving += taken.length;
    this.runs -= taken.length;
    for (const { eventLength = 0 } of taken) this.length -= eventLength;
    // it may have stopped for their length, and some may be taken all the same
    if (length > 0 && this.length <= 0) taken.push(...(await this.fill(claim, most - taken.length)));
    return taken;
  }
}
