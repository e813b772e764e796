import 'should';
import { mostFrozenMs } from './freezes.ts';
import { mostMemoryMb, playFuzz } from './play.ts';

/** Plays inputs of a seed, or on a busy machine those that it comes to in the time, and finds nothing. */
export async function standHostileInputs(requests: number, seed: number): Promise<void> {
  const lines: string[] = [];
  const report = await playFuzz({ requests, seed, store: 'sqlite', seconds: 240, onProgress: (line) => lines.push(line) });
  const { crashes, unclassified, leaks, admitted, passedOver, frozenMs, memoryMb, findings } = report;
  const found = findings
    // what several inputs do together takes longer the busier the machine is: only what one does alone is told by 200 ms
    .filter(({ kind, numbers }) => kind !== 'frozen' || numbers.length === 1)
    .map(({ kind, what, numbers, input }) => `${kind}: ${what} (--only ${numbers.join(' ')}) ${input}`);
  found.should.deepEqual([], lines.join('\n'));
  const none = { crashes: 0, unclassified: 0, leaks: 0, admitted: 0, passedOver: 0 };
  ({ crashes, unclassified, leaks, admitted, passedOver }).should.deepEqual(none);
  frozenMs.should.be.belowOrEqual(mostFrozenMs * 15);
  memoryMb.should.be.belowOrEqual(mostMemoryMb);
  // a machine that is busy with something else does not come to all of them
  if (report.requests === requests) report.missing.should.deepEqual([], lines.join('\n'));
  else report.requests.should.be.above(requests / 10);
}
