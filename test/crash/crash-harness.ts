import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** the pack under test: the working tree, or another folder with a built one */
const pack = (process.env['PSCONNECT_PACK'] ?? root).replace(/\/$/, '');
const redEntry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');

export type FlowNode = Record<string, unknown> & { id: string; type: string };

/** A real Node-RED on a user directory of its own beside an empty sandbox; it can be killed at a chosen point and started again. */
export class CrashHarness {
  readonly sandbox: Sandbox;
  readonly userDir: string;
  private readonly port: number;
  private child: ChildProcess | undefined;
  private killedAt: string | undefined;
  log: string[] = [];
  private constructor(sandbox: Sandbox, userDir: string, port: number) {
    this.sandbox = sandbox;
    this.userDir = userDir;
    this.port = port;
  }

  static async create(flows: FlowNode[]): Promise<CrashHarness> {
    const sandbox = await startSandbox({ basePort: 0, empty: true });
    const userDir = mkdtempSync(join(tmpdir(), 'psconnect-crash-'));
    mkdirSync(userDir, { recursive: true });
    writeFileSync(join(userDir, 'package.json'), JSON.stringify({ name: 'crash', private: true }));
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'test', nodesDir: [${JSON.stringify(pack)}],
        nodesExcludes: ['10-mqtt.js', '21-httprequest.js', '31-tcpin.js', '32-udp.js', '22-websocket.js', '23-watch.js', '90-exec.js'],
        telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } };`,
    );
    return new CrashHarness(sandbox, userDir, await freePort());
  }

  get editor(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts Node-RED; `killAt` arms the start itself. */
  async start(killAt = 0): Promise<void> {
    this.killedAt = undefined;
    this.log = [];
    const child = spawn(
      process.execPath,
      ['--require', join(root, 'test/crash/kill-points.cjs'), redEntry, '--userDir', this.userDir, '--port', String(this.port)],
      {
        env: { ...process.env, ...connectionEnvironment(this.sandbox.access), KILL_AT: String(killAt) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      },
    );
    this.child = child;
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data: Buffer) => this.log.push(data.toString()));
    child.stdio[4]?.on('data', (what: Buffer) => {
      this.killedAt = what.toString();
    });
    await until(
      async () => !this.alive || (await this.overview())?.ready === true,
      () => `Node-RED did not become ready:\n${this.log.join('')}`,
    );
  }

  /** Arms the running Node-RED: it dies at the `point`-th moment from now; 0 disarms. */
  async arm(point: number): Promise<void> {
    const { child } = this;
    if (!child || !this.alive) return;
    const armed = new Promise<void>((resolve) => {
      const settle = (message: { armed?: number }) => {
        if (message.armed !== undefined) resolve();
      };
      child.on('message', settle);
      child.once('exit', () => resolve());
    });
    child.send({ killAt: point }, () => undefined);
    await armed;
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.child!, 'exit');
    this.child!.kill(signal);
    await gone;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What the killed process was about to do. */
  get diedAt(): string | undefined {
    return this.alive ? undefined : this.killedAt;
  }

  async overview(): Promise<{ ready: boolean; runs: Record<string, number> } | undefined> {
    const response = await fetch(`${this.editor}/ps-connect/api/v1/overview`).catch(() => undefined);
    return response?.ok ? ((await response.json()) as { ready: boolean; runs: Record<string, number> }) : undefined;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.editor}/ps-connect/api/v1${path}`)).json()) as T;
  }

  async end(): Promise<void> {
    await this.stop();
    await this.sandbox.stop();
    rmSync(this.userDir, { recursive: true, force: true });
  }
}

/** Waits for a condition, looking often; fails with words after a minute. */
export async function until(condition: () => Promise<boolean> | boolean, words: () => string, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(words());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
