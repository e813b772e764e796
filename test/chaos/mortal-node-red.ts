import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coreNodesLeftOut, parsersLeftOut } from '../core-nodes-left-out.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** the pack under test: the working tree, or another folder with a built one */
const pack = (process.env['PSCONNECT_PACK'] ?? root).replace(/\/$/, '');
const redEntry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');

export type FlowNode = Record<string, unknown> & { id: string; type: string };

export interface Overview {
  ready: boolean;
  trouble: { code: string; message: string } | null;
  runs: Record<string, number> | null;
}

/** A real Node-RED on a user directory of its own, which can be killed at a chosen point, frozen, and started again. */
export class MortalNodeRed {
  readonly userDir: string;
  readonly log: string[] = [];
  private readonly port: number;
  private readonly environment: Record<string, string>;
  private child: ChildProcess | undefined;
  private death: string | undefined;

  private constructor(userDir: string, port: number, environment: Record<string, string>) {
    this.userDir = userDir;
    this.port = port;
    this.environment = environment;
  }

  static async create(flows: FlowNode[], environment: Record<string, string>): Promise<MortalNodeRed> {
    const userDir = mkdtempSync(join(tmpdir(), 'psconnect-mortal-'));
    writeFileSync(join(userDir, 'package.json'), JSON.stringify({ name: 'mortal', private: true }));
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'test', nodesDir: [${JSON.stringify(pack)}],
        nodesExcludes: ${JSON.stringify([...coreNodesLeftOut, ...parsersLeftOut])},
        telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } };`,
    );
    return new MortalNodeRed(userDir, await freePort(), environment);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What the killed process was about to do. */
  get diedAt(): string | undefined {
    return this.alive ? undefined : this.death;
  }

  /** Starts the process; `killAt` arms the start itself. */
  start(killAt = 0): void {
    this.death = undefined;
    this.log.length = 0;
    const child = spawn(
      process.execPath,
      ['--require', join(root, 'test/chaos/preload.cjs'), redEntry, '--userDir', this.userDir, '--port', String(this.port)],
      {
        env: { ...process.env, ...this.environment, KILL_AT: String(killAt) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      },
    );
    this.child = child;
    child.setMaxListeners(0);
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data: Buffer) => this.log.push(data.toString()));
    child.stdio[4]?.on('data', (what: Buffer) => {
      this.death = what.toString();
    });
  }

  /** Waits until it works, or has died. */
  async ready(seconds = 60): Promise<void> {
    await until(
      async () => !this.alive || (await this.overview())?.ready === true,
      () => `Node-RED did not become ready:\n${this.log.join('')}`,
      seconds,
    );
  }

  /** Arms the running process: it dies at the `point`-th moment from now; 0 disarms. */
  arm(point: number): Promise<void> {
    return this.tell({ killAt: point }, (answer) => answer['armed'] !== undefined);
  }

  /** Its clock is wrong by so many milliseconds from now on. */
  turnClock(ms: number): Promise<void> {
    return this.tell({ turnClock: ms }, (answer) => answer['turned'] !== undefined);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.child!, 'exit');
    this.child!.kill(signal);
    await gone;
  }

  /** Undefined while it does not answer. */
  async overview(): Promise<Overview | undefined> {
    const response = await fetch(`${this.url}/ps-connect/api/v1/overview`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    return response?.ok ? ((await response.json()) as Overview) : undefined;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}/ps-connect/api/v1${path}`)).json()) as T;
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.userDir, { recursive: true, force: true });
  }

  /** Resolves when it has answered, or died before it could. */
  private async tell(message: object, answers: (answer: Record<string, unknown>) => boolean): Promise<void> {
    const { child } = this;
    if (!child || !this.alive) return;
    const heard = new Promise<void>((resolve) => {
      child.on('message', (answer: Record<string, unknown>) => answers(answer) && resolve());
      child.once('exit', () => resolve());
    });
    child.send(message, () => undefined);
    await heard;
  }
}
