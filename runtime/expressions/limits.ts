/** What an expression may take; README, docs/operations.md and each failure name these numbers. */
export const limits = {
  /** characters of its text */
  text: 50_000,
  /** steps that are worked out at once, in Node-RED's own thread: some 30 ms on a slow machine */
  steps: 250_000,
  /** characters of a text that is made there */
  directText: 1_000_000,
  /** ms; what takes longer than the steps above is worked out in a process of its own, and ended after so long */
  timeMs: 5_000,
  /** heap of that process */
  memoryMb: 256,
  /** calls inside each other there */
  depth: 50_000,
  /** items of a list that is made there */
  sequence: 2_000_000,
  /** parts (values, fields) of what goes there and of what comes back */
  parts: 200_000,
  /** levels of what goes there and of what comes back */
  levels: 100,
  /** characters of what goes there and of what comes back */
  characters: 16_000_000,
  /** expressions that wait for that process */
  waiting: 2_000,
} as const;
