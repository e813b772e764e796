import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { startPostgres } from '../../test/engine/embedded-postgres.ts';
import { untilDone } from '../harness/done-runs.ts';
import { startEffectServer } from '../harness/effect-server.ts';
import { countedIngest, durableThreeEffects, storedIngest, tenFunctions } from '../harness/flows.ts';
import { load } from '../harness/load.ts';
import { type FlowNode, MeasuredNodeRed } from '../harness/node-red.ts';
import type { Palette } from '../harness/palette.ts';
import { copyOf, storeWithPast } from '../harness/past-runs.ts';
import { pumped } from '../harness/pumped.ts';

/** One of the two checkouts that are compared. */
export interface Product {
  root: string;
  palette: Palette;
}

/** What one turn took: the same number of messages on both sides. */
export interface Turn {
  perSecond: number;
  /** CPU time of the process that runs Node-RED, all its threads, until the last message was through */
  cpuMsEach: number;
}

/** A process of one side, ready to take its turns. */
export interface Side {
  turn(): Promise<Turn>;
  stop(): Promise<void>;
}

export interface Throughput {
  name: string;
  about: string;
  /** what both sides share, and how one of them is started */
  prepare(): Promise<{ start(product: Product): Promise<Side>; end(): Promise<void> }>;
}

const nothing = () => Promise.resolve();

/** The rates of which none may become dear: those of the benchmark that count messages. */
export const throughputs: readonly Throughput[] = [
  {
    name: 'acknowledged',
    about: 'signed events stored and acknowledged, 64 connections',
    prepare: () =>
      Promise.resolve({ start: (product) => side(product, storedIngest, (nodeRed) => sent(nodeRed, 'events', 1_500)), end: nothing }),
  },
  {
    name: 'delivered',
    about: 'signed events stored, acknowledged, delivered to a function node and done',
    prepare: () => Promise.resolve({ start: (product) => deliveredTo(product), end: nothing }),
  },
  {
    name: 'three-effects',
    about: 'http in → three writes as effects of a durable run → http response',
    prepare: async () => {
      const system = await startEffectServer();
      return {
        start: (product) => side(product, durableThreeEffects(system.url), (nodeRed) => sent(nodeRed, 'run', 300)),
        end: () => system.stop(),
      };
    },
  },
  {
    name: 'history',
    about: 'that flow with 1,000,000 ended runs in the store',
    prepare: async () => {
      const system = await startEffectServer();
      const stores = new Map<string, string>();
      return {
        async start(product) {
          const store = stores.get(product.root) ?? copyOf(await storeWithPast(1_000_000, product.root));
          stores.set(product.root, store);
          return side(product, durableThreeEffects(system.url), (nodeRed) => sent(nodeRed, 'run', 300), store);
        },
        async end() {
          await system.stop();
          for (const store of stores.values()) rmSync(dirname(store), { recursive: true, force: true });
        },
      };
    },
  },
  {
    name: 'tracking.others',
    about: 'messages of no run through ten function nodes',
    prepare: () =>
      Promise.resolve({ start: (product) => side(product, tenFunctions(true), (nodeRed) => pumped(nodeRed, 2_000)), end: nothing }),
  },
  {
    name: 'tracking.runs',
    about: 'messages of a run through ten function nodes',
    prepare: () =>
      Promise.resolve({
        start: (product) => side(product, tenFunctions(true), (nodeRed) => pumped(nodeRed, 2_000, 'by a run')),
        end: nothing,
      }),
  },
  {
    name: 'postgres',
    about: 'as delivered, on the shared store; the CPU time is that of Node-RED, without the server',
    prepare: async () => {
      const database = await startPostgres();
      let schemas = 0;
      return { start: (product) => deliveredTo(product, `${database.url}?schema=against_${++schemas}`), end: () => database.remove() };
    },
  },
];

async function side(
  product: Product,
  flows: readonly FlowNode[],
  turn: (nodeRed: MeasuredNodeRed) => Promise<Turn>,
  store?: string,
): Promise<Side> {
  const { plain, pack } = product.palette;
  const nodeRed = await MeasuredNodeRed.start({ flows, palettes: [plain, pack], ...(store ? { store } : {}) });
  return { turn: () => turn(nodeRed), stop: () => nodeRed.stop() };
}

async function sent(nodeRed: MeasuredNodeRed, path: string, amount: number, through: () => Promise<unknown> = nothing): Promise<Turn> {
  const before = await nodeRed.sample();
  const began = performance.now();
  await load({ url: `${nodeRed.url}/${path}`, amount });
  await through();
  const ms = performance.now() - began;
  const after = await nodeRed.sample();
  return { perSecond: amount / (ms / 1_000), cpuMsEach: (after.cpuMs - before.cpuMs) / amount };
}

function deliveredTo(product: Product, store?: string): Promise<Side> {
  const amount = 1_000;
  let expected = 0;
  const turn = (nodeRed: MeasuredNodeRed) => {
    expected += amount;
    return sent(nodeRed, 'events', amount, async () => {
      await nodeRed.ask(`/counted/${expected}`, 'POST');
      await untilDone(nodeRed, expected);
    });
  };
  return side(product, countedIngest, turn, store);
}
