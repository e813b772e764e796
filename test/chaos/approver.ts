import type { Random } from '../../sandbox/firm/random.ts';
import { pause } from './cluster.ts';
import type { MortalNodeRed } from './mortal-node-red.ts';
import type { Question } from './streams/stream.ts';

/** What a person says to a question; nothing, to one that is not theirs. */
export type Decide = (question: Question) => 'approve' | 'reject' | undefined;

/** People who look at whichever instance answers for what flows ask them, again and again, and say what they think of it until it is decided. */
export class Approver {
  private readonly instances: () => MortalNodeRed[];
  private readonly random: Random;
  private readonly decide: Decide;
  private stopped = false;
  private looking: Promise<void> | undefined;

  constructor(instances: () => MortalNodeRed[], random: Random, decide: Decide) {
    this.instances = instances;
    this.random = random;
    this.decide = decide;
  }

  begin(): void {
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      const living = this.instances().filter(({ alive }) => alive);
      // whoever is away or dies meanwhile is asked again, as a page is loaded again
      if (living.length > 0) await this.answerAll(this.random.pick(living)).catch(() => undefined);
      await pause(300);
    }
  }

  private async answerAll({ url }: MortalNodeRed): Promise<void> {
    const api = `${url}/ps-connect/api/v1/approvals`;
    const asked = await fetch(`${api}?limit=500`, { signal: AbortSignal.timeout(2_000) });
    if (!asked.ok) return;
    for (const question of (await asked.json()) as Question[]) {
      const verdict = this.decide(question);
      if (verdict === undefined) continue;
      await fetch(`${api}/${question.id}/${verdict}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ reason: 'as it was shown' }),
        signal: AbortSignal.timeout(2_000),
      });
    }
  }
}
