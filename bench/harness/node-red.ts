import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from './scratch.ts';
import { secretVariable } from './signed-event.ts';
import { freePort } from '../../test/free-port.ts';

const redEntry = join(dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');
const probe = fileURLToPath(new URL('probe.cjs', import.meta.url));

export type FlowNode = Record<string, unknown> & { id: string; type: string };

export interface NodeRedOptions {
  flows: readonly FlowNode[];
  /** folders with nodes; plain Node-RED has none of the pack's */
  palettes: readonly string[];
  /** the store's file; it is made when it does not exist */
  store?: string;
  /** runs delivered at once, if not the default */
  concurrency?: number;
  nodeArguments?: readonly string[];
  environment?: Record<string, string>;
}

/** What a process has used since it was started. */
export interface Sample {
  cpuMs: number;
  rss: number;
  heapUsed: number;
  delayMs: { median: number; p99: number; max: number };
}

const live = new Set<ChildProcess>();

/** Ends whatever a figure that failed left running. */
export function killWhatIsLeft(): void {
  for (const child of live) child.kill('SIGKILL');
}

/** A real Node-RED in a process and a user directory of its own. Both sides of a comparison run in one of these, set up alike. */
export class MeasuredNodeRed {
  readonly url: string;
  /** from the start of the process until its flows had started and, with the pack, its store was open */
  readonly startMs: number;
  private readonly child: ChildProcess;
  private readonly userDir: string;
  private questions = 0;

  private constructor(child: ChildProcess, userDir: string, url: string, startMs: number) {
    this.child = child;
    this.userDir = userDir;
    this.url = url;
    this.startMs = startMs;
  }

  static async start({
    flows,
    palettes,
    store,
    concurrency,
    nodeArguments = [],
    environment = {},
  }: NodeRedOptions): Promise<MeasuredNodeRed> {
    const userDir = mkdtempSync(join(scratch(), 'user-'));
    mkdirSync(join(userDir, 'ps-connect'));
    writeFileSync(join(userDir, 'package.json'), JSON.stringify({ name: 'bench', private: true }));
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify([{ id: 'tab', type: 'tab', label: 'Benchmark' }, ...flows]));
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'bench', nodesDir: ${JSON.stringify(palettes)},
        telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } };`,
    );
    const port = await freePort();
    const began = performance.now();
    const child = spawn(process.execPath, [...nodeArguments, '--require', probe, redEntry, '--userDir', userDir, '--port', String(port)], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PSCONNECT_STORE: store ?? join(userDir, 'ps-connect', 'store.sqlite'),
        PSCONNECT_MAXBACKLOG: '1000000', // what is sent is not refused because it is sent faster than it is worked off
        ...(concurrency === undefined ? {} : { PSCONNECT_CONCURRENCY: String(concurrency) }),
        ...secretVariable,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.setMaxListeners(0);
    live.add(child);
    child.once('exit', () => live.delete(child));
    const log = await startedFlows(child);
    const url = `http://127.0.0.1:${port}`;
    if (palettes.some((folder) => existsSync(join(folder, 'ps-connect.js')))) await ready(url, log);
    return new MeasuredNodeRed(child, userDir, url, performance.now() - began);
  }

  async sample(ask: 'sample' | 'reset' | 'collect' = 'sample'): Promise<Sample> {
    const id = ++this.questions;
    return new Promise((resolve, reject) => {
      const answered = (answer: Sample & { id: number }) => {
        if (answer.id !== id) return;
        this.child.off('message', answered).off('exit', gone);
        resolve(answer);
      };
      const gone = () => reject(new Error('Node-RED ended while it was measured'));
      this.child.on('message', answered).once('exit', gone);
      this.child.send({ ask, id });
    });
  }

  /** A question to one of the benchmark's own nodes. */
  async ask<Answer>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
    const response = await fetch(this.url + path, { method });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Ends it in an orderly way, so that a profile is written; what hangs is killed. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      const killer = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
      await gone;
      clearTimeout(killer);
    }
    rmSync(this.userDir, { recursive: true, force: true });
  }
}

/** Resolves when Node-RED says that its flows run; the log so far, which goes on growing. */
async function startedFlows(child: ChildProcess): Promise<string[]> {
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (data: Buffer) => {
        log.push(data.toString());
        if (log.length > 200) log.shift();
        if (data.includes('Started flows')) resolve();
        // it waits for ever for a node that the palettes lack
        if (data.includes('missing types')) reject(new Error(`Node-RED lacks a node of these flows:\n${log.join('')}`));
      });
    }
    child.once('exit', () => reject(new Error(`Node-RED did not start:\n${log.join('')}`)));
  });
  return log;
}

async function ready(url: string, log: string[]): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
    const response = await fetch(`${url}/ps-connect/api/v1/overview`).catch(() => undefined);
    if (response?.ok && ((await response.json()) as { ready: boolean }).ready) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the pack did not become ready:\n${log.join('')}`);
}
