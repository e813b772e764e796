import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { type FlowNode, MortalNodeRed } from './mortal-node-red.ts';

/** One mortal Node-RED beside an empty sandbox. */
export class CrashHarness {
  readonly sandbox: Sandbox;
  readonly nodeRed: MortalNodeRed;

  private constructor(sandbox: Sandbox, nodeRed: MortalNodeRed) {
    this.sandbox = sandbox;
    this.nodeRed = nodeRed;
  }

  static async create(flows: FlowNode[], environment: Record<string, string> = {}): Promise<CrashHarness> {
    const sandbox = await startSandbox({ basePort: 0, empty: true });
    return new CrashHarness(sandbox, await MortalNodeRed.create(flows, { ...connectionEnvironment(sandbox.access), ...environment }));
  }

  /** Starts Node-RED; `killAt` arms the start itself. */
  async start(killAt = 0): Promise<void> {
    this.nodeRed.start(killAt);
    await this.nodeRed.ready();
  }

  async end(): Promise<void> {
    await this.nodeRed.end();
    await this.sandbox.stop();
  }
}
