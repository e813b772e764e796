import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import type { House } from './inputs/input.ts';
import { engagement, timeEntry } from './inputs/samples.ts';
import type { Known as Ids } from './send.ts';

const oftenMs = 800;

/** Runs, dead letters, questions and doubts that a house has at the moment, for inputs that are about one. */
export class Known {
  private lists: Record<'dead' | 'run' | 'approval' | 'effect', string[]> = { dead: [], run: [], approval: [], effect: [] };
  private readAt = 0;
  private turn = 0;

  /** Something to act on from the start: the same events each time, so that an input alone meets what it met in company. */
  async seed(red: FuzzedNodeRed, house: House): Promise<void> {
    const entry = house === 'users' ? 'check-engagement' : 'map';
    for (let index = 0; index < 8; index++) {
      const wrong = { ...engagement(`seed-${index}`), contract: { start: 'never' } };
      red.receive(entry, { _msgid: `seed-${index}`, payload: JSON.stringify(wrong) });
      if (house === 'users')
        red.receive('approval', {
          _msgid: `seed-a${index}`,
          payload: JSON.stringify({ ...timeEntry(`seed-a${index}`), name: 'n', minutes: -1 }),
        });
    }
    for (let tries = 0; tries < 40; tries++) {
      await this.read(red).catch(() => undefined);
      if (this.lists.dead.length >= 8) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async now(red: FuzzedNodeRed): Promise<Ids> {
    if (Date.now() - this.readAt > oftenMs) {
      this.readAt = Date.now();
      // not waited for: what is known now will do
      void this.read(red).catch(() => undefined);
    }
    this.turn++;
    const pick = (name: keyof typeof this.lists) => this.lists[name][this.turn % Math.max(1, this.lists[name].length)];
    return { dead: pick('dead'), run: pick('run'), approval: pick('approval'), effect: pick('effect') };
  }

  private async read(red: FuzzedNodeRed): Promise<void> {
    const [dead, runs, approvals, effects] = await Promise.all([
      red.get<{ id: string }[]>('/dead-letters?limit=40'),
      red.get<{ id: string }[]>('/runs?limit=20'),
      red.get<{ id: string }[]>('/approvals?limit=40'),
      red.get<{ key: string }[]>('/effects?limit=20'),
    ]);
    this.lists = {
      ...{ dead: dead.map(({ id }) => id), run: runs.map(({ id }) => id) },
      ...{ approval: approvals.map(({ id }) => id), effect: effects.map(({ key }) => key) },
    };
  }
}
