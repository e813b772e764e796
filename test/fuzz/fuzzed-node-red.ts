import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import type { FlowNode } from './flows/flow-node.ts';
import { identities } from './inputs/admin-request.ts';

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

/** The token by which somebody is known to the Node-RED with users. */
export const tokenOf = (identity: string): string => `token-of-${identity}`;

/** A real Node-RED with the built pack, in a process of its own that is watched all the time. */
export class FuzzedNodeRed {
  readonly url: string;
  readonly userDir: string;
  private readonly port: number;
  private readonly options: HouseOptions;
  private child: ChildProcess | undefined;
  private beatAt = 0;
  private workedAtBeat = 0;
  private lookedAt = 0;
  private watch: NodeJS.Timeout | undefined;
  private asked = false;
  private tail = '';

  private constructor(port: number, options: HouseOptions) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.options = options;
    this.userDir = mkdtempSync(join(tmpdir(), 'psconnect-fuzz-'));
    writeFileSync(join(this.userDir, 'package.json'), JSON.stringify({ name: 'fuzz', private: true }));
    writeFileSync(join(this.userDir, 'flows.json'), JSON.stringify(options.flows));
    writeFileSync(join(this.userDir, 'settings.js'), settings(options.users));
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
        this.beatAt = Date.now();
        this.workedAtBeat = workedMs(child.pid);
        if (ready) watcher.size(message.rss ?? 0);
      } else if (message.held && ready) watcher.held(message as Held);
      else if (message.heard) watcher.heard(message.heard, message.text ?? '');
    });
    child.once('exit', (code, signal) => {
      clearInterval(this.watch);
      if (!this.asked && ready) watcher.gone({ what: 'ended', detail: `${signal ?? `exit ${code}`}: ${lastWords(this.tail)}`, ms: 0 });
    });
    await until(
      async () => !this.alive || (await this.isReady()),
      () => `Node-RED did not become ready:\n${this.tail}`,
      seconds,
    );
    if (!this.alive) throw new Error(`Node-RED ended while starting:\n${this.tail}`);
    ready = true;
    this.beatAt = Date.now();
    this.workedAtBeat = workedMs(child.pid);
    this.lookedAt = Date.now();
    this.watch = setInterval(() => this.look(), 250);
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
    clearInterval(this.watch);
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

  private async isReady(): Promise<boolean> {
    return (await this.get<{ ready: boolean }>('/overview').catch(() => undefined))?.ready === true;
  }

  private look(): void {
    const since = Date.now() - this.lookedAt;
    this.lookedAt = Date.now();
    if (since > 1_000) {
      // the one who looks has been away: what was said in the meantime is heard first
      this.beatAt = Date.now();
      this.workedAtBeat = workedMs(this.child?.pid);
      return;
    }
    const silent = Date.now() - this.beatAt;
    if (silent < this.options.hungMs || this.asked || !this.alive) return;
    const ms = Math.max(workedMs(this.child!.pid) - this.workedAtBeat, silent > 60_000 ? silent : 0);
    if (ms < this.options.hungMs) return; // the machine has given it no time
    this.asked = true;
    clearInterval(this.watch);
    void this.tellWhere().then((where) => {
      this.child!.once('exit', () => this.options.watcher.gone({ what: 'hung', detail: `it works and does not answer, in ${where}`, ms }));
      this.child!.kill('SIGKILL');
    });
  }

  /** Where a process is that does not come back from its work. */
  private async tellWhere(): Promise<string> {
    const file = join(this.userDir, 'stack.json');
    for (let tries = 0; tries < 40 && !existsSync(file); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      const calls = JSON.parse(readFileSync(file, 'utf8')) as string[];
      const different = [...new Set(calls)];
      return [
        ...different.slice(0, 3),
        ...different
          .slice(3)
          .filter((call) => call.includes('dist/'))
          .slice(0, 3),
      ].join(' ← ');
    } catch {
      return 'code that cannot be interrupted';
    }
  }
}

function settings(users: boolean): string {
  const known = Object.entries(identities).map(([identity, permissions]) => [tokenOf(identity), { username: identity, permissions }]);
  const auth = `const known = new Map(${JSON.stringify(known)});
    const adminAuth = { type: 'credentials', users: [], tokens: (token) => Promise.resolve(known.get(token) ?? null) };`;
  return `${users ? auth : ''}
    module.exports = { ${users ? 'adminAuth,' : ''} uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'fuzz',
      nodesDir: ${JSON.stringify([root.replace(/[\\/]$/, ''), join(root, 'test/fuzz/palette')])},
      nodesExcludes: ['10-mqtt.js', '31-tcpin.js', '32-udp.js', '22-websocket.js', '23-watch.js', '90-exec.js'], functionTimeout: 0,
      telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } };`;
}

/** For how long a process's main thread has had the processor; where that cannot be seen, the time of the clock. */
function workedMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // in hundredths of a second
  } catch {
    return performance.now();
  }
}

/** What a process said when it ended, without its stack. */
function lastWords(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /(Error|Exception|FATAL|heap)/.test(line) && !/^\s+at /.test(line));
  return (error ?? lines.at(-1) ?? '').trim().slice(0, 300);
}
