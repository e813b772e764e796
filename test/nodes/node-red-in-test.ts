import type { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Run } from '../../engine/store/runs.ts';
import type { Pack } from '../../runtime/pack.ts';
import { root } from '../build/built-pack.ts';
import { until } from '../until.ts';
import { type Logged, Seen } from './seen.ts';
import { TestTimers } from './test-timers.ts';

export type FlowNode = Record<string, unknown> & { id: string; type: string };
type NodeSet = (RED: NodeAPI) => void;

const load = createRequire(import.meta.url);
const { name: packageName, 'node-red': listed } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  'node-red': { nodes: Record<string, string>; plugins: Record<string, string> };
};
const redPath = load.resolve('node-red');
const RED = load('node-red') as { hooks: { remove(name: string): void } };
const { events, i18n } = createRequire(redPath)('@node-red/util') as {
  events: EventEmitter;
  i18n: { _: NodeAPI['_']; registerMessageCatalogs(catalogs: { namespace: string; dir: string; file: string }[]): Promise<unknown> };
};

/**
 * Node-RED by its own test helper, with the built sets that package.json lists, loaded as Node-RED loads them: the plugin first, once. The
 * store is in a folder of its own. The helper gives nodes neither hooks nor words; both are given here as Node-RED gives them.
 */
export class NodeRedInTest {
  readonly timers = new TestTimers();
  pack!: Pack;
  seen = new Seen();
  private readonly folder = mkdtempSync(join(tmpdir(), 'psconnect-nodes-'));
  private readonly listening = listenersOf(events, process);
  private red: NodeAPI | undefined;
  private giveClockBack: (() => void) | undefined;
  private loaded = false;

  static async start(): Promise<NodeRedInTest> {
    const test = new NodeRedInTest();
    try {
      await test.begin();
    } catch (error) {
      await test.end(); // the next file of this process is to find it as it was
      throw error;
    }
    return test;
  }

  private async begin(): Promise<void> {
    helper.init(redPath);
    helper.settings({ userDir: this.folder, psConnect: { store: join(this.folder, 'store.sqlite'), drainMs: 1_000 } });
    await helper.startServer();
    const dir = join(root, 'dist/locales');
    await i18n.registerMessageCatalogs(
      [...Object.keys(listed.nodes), ...Object.keys(listed.plugins)].map((type) => ({
        namespace: `${packageName}/${type}`,
        dir,
        file: `${type}.json`,
      })),
    );
    await this.load([{ id: 'tab', type: 'tab', label: 'empty' }]);
    await this.unload();
  }

  /** Deploys a flow; resolves when the pack is ready. */
  async load(flow: FlowNode[], credentials: Record<string, object> = {}): Promise<void> {
    const sets = Object.entries(listed.nodes).filter(([type]) => flow.some((node) => node.type === type));
    this.seen = new Seen();
    this.seen.watch(events);
    this.loaded = true;
    await helper.load([(red) => this.asNodeRedDoes(red), ...sets.map(([, file]) => load(join(root, file)) as NodeSet)], flow, credentials);
    for (const { id, type } of flow) if (type === 'helper') this.seen.collect(id, helper.getNode(id)!);
    await until(
      () => this.pack.ready,
      () => `the pack is not ready: ${this.pack.trouble?.message ?? ''}`,
      30,
    );
  }

  async unload(): Promise<void> {
    if (!this.loaded) return;
    this.loaded = false;
    this.seen.logged = helper.log().args.map(([entry]) => entry);
    await helper.unload();
    this.seen.stop(events);
  }

  node(id: string) {
    const found = helper.getNode(id);
    if (!found) throw new Error(`there is no node ${id}`);
    return found;
  }

  /** Hands a message to a node, as a wire would. */
  receive(id: string, message: object): void {
    this.node(id).receive(message as never);
  }

  /** What Node-RED has logged as an error or a warning of a node since the flow was loaded. */
  said(id: string): string[] {
    return this.logged((entry) => entry.id === id);
  }

  private logged(which: (entry: Logged) => boolean = () => true): string[] {
    const entries = this.loaded ? helper.log().args.map(([entry]) => entry) : this.seen.logged;
    return entries.filter((entry) => entry.level <= 30 && which(entry)).map(({ msg }) => textOf(msg));
  }

  /** Where this Node-RED answers: its admin API, and the paths of nodes that listen. */
  get url(): string {
    return helper.url();
  }

  /** A status is held back for a moment, and so is the look at what is open: nobody waits for that here. */
  letStatusPass(): void {
    this.timers.pass(250);
    this.timers.pass(500);
  }

  /** Asks the pack's admin API. */
  async ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/ps-connect/api/v1${path}`, {
      ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Waits for a condition; what the flow has shown is told when it does not come true. */
  async until(condition: () => boolean | Promise<boolean>, words: string | (() => string), seconds = 30): Promise<void> {
    await until(
      condition,
      () => `waited in vain until ${typeof words === 'string' ? words : words()}\n${this.seen}\n${this.logged().join('\n')}`,
      seconds,
    );
  }

  /** Waits until so many runs have ended one way or another since the flow was loaded, and answers them. */
  async ended(count = 1): Promise<Run[]> {
    const { store } = this.pack.engine;
    let over: Run[] = [];
    await this.until(async () => {
      const runs = await Promise.all([...this.seen.runs].map((id) => store.run(id)));
      over = runs.filter((run) => run !== undefined).filter(({ status }) => ['done', 'dead', 'cancelled'].includes(status));
      return over.length >= count;
    }, `${count} runs have ended`);
    return over;
  }

  /** What is there of the nodes that are deployed: timers of the pack, and who listens. */
  traces(): Record<string, unknown> {
    const { engine, sources, openRuns } = this.pack;
    const { listeners: told } = this.pack as unknown as { listeners: Set<unknown> };
    const { entries } = engine as unknown as { entries: Map<string, unknown> };
    const {
      listeners: watching,
      counting,
      looking,
    } = openRuns as unknown as Record<'listeners' | 'counting', Set<unknown>> & { looking: boolean };
    const heard = engine.eventNames().map((name) => `${String(name)} ${engine.listenerCount(name)}`);
    return {
      // those of a look at the store, or short, are gone by themselves
      timers: looking ? 'one more look' : this.timers.lengths.filter((ms) => ms > 1_000),
      heard: heard.sort(),
      sources: sources.size,
      entries: [...entries.keys()],
      watching: watching.size + counting.size,
      told: told.size,
    };
  }

  /** Gives everything back, so that the next file begins anew in the same process. */
  async end(): Promise<void> {
    await this.unload();
    await this.pack?.engine.close();
    this.giveClockBack?.();
    RED.hooks.remove('*.psConnect');
    forget(this.listening, events, process);
    const dist = join(root, 'dist');
    for (const file of Object.keys(load.cache)) if (file.startsWith(dist)) delete load.cache[file];
    await helper.stopServer();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private asNodeRedDoes(red: NodeAPI): void {
    Object.assign(red, { _: i18n._, hooks: RED.hooks });
    if (this.red) return;
    this.red = red;
    const core = load(join(root, 'dist/core.js')) as { 'runtime/pack.ts': { packOf(RED: NodeAPI): Pack } };
    this.pack = core['runtime/pack.ts'].packOf(red);
    this.giveClockBack = this.timers.take(this.pack.clock);
    this.pack.engine.on('accepted', (runs) => runs.forEach((run) => this.seen.runs.add(run)));
    for (const file of Object.values(listed.plugins)) (load(join(root, file)) as NodeSet)(red);
    // the helper's server answers nothing by itself
    helper._app.use(red.httpNode);
    helper._app.use(red.httpAdmin);
  }
}

type Listeners = Map<EventEmitter, Map<string | symbol, Set<unknown>>>;

function listenersOf(...emitters: EventEmitter[]): Listeners {
  return new Map(
    emitters.map((emitter) => [emitter, new Map(emitter.eventNames().map((name) => [name, new Set<unknown>(emitter.rawListeners(name))]))]),
  );
}

/** Removes whoever has begun to listen since. */
function forget(before: Listeners, ...emitters: EventEmitter[]): void {
  for (const emitter of emitters) {
    for (const name of emitter.eventNames()) {
      for (const listener of emitter.rawListeners(name)) {
        if (!before.get(emitter)?.get(name)?.has(listener)) emitter.off(name, listener as () => void);
      }
    }
  }
}

function textOf(said: unknown): string {
  return typeof said === 'string' ? said : String((said as { message?: unknown } | undefined)?.message ?? said);
}
