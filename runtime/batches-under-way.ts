import type { Work } from './action-node.ts';

interface Batch {
  works: Work[];
  /** nothing else is posted meanwhile */
  alone: boolean;
  records: Set<string>;
}

/** While one batch ends, or reads what it needs, the next keeps the connection busy. More would only be held for longer. */
const mostAtOnce = 2;

/** Posts batches in the order in which they come, two at once; one that has a record of another's waits until that is through, so that of each record the last word stands. */
export class BatchesUnderWay {
  private readonly post: (works: Work[]) => Promise<void>;
  private readonly waiting: Batch[] = [];
  private readonly posting = new Set<Batch>();

  constructor(post: (works: Work[]) => Promise<void>) {
    this.post = post;
  }

  add(works: Work[], { alone = false } = {}): void {
    this.waiting.push({ works, alone, records: new Set(works.map(recordOf)) });
    this.begin();
  }

  private begin(): void {
    for (let [next] = this.waiting; next && this.mayBegin(next); [next] = this.waiting) {
      const batch = next;
      this.waiting.shift();
      this.posting.add(batch);
      const over = () => {
        this.posting.delete(batch);
        this.begin();
      };
      // `post` tells its works what went wrong; whatever else it throws must stop neither those behind it nor Node-RED
      void this.post(batch.works).then(over, over);
    }
  }

  private mayBegin({ alone, records }: Batch): boolean {
    if (this.posting.size === 0) return true;
    if (alone || this.posting.size >= mostAtOnce) return false;
    return [...this.posting].every((other) => !other.alone && ![...records].some((record) => other.records.has(record)));
  }
}

/** Systems there are that take ids for one whose case differs. */
function recordOf({ message }: Work): string {
  return String((message.payload as { id?: unknown } | undefined)?.id).toLowerCase();
}
