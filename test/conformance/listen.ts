import { Failure } from '../../model/failure.ts';
import type { PollPage } from '../../model/operations.ts';
import type { OperationSample } from '../../sandbox/conformance.ts';
import type { MortalEngine } from './mortal-engine.ts';
import type { Operator } from './operator.ts';

interface Listening {
  engine: MortalEngine;
  operator: Operator;
  options: unknown;
  pages: PollPage[];
  moment: (page: number, when: 'before' | 'after') => void;
  sample: Pick<OperationSample, 'makes' | 'meanwhile'> | undefined;
  load: (given: unknown) => void;
}

/** So many pages without more tell that all that was there before has been read, and that it listens. */
const quietPages = 2;

/** As a source listens: page after page, each stored with the cursor behind it, until all that is to come has come. */
export async function listen({ engine, operator, options, pages, moment, sample, load }: Listening): Promise<void> {
  const { makes = [], meanwhile } = sample ?? {};
  const stored = new Set<string>();
  let [page, attempt, quiet] = [1, 1, 0];
  while (makes.some((name) => !stored.has(name)) || (meanwhile !== undefined && quiet < quietPages)) {
    const deaths = engine.deaths;
    const stop = new AbortController();
    try {
      const stream = operator.stream(await engine.cursor(), options, stop.signal)[Symbol.asyncIterator]();
      // what a process that has died had open is closed by nobody: the end of its stream is not waited for
      for (let next = await stream.next(); !next.done; next = await stream.next()) {
        const { healed: _told, ...read } = next.value;
        pages.push(read);
        moment(page, 'before');
        if (engine.deaths > deaths) break;
        await engine.accept(read.events, read.cursor);
        for (const { subject } of read.events) stored.add(subject);
        moment(page, 'after');
        if (engine.deaths > deaths) break;
        page++;
        if (!read.more && ++quiet === quietPages) load(meanwhile);
        if (quiet >= quietPages && makes.every((name) => stored.has(name))) return;
      }
    } catch (error) {
      const failure = Failure.from(error);
      engine.troubles.push({ event: 'stream', failure, at: engine.clock.now() });
      if (attempt > 8) throw failure;
      engine.pass(failure, attempt++);
    } finally {
      stop.abort();
    }
  }
}
