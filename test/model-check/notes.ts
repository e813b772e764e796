/** What a process has learned and not stored, told by what it is about: what its code holds in variables follows from it. */
export class Notes {
  private readonly lines = new Map<string, { text: string; at: number[] }[]>();

  add(about: string, text: string, at: number[]): void {
    this.lines.set(about, [...(this.lines.get(about) ?? []), { text, at }]);
  }

  /** Nothing in the process goes on that could still know of it. */
  forget(isOver: (about: string) => boolean): void {
    for (const about of [...this.lines.keys()]) if (isOver(about)) this.lines.delete(about);
  }

  /** Independent of the order in which different things were learned. */
  summary(now: number): unknown {
    return [...this.lines].map(([about, lines]) => [about, lines.map(({ text, at }) => [text, ...at.map((time) => time - now)])]).sort();
  }
}
