import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../engine/store/runs.ts';
import { isFileOf, mustBeAsDescribed, routeOf } from './answer-as-described.ts';
import { packUnderTest } from './pack-under-test.ts';
import { coreNodesLeftOut } from '../core-nodes-left-out.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import { credentialsFile, readCredentials } from '../upgrade/credentials-file.ts';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const redEntry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');

/** what Node-RED seals credentials with */
const secret = 'test';

export type FlowNode = Record<string, unknown> & { id: string; type: string };

/** What a sink of the flow saw. */
export interface Sunk {
  sink: string;
  /** epoch ms, the clock of Node-RED */
  at: number;
  run?: string;
  payload: unknown;
  error?: string;
}
export type RunHead = Omit<Run, 'event'> & { event: { subject: string } };

export interface LiveOptions {
  /** put into settings.js as it is */
  settings?: string;
  environment?: Record<string, string>;
  flows?: FlowNode[];
  /** what stands in the credentials file beside the flows, by node */
  credentials?: Record<string, Record<string, string>>;
  /** where `settings` puts the editor: `/admin` */
  adminRoot?: string;
}

/** A real Node-RED with the pack and the test nodes, in a process of its own. */
export class LiveNodeRed {
  readonly log: string[] = [];
  sunk: Sunk[] = [];
  token: string | undefined;
  private readonly userDir: string;
  private readonly port: number;
  private readonly pack: string;
  private readonly environment: Record<string, string>;
  private readonly adminRoot: string;
  private child: ChildProcess | undefined;

  private constructor(userDir: string, port: number, pack: string, { environment = {}, adminRoot = '' }: LiveOptions) {
    this.userDir = userDir;
    this.port = port;
    this.pack = pack;
    this.environment = environment;
    this.adminRoot = adminRoot;
  }

  static async start(options: LiveOptions = {}): Promise<LiveNodeRed> {
    const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
    if (major < 22 || (major === 22 && minor < 13)) throw new Error(`These tests need Node.js 22.13 or newer, this is ${process.version}.`);
    const userDir = mkdtempSync(join(tmpdir(), 'psconnect-live-'));
    const live = new LiveNodeRed(userDir, await freePort(), await packUnderTest(), options);
    writeFileSync(join(userDir, 'package.json'), JSON.stringify({ name: 'live', private: true }));
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(options.flows ?? []));
    if (options.credentials) writeFileSync(join(userDir, 'flows_cred.json'), credentialsFile(secret, options.credentials));
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: '${secret}', nodesDir: ${JSON.stringify([live.pack, fixtures])},
        nodesExcludes: ${JSON.stringify(coreNodesLeftOut)},
        telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } }, ${options.settings ?? ''} };`,
    );
    await live.restart();
    return live;
  }

  /** What stands in the credentials file. */
  storedCredentials(): Record<string, Record<string, string>> {
    return readCredentials(secret, readFileSync(join(this.userDir, 'flows_cred.json'), 'utf8'));
  }

  get editor(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts the process (again) on what is on disk. */
  async restart(): Promise<void> {
    this.log.length = 0;
    const child = spawn(process.execPath, [redEntry, '--userDir', this.userDir, '--port', String(this.port)], {
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data: Buffer) => this.log.push(data.toString()));
    child.on('message', (message: Partial<Sunk>) => {
      if (message.sink) this.sunk.push(message as Sunk);
    });
    await this.until(
      async () => {
        if (!this.alive) throw new Error(`Node-RED ended:\n${this.log.join('')}`);
        return (
          this.log.some((line) => line.includes('Started flows')) &&
          (await fetch(`${this.editor}/settings`).catch(() => undefined)) !== undefined
        );
      },
      'Node-RED starts',
      60,
    );
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.alive) return;
    const gone = once(this.child!, 'exit');
    this.child!.kill(signal);
    await gone;
  }

  /** Freezes or thaws the process. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.userDir, { recursive: true, force: true });
  }

  /** Deploys the flows as the editor does; resolves when they run. */
  async deploy(flows: FlowNode[], type: 'full' | 'flows' | 'nodes' = 'full'): Promise<void> {
    const response = await this.call(`${this.adminRoot}/flows`, {
      method: 'POST',
      body: flows,
      headers: { 'Node-RED-Deployment-Type': type },
    });
    if (response.status >= 300) throw new Error(`deploy: ${response.status} ${await response.text()}`);
    await this.until(async () => (await this.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
  }

  /** Hands a message to a node, as a wire would. */
  receive(node: string, message: object): void {
    this.child!.send({ receive: node, message });
  }

  /** What the admin API answers is as its OpenAPI document says, whatever the test asks for. */
  async call(
    path: string,
    { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const response = await fetch(`${this.editor}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const route = routeOf(method, path);
    if (route && !isFileOf(route, response)) mustBeAsDescribed(method, path, response.status, await response.clone().text());
    return response;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.call(`${this.adminRoot}/ps-connect/api/v1${path}`)).json()) as T;
  }

  /** The run of a business id; fails when there are two. */
  async run(subject: string): Promise<RunHead | undefined> {
    const found = (await this.get<RunHead[]>(`/runs?search=${encodeURIComponent(subject)}`)).filter((run) => run.event.subject === subject);
    if (found.length > 1) throw new Error(`${subject} has ${found.length} runs.`);
    return found[0];
  }

  /** Waits until the run has ended one way or another, and answers it. */
  async ended(subject: string, seconds = 40): Promise<RunHead> {
    let run: RunHead | undefined;
    await this.until(
      async () => {
        run = await this.run(subject);
        return run !== undefined && ['done', 'dead', 'cancelled'].includes(run.status);
      },
      () => `the run of ${subject} ends: ${JSON.stringify(run)}`,
      seconds,
    );
    return run as RunHead;
  }

  /** Waits until its log says so: a line of it comes by another way than an answer, and may come later. */
  says(words: RegExp): Promise<void> {
    return this.until(() => words.test(this.log.join('')), `the log says ${words}`);
  }

  async until(condition: () => Promise<boolean> | boolean, words: string | (() => string), seconds = 40): Promise<void> {
    await until(
      condition,
      () => `Waited ${seconds} s in vain until ${typeof words === 'string' ? words : words()}\n${this.log.slice(-8).join('')}`,
      seconds,
    );
  }
}
