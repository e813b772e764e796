import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '../../model/calendar-date.ts';
import { playBusinessDay } from '../../sandbox/play-business-day.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { packageMap } from '../../scripts/build/package-map.ts';
import { launchNodeRed, stop } from '../../scripts/start/children.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { paletteCategories, templateFlows, templates } from '../../scripts/start/user-dir.ts';
import { type BuiltPack, builtPack, packageName } from '../build/built-pack.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import { quietEditor } from './quiet-editor.ts';

export interface ProductOptions {
  /** the template flows as `npm start` makes them, or a workspace in which nobody has done anything yet */
  workspace: 'templates' | 'empty';
  /** file of a store that has runs already, of all template flows; absent = a new one */
  store?: string;
}

interface Overview {
  ready: boolean;
  runs: Record<string, number> | null;
}

/** The product as a user has it: simulators of the firm's systems, and a Node-RED 5 of its own with the pack. */
export class RunningProduct {
  readonly editor: string;
  readonly pack: BuiltPack;
  readonly sandbox: Sandbox;
  readonly log: string[];
  private readonly userDir: string;
  private readonly nodeRed: ChildProcess;
  private constructor(parts: Pick<RunningProduct, 'editor' | 'pack' | 'sandbox' | 'log'> & { userDir: string; nodeRed: ChildProcess }) {
    this.editor = parts.editor;
    this.pack = parts.pack;
    this.sandbox = parts.sandbox;
    this.log = parts.log;
    this.userDir = parts.userDir;
    this.nodeRed = parts.nodeRed;
  }

  static async start({ workspace, store }: ProductOptions): Promise<RunningProduct> {
    const pack = await builtPack();
    const sections = packageMap(pack.palette.map((node) => node.declaration));
    writeFileSync(join(pack.out, 'package.json'), JSON.stringify({ name: packageName(), version: '0.0.0', 'node-red': sections }));
    const sandbox = await startSandbox({ basePort: 0 });
    const userDir = mkdtempSync(join(tmpdir(), 'psconnect-browser-'));
    const flows =
      workspace === 'empty'
        ? []
        : templateFlows({ since: addDays(sandbox.firm!.date, -90), intervalSeconds: 1, batchSeconds: 1 }, ...(store ? [templates] : []));
    mkdirSync(userDir, { recursive: true });
    writeFileSync(join(userDir, 'package.json'), JSON.stringify({ name: 'browser-test', private: true }));
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    writeFileSync(join(userDir, 'settings.js'), settings(pack.out));
    quietEditor(userDir);
    const port = await freePort();
    const log: string[] = [];
    const environment = { ...connectionEnvironment(sandbox.access), ...(store ? { PSCONNECT_STORE: store } : {}) };
    const nodeRed = await launchNodeRed({ userDir, port, environment, onLog: (line) => log.push(line) });
    return new RunningProduct({ editor: `http://127.0.0.1:${port}/`, pack, sandbox, log, userDir, nodeRed });
  }

  /** Plays the firm's business day, whatever the hour is; the flows work it off meanwhile. */
  async playDay(): Promise<void> {
    await playBusinessDay(this.sandbox.access, { firm: this.sandbox.firm!, stampedAsPlayed: true });
  }

  async get<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.editor}ps-connect/api/v1${path}`)).json()) as T;
  }

  async runs(): Promise<Record<string, number>> {
    return (await this.get<Overview>('/overview')).runs ?? {};
  }

  /** Waits until the runs are as wanted. */
  async untilRuns(wanted: (runs: Record<string, number>) => boolean, seconds = 90): Promise<void> {
    let seen: Record<string, number> = {};
    await until(
      async () => {
        seen = await this.runs();
        return wanted(seen);
      },
      () => `the runs are ${JSON.stringify(seen)}\n${this.log.slice(-20).join('\n')}`,
      seconds,
    );
  }

  async end(): Promise<void> {
    await stop(this.nodeRed);
    await this.sandbox.stop();
    this.pack.remove();
    rmSync(this.userDir, { recursive: true, force: true });
  }
}

function settings(nodesDir: string): string {
  return `module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: 'test only',
  nodesDir: [${JSON.stringify(nodesDir)}],
  telemetry: { enabled: false, updateNotification: false },
  paletteCategories: ${JSON.stringify(paletteCategories)}, editorTheme: { tours: false, projects: { enabled: false } },
};
`;
}
