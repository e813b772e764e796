import 'should';
import type { Run, RunFilter } from '../../engine/store/runs.ts';
import { replayRoutes } from '../../runtime/admin-api/replay-routes.ts';
import type { Call, Route } from '../../runtime/admin-api/route.ts';
import { runRoutes } from '../../runtime/admin-api/run-routes.ts';

/** More runs than anybody waits for; whoever has asked leaves while the first page of them is read. */
class EndlessRuns {
  readonly caller = new AbortController();
  pages = 0;
  replayed = 0;
  private readonly store = {
    runs: ({ before = 1_000_000, limit }: RunFilter): Promise<Run[]> => {
      this.pages++;
      this.caller.abort();
      return Promise.resolve(Array.from({ length: limit }, (_, n) => run(before - 1 - n)));
    },
    replay: () => Promise.resolve(++this.replayed > 0),
  };

  ask(routes: Route[], path: string, more: object): Promise<unknown> {
    const route = routes.find((one) => one.path === path)!;
    const engine = { store: this.store, active: new Map(), clock: { now: () => 0 }, wake: () => undefined, emit: () => true };
    const pack = { engine, ready: false, RED: { nodes: { getNode: () => null } } };
    const call = { pack, parameters: {}, body: {}, actor: 'bo', caller: { may: ['ps-connect.read'] }, signal: this.caller.signal, ...more };
    return route.handle(call as unknown as Call);
  }
}

const run = (seq: number) =>
  ({ id: `r${seq}`, seq, status: 'dead', entry: 'in', event: { subject: `a${seq}@firm.example`, key: 'k', data: {} } }) as unknown as Run;

describe('Whoever asks and leaves before there is an answer', () => {
  it('has no list made of page after page of which nothing may be shown', async () => {
    const runs = new EndlessRuns();
    await runs.ask(runRoutes, '/runs', { parameters: { search: 'firm.example9', limit: 50 } }).should.be.rejected();
    runs.pages.should.equal(1);
  });

  it('has nothing replayed of what had to be looked for', async () => {
    const runs = new EndlessRuns();
    await runs.ask(replayRoutes, '/replays', {}).should.be.rejected();
    runs.should.have.properties({ pages: 1, replayed: 0 });
  });
});
