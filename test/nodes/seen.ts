import type { EventEmitter } from 'node:events';
import type { Node } from 'node-red';
import type { Message } from '../../runtime/message.ts';

export interface Status {
  fill?: string;
  shape?: string;
  text?: string;
}

/** A line of Node-RED's log. */
export interface Logged {
  level: number;
  id?: string;
  msg: unknown;
}

/** What a flow has shown since it was loaded. */
export class Seen {
  /** run ids, in order of arrival */
  readonly runs = new Set<string>();
  /** by node id, oldest first */
  readonly statuses = new Map<string, Status[]>();
  logged: Logged[] = [];
  private readonly messages = new Map<string, Message[]>();
  private readonly onStatus = ({ id, status }: { id: string; status: Status }) => {
    this.statuses.set(id, [...(this.statuses.get(id) ?? []), status]);
  };

  watch(events: EventEmitter): void {
    events.on('node-status', this.onStatus);
  }

  stop(events: EventEmitter): void {
    events.off('node-status', this.onStatus);
  }

  /** Takes down what arrives at a node of the test. */
  collect(id: string, node: Node): void {
    const arrived: Message[] = [];
    this.messages.set(id, arrived);
    node.on('input', (message) => void arrived.push(message));
  }

  at(id: string): Message[] {
    return this.messages.get(id) ?? [];
  }

  toString(): string {
    const arrived = [...this.messages].map(([id, { length }]) => `${id}: ${length}`);
    const shown = [...this.statuses].map(([id, all]) => `${id}: ${all.map(({ text }) => text).join(' / ')}`);
    return [...arrived, ...shown].join('\n');
  }
}
