import type { Random } from '../../sandbox/firm/random.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { pause } from './cluster.ts';
import type { Sender } from './sender.ts';
import type { Share } from './streams/all-streams.ts';
import type { Stream } from './streams/stream.ts';

/** Business events, which happen at a steady rate whatever state the instances are in. */
export class Life {
  /** events that happened in a system itself */
  elsewhere = 0;
  private readonly shares: readonly Share[];
  private readonly sandbox: Sandbox;
  private readonly sender: Sender;
  private readonly random: Random;
  private readonly intervalMs: number;
  private readonly counts = new Map<Stream, number>();
  private stopped = false;
  private living: Promise<void> | undefined;

  constructor(
    shares: readonly Share[],
    { sandbox, sender, random, rate }: { sandbox: Sandbox; sender: Sender; random: Random; rate: number },
  ) {
    this.shares = shares;
    this.sandbox = sandbox;
    this.sender = sender;
    this.random = random;
    this.intervalMs = 1_000 / rate;
  }

  begin(): void {
    this.living = this.live();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.living;
  }

  /** How many events of each stream there were. */
  get happened(): Record<string, number> {
    return Object.fromEntries(this.shares.map(({ stream }) => [stream.name, this.counts.get(stream) ?? 0]));
  }

  private async live(): Promise<void> {
    while (!this.stopped) {
      // a sender that is not heard does not pile up letters without an end
      if (this.sender.backlog < 50) this.happen();
      await pause(this.intervalMs);
    }
  }

  private happen(): void {
    const stream = this.next();
    const n = (this.counts.get(stream) ?? 0) + 1;
    this.counts.set(stream, n);
    const letters = stream.happen(this.sandbox, n);
    if (letters.length === 0) this.elsewhere++;
    this.sender.send(letters);
  }

  private next(): Stream {
    let of = this.random.between(1, 100);
    return this.shares.find(({ ofHundred }) => (of -= ofHundred) <= 0)!.stream;
  }
}
