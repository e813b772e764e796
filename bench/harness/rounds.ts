import { type Spread, spreadOf } from './spread.ts';

export interface Compared<One> {
  ours: One[];
  peer: One[];
}

/**
 * Measures two sides by turns, so that whatever else the machine does falls on both; who begins changes from round to
 * round. One turn of each comes first and is thrown away: it warms the code and the connections.
 */
export async function byTurns<One>(rounds: number, ours: () => Promise<One>, peer: () => Promise<One>): Promise<Compared<One>> {
  const compared: Compared<One> = { ours: [], peer: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const side of round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      const measured = await (side === 'ours' ? ours() : peer());
      if (round > 0) compared[side].push(measured);
    }
  }
  return compared;
}

/** Ours by theirs, round for round. */
export function ratios<One>({ ours, peer }: Compared<One>, figure: (one: One) => number): Spread {
  return spreadOf(ours.map((one, round) => figure(one) / figure(peer[round]!)));
}
