import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import type { FlowNode } from './flows/flow-node.ts';
import { houseFolder, tokenOf } from './house-folder.ts';
import { Pulse } from './pulse.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const redEntry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');

/** What hangs does not notice that nobody watches it any more. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** The event loop was held for so long (ms), until then (epoch ms); `worked`: the part in which the process had the processor. */
export interface Held {
  held: number;
  worked: number;
  until: number;
}

export interface Watcher {
  held(held: Held): void;
  size(rss: number): void;
  /** what a node of the flows was handed */
  heard(node: string, text: string): void;
  log(lines: string): void;
  /** it ended without having been asked to, or did not move any more and was ended */
  gone(how: { what: 'ended' | 'hung'; detail: string; ms: number }): void;
}

export interface HouseOptions {
  flows: FlowNode[];
  environment: Record<string, string>;
  /** its admin API asks who somebody is */
  users: boolean;
  /** no sign of life for so long = it hangs */
  hungMs: number;
  watcher: Watcher;
}

/** A real Node-RED with the built pack, in a process of its own that is watched all the time. */
export class FuzzedNodeRed {
  readonly url: string;
  readonly userDir: string;
  private readonly port: number;
  private readonly options: HouseOptions;
  private child: ChildProcess | undefined;
  private pulse: Pulse | undefined;
  private asked = false;
  private tail = '';

  private constructor(port: number, options: HouseOptions) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.options = options;
    this.userDir = houseFolder(root, options);
  }

  static async start(options: HouseOptions): Promise<FuzzedNodeRed> {
    const house = new FuzzedNodeRed(await freePort(), options);
    await house.start().catch(async (error: unknown) => {
      await house.end();
      throw error;
    });
    return house;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it (again) on what is on disk; resolves when it takes events. */
  async start(seconds = 120): Promise<void> {
    const { watcher, environment } = this.options;
    this.asked = false;
    this.tail = '';
    const child = spawn(
      process.execPath,
      [
        ...['--max-old-space-size=1024', '--require', join(root, 'test/fuzz/probe.cjs')],
        ...[redEntry, '--userDir', this.userDir, '--port', String(this.port)],
      ],
      { env: { ...process.env, ...environment, PROBE_FOLDER: this.userDir }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    this.child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    let ready = false;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (data: Buffer) => {
        this.tail = (this.tail + data.toString()).slice(-6_000);
        watcher.log(data.toString());
      });
    }
    child.on('message', (message: Partial<Held> & { beat?: number; rss?: number; heard?: string; text?: string }) => {
      if (message.beat) {
        this.pulse?.beat();
        if (ready) watcher.size(message.rss ?? 0);
      } else if (message.held && ready) watcher.held(message as Held);
      else if (message.heard) watcher.heard(message.heard, message.text ?? '');
    });
    child.once('exit', (code, signal) => {
      this.pulse?.stop();
      if (!this.asked && ready) watcher.gone({ what: 'ended', detail: `${signal ?? `exit ${code}`}: ${lastWords(this.tail)}`, ms: 0 });
    });
    await until(
      async () => !this.alive || (await this.isReady()),
      () => `Node-RED did not become ready:\n${this.tail}`,
      seconds,
    );
    if (!this.alive) throw new Error(`Node-RED ended while starting:\n${this.tail}`);
    ready = true;
    this.pulse = new Pulse({ child, folder: this.userDir, hungMs: this.options.hungMs, hung: (how) => this.hangs(child, how) });
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/ps-connect/api/v1${path}`, {
      headers: { authorization: `Bearer ${tokenOf('admin')}` },
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf('admin')}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Hands a message to a node, as a wire would. `payload` is JSON. */
  receive(node: string, message: { _msgid: string; payload: string }, shape?: string): void {
    if (this.alive) this.child!.send({ receive: node, message, shape }, () => undefined);
  }

  /** Asks it to stop, and answers how it did; one that does not is ended. */
  async stop(seconds = 60): Promise<'stopped' | 'did not stop'> {
    if (!this.alive) return 'stopped';
    this.asked = true;
    const gone = once(this.child!, 'exit');
    let killed = false;
    const killer = setTimeout(() => {
      killed = true;
      this.child!.kill('SIGKILL');
    }, seconds * 1_000);
    this.child!.kill('SIGTERM');
    await gone;
    clearTimeout(killer);
    return killed ? 'did not stop' : 'stopped';
  }

  async kill(): Promise<void> {
    this.pulse?.stop();
    if (!this.alive) return;
    this.asked = true;
    const gone = once(this.child!, 'exit');
    this.child!.kill('SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.userDir, { recursive: true, force: true });
  }

  /** The raw bytes of what the pack keeps on disk. */
  storedBytes(): { file: string; bytes: Buffer }[] {
    const folder = join(this.userDir, 'ps-connect');
    return readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((file) => ({ file, bytes: readFileSync(join(folder, file)) }));
  }

  /** Who may read them, and the folder that they are in. */
  storedModes(): { file: string; mode: number }[] {
    const folder = join(this.userDir, 'ps-connect');
    if (!existsSync(folder)) return [];
    return ['', ...readdirSync(folder)].map((file) => ({ file: file || 'its folder', mode: statSync(join(folder, file)).mode }));
  }

  private async isReady(): Promise<boolean> {
    return (await this.get<{ ready: boolean }>('/overview').catch(() => undefined))?.ready === true;
  }

  private hangs(child: ChildProcess, how: { detail: string; ms: number }): void {
    if (this.asked || !this.alive) return;
    this.asked = true;
    child.once('exit', () => this.options.watcher.gone({ what: 'hung', ...how }));
    child.kill('SIGKILL');
  }
}

/** What a process said when it ended, without its stack. */
function lastWords(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /(Error|Exception|FATAL|heap)/.test(line) && !/^\s+at /.test(line));
  return (error ?? lines.at(-1) ?? '').trim().slice(0, 300);
}
