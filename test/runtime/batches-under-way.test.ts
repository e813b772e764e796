import 'should';
import { BatchesUnderWay } from '../../runtime/batches-under-way.ts';
import type { Work } from '../../runtime/action-node.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const works = (...ids: string[]) => ids.map((id) => ({ message: { payload: { id } } }) as unknown as Work);

/** Batches that are posted until they are told to end; what is under way, by the ids of the first lines. */
function posting() {
  const underWay = new Map<string, () => void>();
  const batches = new BatchesUnderWay((batch) => {
    const { id } = batch[0]!.message.payload as { id: string };
    return new Promise<void>((resolve) => underWay.set(id, resolve)).finally(() => underWay.delete(id));
  });
  const end = async (id: string) => {
    underWay.get(id)!();
    await turn();
  };
  return { batches, end, now: () => [...underWay.keys()] };
}

describe('Batches that are posted', () => {
  it('are two at once, the others follow in the order in which they came', async () => {
    const { batches, end, now } = posting();
    for (const id of ['a', 'b', 'c', 'd']) batches.add(works(id));
    now().should.deepEqual(['a', 'b']);
    await end('b');
    now().should.deepEqual(['a', 'c']);
    await end('a');
    now().should.deepEqual(['c', 'd']);
  });

  it('of the same record are posted one after the other, so that the last word stands, and what came later does not overtake them', async () => {
    const { batches, end, now } = posting();
    batches.add(works('a', 'same'));
    batches.add(works('b', 'SAME'));
    batches.add(works('c'));
    now().should.deepEqual(['a']);
    await end('a');
    now().should.deepEqual(['b', 'c']);
  });

  it('of one line that was there when the process died are posted alone', async () => {
    const { batches, end, now } = posting();
    batches.add(works('a'));
    batches.add(works('suspect'), { alone: true });
    batches.add(works('b'));
    now().should.deepEqual(['a']);
    await end('a');
    now().should.deepEqual(['suspect']);
    await end('suspect');
    now().should.deepEqual(['b']);
  });

  it('go on behind one whose posting throws, and nothing is left rejected', async () => {
    const posted: string[] = [];
    const batches = new BatchesUnderWay(async ([work]) => {
      const { id } = work!.message.payload as { id: string };
      posted.push(id);
      if (id === 'bad') throw new Error('not told to anybody');
    });
    for (const id of ['bad', 'BAD', 'good']) batches.add(works(id));
    await new Promise((resolve) => setImmediate(resolve));
    posted.should.deepEqual(['bad', 'BAD', 'good']);
  });
});
