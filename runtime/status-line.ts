import type { Node, NodeStatus } from 'node-red';
import type { Clock } from '../engine/clock.ts';
import { shorten } from '../model/contract.ts';
import { maskEmails } from '../model/redact.ts';

/** A node's status, shown at most four times a second: Node-RED sends every change to every open editor. */
export class StatusLine {
  private readonly node: Node;
  private readonly clock: Clock;
  private next: NodeStatus | undefined;
  private shown = '';
  private waiting = false;

  constructor(node: Node, clock: Clock) {
    this.node = node;
    this.clock = clock;
  }

  show(fill: 'red' | 'green' | 'yellow' | 'blue' | 'grey', shape: 'ring' | 'dot', text: string): void {
    this.next = { fill, shape, text: shorten(maskEmails(text), 60) };
    if (this.waiting) return;
    this.waiting = true;
    this.flush();
    this.clock.after(250, () => {
      this.waiting = false;
      this.flush();
    });
  }

  private flush(): void {
    const text = JSON.stringify(this.next);
    if (!this.next || text === this.shown) return;
    this.shown = text;
    this.node.status(this.next);
  }
}
