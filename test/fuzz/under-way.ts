import { type House, houseOf, type Input } from './inputs/input.ts';

/** An input that may have to do with what happened. */
export interface Suspect {
  n: number;
  input: Input;
}

interface Played extends Suspect {
  house: House;
  from: number;
  /** absent = still */
  to?: number;
}

const heavy = 1e6;

/** What was being played when: so that of what happens, those can be named that it may come from. */
export class UnderWay {
  private played: Played[] = [];

  /** Call what is answered when it is over. */
  begin(n: number, input: Input): () => void {
    const entry: Played = { n, input, house: houseOf(input), from: Date.now() };
    this.played.push(entry);
    return () => {
      entry.to = Date.now();
      if (this.played.length > 300) this.forget();
    };
  }

  /** Now, or a moment ago. */
  around(house: House): Suspect[] {
    const now = Date.now();
    // what is heavy may lie in the store and do its work when it is shown
    const since = (each: Suspect) => now - (suspicion(each) >= heavy ? 60_000 : 1_500);
    return this.those(house, (each) => (each.to ?? now) >= since(each));
  }

  during(house: House, from: number, to: number): Suspect[] {
    return this.those(house, (each) => each.from <= to && (each.to ?? to) >= from);
  }

  private those(house: House, which: (each: Played) => boolean): Suspect[] {
    return this.played.filter((each) => each.house === house && which(each)).map(({ n, input }) => ({ n, input }));
  }

  private forget(): void {
    const now = Date.now();
    this.played = this.played.filter((each) => each.to === undefined || each.to > now - (suspicion(each) >= heavy ? 60_000 : 3_000));
  }
}

/** What is likelier to be the cause: what was written to be heavy, then what is large. */
export function suspicion({ input }: Suspect): number {
  const size = 'payload' in input ? input.payload.length : 'body' in input ? (input.body?.length ?? 0) : 0;
  const isHeavy = /deep|long|many|wide|preview|correction|bomb|much|setting|retry-after|shape|attributes/.test(input.family);
  return size + (isHeavy ? heavy : input.kind === 'answer' ? -1e3 : 0);
}
