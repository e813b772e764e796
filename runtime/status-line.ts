import type { Node } from 'node-red';
import type { Clock } from '../engine/clock.ts';
import { shorten } from '../model/contract.ts';
import { lineOf } from './log-line.ts';

type Fill = 'red' | 'green' | 'yellow' | 'blue' | 'grey';
type Shape = 'ring' | 'dot';

/** A node's status, shown at most four times a second: Node-RED sends every change to every open editor. */
export class StatusLine {
  private readonly node: Node;
  private readonly clock: Clock;
  private next: { fill: Fill; shape: Shape; text: string | (() => string) } | undefined;
  private shown = '';
  private waiting = false;

  constructor(node: Node, clock: Clock) {
    this.node = node;
    this.clock = clock;
  }

  /** A text that takes work to make (a translation, for each message) is handed in as a function and made only when it is shown. */
  show(fill: Fill, shape: Shape, text: string | (() => string)): void {
    this.next = { fill, shape, text };
    if (this.waiting) return;
    this.waiting = true;
    this.flush();
    this.clock.after(250, () => {
      this.waiting = false;
      this.flush();
    });
  }

  private flush(): void {
    if (!this.next) return;
    const { fill, shape, text } = this.next;
    const status = { fill, shape, text: shorten(lineOf(typeof text === 'function' ? text() : text), 60) };
    const shown = JSON.stringify(status);
    if (shown === this.shown) return;
    this.shown = shown;
    this.node.status(status);
  }
}
