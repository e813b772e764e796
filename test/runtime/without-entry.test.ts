import 'should';
import type { Pack } from '../../runtime/pack.ts';
import { withoutEntryNotices } from '../../runtime/admin-api/without-entry.ts';

describe('What is said of runs that wait for nodes which are not there', () => {
  const saying = async (open: Record<string, number>) => {
    const store = {
      openEntries: async () => Object.keys(open),
      backlog: async (node: string, most: number) => Math.min(open[node]!, most),
    };
    const pack = { ready: true, engine: { delivers: () => false, store } } as unknown as Pack;
    return (await withoutEntryNotices(pack))[0]!.message;
  };

  it('is how many, and of very many that there are more', async () => {
    (await saying({ n1: 7, n2: 100_000 })).should.match(/n1 \(7\) and n2 \(100,000\)\.$/);
    (await saying({ n1: 250_000 })).should.match(/n1 \(more than 100,000\)\.$/);
  });

  it('is said of ten nodes by name, and of the others how many they are', async () => {
    const open = Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`n${n}`, 1]));
    (await saying(open)).should.match(/n9 \(1\) and 3 more nodes\.$/);
  });
});
