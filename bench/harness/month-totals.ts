/** What rows add up to, by entity and currency, in whole numbers: how many, their minutes, and money in smallest units (of time: rate × minutes, so that nothing is rounded). */
export type MonthTotals = Record<string, string>;

export class TotalsOfMonth {
  private readonly sums = new Map<string, { count: number; minutes: number; money: bigint }>();

  add(kind: 'time' | 'expense', entity: string, currency: string, { minutes, minor }: { minutes: number; minor: number }): void {
    const key = `${kind} ${entity} ${currency}`;
    let sum = this.sums.get(key);
    if (!sum) this.sums.set(key, (sum = { count: 0, minutes: 0, money: 0n }));
    sum.count++;
    if (kind === 'time') sum.minutes += minutes;
    sum.money += BigInt(minor) * (kind === 'time' ? BigInt(minutes) : 1n);
  }

  get all(): MonthTotals {
    return Object.fromEntries([...this.sums].map(([key, { count, minutes, money }]) => [key, `${count} ${minutes} ${money}`]));
  }
}
