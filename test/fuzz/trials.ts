import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import type { House } from './inputs/input.ts';
import { Known } from './known.ts';
import type { Testbed } from './testbed.ts';
import { type Suspect, suspicion } from './under-way.ts';

/** What an input did, tried alone. */
export interface Trial {
  died: boolean;
  heldMs: number;
}

export interface Culprit extends Suspect {
  heldMs: number;
}

export interface TrialOptions {
  testbed: Testbed;
  perform(red: FuzzedNodeRed, known: Known, suspect: Suspect): Promise<unknown>;
  heard(node: string, text: string): void;
}

const mostMs = 45_000;
const eachMs = 9_000;
const atOnce = 8;

/** Tries suspects one by one in a house of their own: what happens there is not a finding of its own. */
export class Trials {
  private readonly options: TrialOptions;
  private turn: Promise<unknown> = Promise.resolve();
  private going = 0;

  constructor(options: TrialOptions) {
    this.options = options;
  }

  get underWay(): boolean {
    return this.going > 0;
  }

  /** Which of these does it alone, the likeliest first; undefined when none does, or the time for it is over. */
  culprit(house: House, suspects: Suspect[], shows: (trial: Trial) => boolean): Promise<Culprit | undefined> {
    if (suspects.length === 0) return Promise.resolve(undefined);
    const found = this.turn.then(async () => {
      this.going++;
      return this.tryEach(house, suspects, shows).finally(() => this.going--);
    });
    this.turn = found.catch(() => undefined);
    return found.catch(() => undefined);
  }

  /** Some at a time first: most are none. */
  private async tryEach(house: House, suspects: Suspect[], shows: (trial: Trial) => boolean): Promise<Culprit | undefined> {
    const deadline = performance.now() + mostMs;
    const likeliest = suspects.toSorted((one, other) => suspicion(other) - suspicion(one));
    let room: Room | undefined;
    const play = async (some: Suspect[]): Promise<Trial> => {
      if (room?.trial.died) await room.red.end();
      if (!room || room.trial.died) room = await this.room(house);
      return this.play(room, some, shows);
    };
    try {
      for (let from = 0; from < likeliest.length && performance.now() < deadline; from += atOnce) {
        const some = likeliest.slice(from, from + atOnce);
        if (some.length > 1 && !shows(await play(some))) continue;
        for (const suspect of some) {
          if (performance.now() > deadline) return undefined;
          const { heldMs, ...trial } = await play([suspect]);
          if (shows({ heldMs, ...trial })) return { ...suspect, heldMs };
        }
      }
      return undefined;
    } finally {
      await room?.red.end();
    }
  }

  private async room(house: House): Promise<Room> {
    const trial: Trial = { died: false, heldMs: 0 };
    const ignore = () => undefined;
    const red = await this.options.testbed.open(house, {
      ...{ size: ignore, log: ignore },
      heard: (node, text) => this.options.heard(node, text),
      held: ({ held, worked }) => (trial.heldMs = Math.max(trial.heldMs, Math.min(held, worked + 20))),
      gone: () => (trial.died = true),
    });
    const known = new Known();
    await known.seed(red, house);
    return { red, known, trial };
  }

  /** What they do, one after the other. */
  private async play({ red, known, trial }: Room, suspects: Suspect[], shows: (trial: Trial) => boolean): Promise<Trial> {
    trial.heldMs = 0;
    for (const suspect of suspects) {
      await Promise.race([this.options.perform(red, known, suspect).catch(() => undefined), goneOf(trial), later(eachMs)]);
      if (trial.died) break;
    }
    for (let waited = 0; waited < 400 && !shows(trial); waited += 50) await later(50);
    if (await stillHeld(red, trial)) await Promise.race([goneOf(trial), later(eachMs)]);
    return { ...trial };
  }
}

/** Where they are tried, and what has happened there since the last began. */
interface Room {
  red: FuzzedNodeRed;
  known: Known;
  trial: Trial;
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function goneOf(trial: Trial): Promise<void> {
  while (!trial.died) await later(50);
}

/** It does not answer at once: something still works in it. */
async function stillHeld(red: FuzzedNodeRed, trial: Trial): Promise<boolean> {
  if (trial.died) return false;
  // what an analyst would look at: some faults wait in the store until it is shown
  const looked = Promise.all(['/runs?limit=500', '/dead-letters', '/approvals', '/effects'].map((path) => red.get(path)));
  return Promise.race([
    looked.then(
      () => false,
      () => true,
    ),
    later(1_500).then(() => true),
  ]);
}
