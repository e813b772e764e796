import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import { npmInstall } from './npm-command.ts';

/** A Node-RED of a given version as a user has it: installed from npm, the pack installed from its tarball into the user directory. */
export class InstalledNodeRed {
  readonly log: string[] = [];
  private readonly folder: string;
  private readonly port: number;
  private child: ChildProcess | undefined;
  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async install(version: string, tarball: string): Promise<InstalledNodeRed> {
    const folder = mkdtempSync(join(tmpdir(), `psconnect-node-red-${version}-`));
    const userDir = join(folder, 'user');
    mkdirSync(userDir);
    for (const [at, name] of [
      [folder, 'fresh-node-red'],
      [userDir, 'node-red-project'],
    ] as const) {
      writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version: '0.0.1', private: true }));
    }
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { uiHost: '127.0.0.1', flowFile: 'flows.json', credentialSecret: 'test only',
        telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false } };\n`,
    );
    await npmInstall([`node-red@${version}`], folder);
    await npmInstall([tarball], userDir);
    const nodeRed = new InstalledNodeRed(folder, await freePort());
    nodeRed.version().should.equal(version);
    return nodeRed;
  }

  version(): string {
    return (JSON.parse(readFileSync(join(this.folder, 'node_modules/node-red/package.json'), 'utf8')) as { version: string }).version;
  }

  /** Resolves when the flows are started, however few. */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [join(this.folder, 'node_modules/node-red/red.js'), '--userDir', join(this.folder, 'user'), '--port', String(this.port)],
      // far from the repository: what the pack needs must have come with it
      { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => this.log.push(line));
    await until(
      async () => child.exitCode !== null || (/Started flows/.test(this.log.join('\n')) && (await this.answers('/settings'))),
      () => this.log.join('\n'),
    );
    if (child.exitCode !== null) throw new Error(`Node-RED ended:\n${this.log.join('\n')}`);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, { headers });
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.get(path, { accept: 'application/json' })).json()) as T;
  }

  async deploy(flows: unknown): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.port}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(flows),
    });
    if (!response.ok) throw new Error(`deploy answered ${response.status}: ${await response.text()}`);
  }

  async remove(): Promise<void> {
    if (this.child && this.child.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(path: string): Promise<boolean> {
    return (await fetch(`http://127.0.0.1:${this.port}${path}`).catch(() => undefined))?.ok === true;
  }
}
