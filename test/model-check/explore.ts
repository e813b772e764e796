import { allRest, brokenAtEnd, brokenNow, brokenWhenIdle } from './properties.ts';
import type { Scenario } from './scenario.ts';
import type { Choice } from './steps.ts';
import { type Subject, World } from './world.ts';

export interface Violation {
  scenario: string;
  what: string;
  /** what happened, step by step */
  trace: string[];
}

export interface Exploration {
  scenario: string;
  executions: number;
  /** distinct states met */
  states: number;
  /** transitions between them, those repeated to get back to a state not counted */
  transitions: number;
  deepest: number;
  /** false when a bound ended the exploration before everything was seen */
  complete: boolean;
  violation?: Violation;
}

export interface Bounds {
  executions: number;
  /** wall-clock, as a last resort; results do not depend on it as long as it is not reached */
  milliseconds?: number;
  /** take every order of steps again even when the state was met before: to check the pruning itself */
  prune?: boolean;
  /** instead of every sequence, take random ones from this seed: finds a seeded bug sooner */
  random?: number;
}

const longestTrace = 600;

/**
 * Stateless model checking: runs the real code again and again, each time along another sequence of decisions, depth
 * first, until every sequence within the fault budget was taken. A sequence is given up where it meets a state from
 * which everything was explored already.
 */
export async function explore(subject: Subject, scenario: Scenario, bounds: Bounds): Promise<Exploration> {
  const seen = new Set<number>();
  const path: { taken: number; of: number; state: number }[] = [];
  const result: Exploration = { scenario: scenario.name, executions: 0, states: 0, transitions: 0, deepest: 0, complete: false };
  const ends = Date.now() + (bounds.milliseconds ?? 3_600_000);
  const restore = takeTurnsOver();
  try {
    while (result.executions < bounds.executions && Date.now() < ends) {
      result.executions++;
      const violation = await execute(subject, scenario, path, seen, result, bounds.prune ?? true, restore);
      if (violation) return { ...result, violation, states: seen.size };
      while (path.length > 0 && path.at(-1)!.taken + 1 >= path.at(-1)!.of) path.pop();
      const last = path.at(-1);
      if (!last) {
        result.complete = true;
        break;
      }
      last.taken++;
      if (result.executions % 64 === 0) await restore.breathe();
    }
    return { ...result, states: seen.size };
  } finally {
    restore.giveBack();
  }
}

/** Random executions, each to its end; stops at the first violation. */
export async function wander(subject: Subject, scenario: Scenario, bounds: Bounds): Promise<Exploration> {
  const result: Exploration = { scenario: scenario.name, executions: 0, states: 0, transitions: 0, deepest: 0, complete: false };
  const random = seeded(bounds.random ?? 1);
  const turns = takeTurnsOver();
  try {
    while (result.executions < bounds.executions) {
      result.executions++;
      const world = createWorld(subject, scenario, turns);
      await world.begin();
      const trace: string[] = [];
      const broken = (what: string): Exploration => ({ ...result, violation: { scenario: scenario.name, what, trace } });
      try {
        for (;;) {
          const choices = world.choices();
          const over = isOver(world, choices);
          const idle = !over && choices[0]?.label === 'time passes';
          const what = over ? await brokenAtEnd(world) : idle ? brokenWhenIdle(world) : undefined;
          if (what) return broken(what);
          const offered = over ? choices.filter(isAct) : choices;
          if (offered.length === 0 && !over) return broken('nothing can happen any more, and not every run has ended');
          if (trace.length >= longestTrace) return broken('it does not come to an end');
          const ordinary = offered.filter(({ cost }) => cost === 0);
          const choice = pick(likely(ordinary.length > 0 && random() < 0.75 ? ordinary : offered, random), random);
          if (!choice) break;
          trace.push(choice.label);
          await world.take(choice);
          const now = brokenNow(world);
          if (now) return broken(now);
        }
      } finally {
        world.place.remove();
      }
      if (result.executions % 64 === 0) await turns.breathe();
    }
    return result;
  } finally {
    turns.giveBack();
  }
}

/** Nothing is left to happen but faults, acts of persons and time. */
function isOver(world: World, choices: Choice[]): boolean {
  return choices.every(({ label, cost }) => cost > 0 || label === 'time passes') && allRest(world);
}

const isAct = ({ label }: Choice) => label.startsWith('a person');

/** A frozen process mostly stays so while others have something to do, or it would never be taken over. */
function likely(choices: Choice[], random: () => number): Choice[] {
  const others = choices.filter(({ label }) => !label.endsWith('is thawed'));
  return others.length > 0 && random() < 0.95 ? others : choices;
}

const pick = <T>(list: T[], random: () => number): T | undefined => list[Math.floor(random() * list.length)];

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One execution: along the path, then the ordinary course to the end, which extends the path. */
async function execute(
  subject: Subject,
  scenario: Scenario,
  path: { taken: number; of: number; state: number }[],
  seen: Set<number>,
  result: Exploration,
  prune: boolean,
  turns: { of(world: World | undefined): void },
): Promise<Violation | undefined> {
  const world = createWorld(subject, scenario, turns);
  const trace: string[] = [];
  const broken = (what: string | undefined) => (what === undefined ? undefined : { scenario: scenario.name, what, trace });
  await world.begin();
  try {
    for (let depth = 0; ; depth++) {
      const choices = world.choices();
      const known = path[depth];
      const over = isOver(world, choices);
      const offered = over ? choices.filter(isAct) : choices;
      if (over) {
        const what = await brokenAtEnd(world);
        if (what) return broken(what);
      }
      if (!known) {
        if (choices[0]?.label === 'time passes' && !over) {
          const what = brokenWhenIdle(world);
          if (what) return broken(what);
        }
        const state = hashOf(world.summary());
        const again = seen.has(state);
        if (again && path.some((decision) => decision.state === state)) return broken('the same goes on for ever');
        if ((again && prune) || offered.length === 0) {
          if (!again && !over) return broken('nothing can happen any more, and not every run has ended');
          seen.add(state);
          return undefined;
        }
        seen.add(state);
        if (depth >= longestTrace) return broken('it does not come to an end');
        path.push({ taken: 0, of: offered.length, state });
        result.deepest = Math.max(result.deepest, path.length);
      }
      const choice = offered[path[depth]!.taken];
      if (!choice || path[depth]!.of !== offered.length) throw new Error(`The execution is not deterministic at: ${trace.join(' → ')}`);
      trace.push(choice.label);
      if (depth === path.length - 1) result.transitions++;
      await world.take(choice);
      if (depth < path.length - 1) continue; // was looked at before
      const what = brokenNow(world);
      if (what) return broken(what);
    }
  } finally {
    world.place.remove();
  }
}

function createWorld(subject: Subject, scenario: Scenario, turns: { of(world: World | undefined): void }): World {
  turns.of(undefined); // what the last execution left behind is not ours
  const world = new World(subject, scenario);
  turns.of(world);
  return world;
}

/** While we explore, `setImmediate` is a step like any other, and the machine's own clock stands still. */
export function takeTurnsOver() {
  const real = globalThis.setImmediate;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // failures are made by the thousand
  performance.now = () => 0; // the embedded store measures how long the disk takes; here it takes no time
  let world: World | undefined;
  const early: (() => void)[] = [];
  globalThis.setImmediate = ((callback: () => void) => {
    if (world) world.steps.turn(callback);
    else early.push(callback);
    return undefined;
  }) as unknown as typeof setImmediate;
  return {
    of(next: World | undefined) {
      world = next;
      const callbacks = early.splice(0);
      if (next) for (const callback of callbacks) next.steps.turn(callback);
    },
    /** lets the machine's own event loop go on */
    breathe: () => new Promise<void>((resolve) => real(() => resolve())),
    giveBack() {
      globalThis.setImmediate = real;
      Error.stackTraceLimit = stackTraceLimit;
      delete (performance as { now?: unknown }).now; // what the prototype has comes to light again
    },
  };
}

/** cyrb53: 53 bits, enough for some million states */
function hashOf(text: string): number {
  let left = 0xdeadbeef;
  let right = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    left = Math.imul(left ^ code, 2654435761);
    right = Math.imul(right ^ code, 1597334677);
  }
  left = Math.imul(left ^ (left >>> 16), 2246822507) ^ Math.imul(right ^ (right >>> 13), 3266489909);
  right = Math.imul(right ^ (right >>> 16), 2246822507) ^ Math.imul(left ^ (left >>> 13), 3266489909);
  return 4294967296 * (2097151 & right) + (left >>> 0);
}
