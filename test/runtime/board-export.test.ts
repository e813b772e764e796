import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { EngagementState } from '../../engine/store/engagements.ts';
import { exportRoutes } from '../../runtime/admin-api/export-routes.ts';
import { quickFolder } from '../quick-folder.ts';

const state = (n: number, updatedAt: number): EngagementState => ({
  ...{ code: `ENG-${n}`, client: 'Nord AG', amount: '0.10', currency: 'EUR' },
  ...{ reached: { won: 1 }, updatedAt },
});

describe('The board that is taken out while it changes', () => {
  it('has every engagement once, also those that are told of meanwhile', async () => {
    const folder = quickFolder('board-export');
    const store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(0);
    const count = 1_700;
    await store.measure({ from: null, to: 1, add: [], engagements: Array.from({ length: count }, (_none, n) => state(n, n + 1)) });
    let asked = 0;
    const read = store.engagements.bind(store);
    // between the pages the oldest, one that was given out already, and a new one are told of
    store.engagements = async (filter) => {
      const rows = await read(filter);
      const told =
        ++asked > 3 ? [] : [state(asked, 5_000 + asked), state(count - asked, 6_000 + asked), state(count + asked, 7_000 + asked)];
      if (told.length > 0) (await store.measure({ from: asked, to: asked + 1, add: [], engagements: told })).should.equal(true);
      return rows;
    };
    const call = {
      ...{ pack: { engine: { store, active: new Map() }, RED: { nodes: { getNode: () => null } }, ready: false }, parameters: {} },
      ...{ caller: { may: ['ps-connect.read'] }, signal: new AbortController().signal, accepts: () => 'application/json' },
    };
    const board = exportRoutes.find(({ path }) => path === '/exports/board')!;
    const { csv, more } = (await board.handle(call as never)) as { csv: string; more: boolean };
    more.should.equal(false);
    const codes = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split('"')[1]);
    should(new Set(codes).size).equal(codes.length);
    codes.should.have.length(count + 3);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
