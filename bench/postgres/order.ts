/** Counts what comes out of order: of a key, a number that is smaller than one that came before it. */
export class OrderCheck {
  inversions = 0;
  /** of a key, two at once */
  overlaps = 0;
  private readonly last = new Map<string, number>();
  private readonly open = new Set<string>();

  begin(key: string, number: number): void {
    if (number < (this.last.get(key) ?? -1)) this.inversions++;
    if (this.open.has(key)) this.overlaps++;
    this.last.set(key, number);
    this.open.add(key);
  }

  end(key: string): void {
    this.open.delete(key);
  }
}
