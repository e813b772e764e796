import { createHmac } from 'node:crypto';
import type { Random } from '../../sandbox/firm/random.ts';
import type { Letter } from './streams/stream.ts';

/** Between two attempts to have a letter acknowledged, milliseconds. */
const retryMs = 100;
/** So many letters are on their way at once. */
const concurrency = 8;

export const senderSecret = `whsec_${Buffer.from('the secret of the chaos, long enough').toString('base64')}`;

interface Chain {
  letters: Letter[];
  /** of something already acknowledged */
  repeated: boolean;
}

/**
 * A sender that delivers at least once: it repeats each letter, to whichever instance, until it is acknowledged; what hangs
 * together it sends in order. Some of what was acknowledged it sends again later, and chains overtake each other.
 */
export class Sender {
  acked = 0;
  /** letters that were acknowledged before, and sent again */
  repeated = 0;
  /** answers that say that the letter is at fault: there must be none */
  readonly refused: string[] = [];
  private readonly addresses: () => string[];
  private readonly random: Random;
  private waiting: Chain[] = [];
  private later: Chain[] = [];
  private underWay = 0;
  private ended = false;

  /** @param addresses of the instances, `http://127.0.0.1:1880`; asked for each attempt */
  constructor(addresses: () => string[], random: Random) {
    this.addresses = addresses;
    this.random = random;
  }

  /** Chains that are not acknowledged yet. */
  get backlog(): number {
    return this.waiting.length + this.underWay;
  }

  send(letters: Letter[]): void {
    if (letters.length === 0) return;
    this.waiting.push({ letters, repeated: false });
    if (this.later.length > 0 && this.random.chance(15)) this.waiting.push(this.later.shift()!);
    this.pump();
  }

  /** Repeats what was put aside for later; nothing is put aside any more. */
  finish(): void {
    this.ended = true;
    this.waiting.push(...this.later);
    this.later = [];
    this.pump();
  }

  private pump(): void {
    while (this.underWay < concurrency && this.waiting.length > 0) {
      // now and then a later chain overtakes
      const at = this.random.chance(30) ? this.random.between(0, this.waiting.length - 1) : 0;
      const [chain] = this.waiting.splice(at, 1);
      this.underWay++;
      void this.deliver(chain!).finally(() => {
        this.underWay--;
        this.pump();
      });
    }
  }

  private async deliver({ letters, repeated }: Chain): Promise<void> {
    for (const letter of letters) {
      while (!(await this.attempt(letter))) await new Promise((resolve) => setTimeout(resolve, retryMs));
      if (repeated) this.repeated++;
      else this.acked++;
    }
    if (!repeated && !this.ended && this.random.chance(20)) this.later.push({ letters: this.random.shuffled(letters), repeated: true });
  }

  /** True when it is acknowledged. */
  private async attempt(letter: Letter): Promise<boolean> {
    const address = this.random.pick(this.addresses());
    const body = JSON.stringify({
      ...{ specversion: '1.0', id: letter.id, source: '/chaos', type: 'com.psconnect.chaos', subject: letter.subject },
      ...{ datacontenttype: 'application/json', data: letter.data },
    });
    try {
      const response = await fetch(`${address}/${letter.path}`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/cloudevents+json', ...signed(letter.id, body) },
        signal: AbortSignal.timeout(5_000),
      });
      const text = await response.text();
      if (response.ok) return true;
      if (response.status !== 429 && response.status < 500) this.refused.push(`${response.status} ${text.slice(0, 200)}`);
      return false;
    } catch {
      return false; // not reached, or cut off: nobody knows whether it was stored
    }
  }
}

function signed(id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(senderSecret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
