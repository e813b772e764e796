/** days with figures without which nothing is foretold */
const leastDays = 5;
/** the last ones that tell: what was half a year ago does not go on */
const mostDays = 60;
/** the middle of the next seven */
const ahead = 4;

/**
 * Where days go, four days ahead of the last, if they go on as most of them do; never less than nothing. `x` in days, in order. The line of
 * Theil and Sen, the middle of all slopes between two days: one deal that lay for a month does not bend it, as it would one of least squares.
 */
export function forecastOf(days: readonly { x: number; y: number }[]): number | undefined {
  const last = days.slice(-mostDays);
  if (last.length < leastDays) return undefined;
  const slope = middle(last.flatMap((from, place) => last.slice(place + 1).map((to) => (to.y - from.y) / (to.x - from.x))));
  const level = middle(last.map(({ x, y }) => y - slope * x));
  return Math.max(0, level + slope * (last.at(-1)!.x + ahead));
}

function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
