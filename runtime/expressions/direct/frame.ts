import type { Value } from './values.ts';

/** Names and what they stand for, inside those of the frame around. */
export class Frame {
  private readonly around: Frame | undefined;
  private names: Map<string, Value> | undefined;

  constructor(around?: Frame) {
    this.around = around;
  }

  bind(name: string, value: Value): void {
    (this.names ??= new Map()).set(name, value);
  }

  lookup(name: string): Value {
    for (let frame: Frame | undefined = this; frame; frame = frame.around) {
      if (frame.names?.has(name)) return frame.names.get(name);
    }
    return undefined;
  }
}
