import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import { typedSecret } from './inputs/admin-request.ts';
import { type AnswerInput, type HttpInput, markOf, type MessageInput, type SettingInput } from './inputs/input.ts';
import { engagement, timeEntry } from './inputs/samples.ts';
import { type Answered, send } from './send.ts';
import type { LaneSystems, Testbed } from './testbed.ts';

const runPatienceMs = 6_000;

/** Brings inputs that are no request before the product: messages to nodes, answers of systems, deploys. */
export class Performance {
  private readonly testbed: Testbed;
  /** lanes that nobody uses; the first is the one whose systems are polled */
  private readonly free: number[];
  private readonly waitingForLane: ((lane: number) => void)[] = [];
  private readonly listeners = new Set<(node: string, text: string) => void>();
  private deploys: Promise<unknown> = Promise.resolve();
  private polls: Promise<unknown> = Promise.resolve();

  constructor(testbed: Testbed) {
    this.testbed = testbed;
    this.free = testbed.lanes.map((_, index) => index).slice(1);
  }

  heard(node: string, text: string): void {
    for (const listener of this.listeners) listener(node, text);
  }

  async message(
    red: FuzzedNodeRed,
    n: number,
    { node, payload, shape, byHttp }: MessageInput,
    answered: (status: number) => void,
  ): Promise<void> {
    if (byHttp) answered(await red.post(`/in/${node}`, payload, { 'x-mark': markOf(n) }));
    else red.receive(node, { _msgid: markOf(n), payload }, shape);
  }

  /** Sets an operation going whose system answers as the input says; over when the flow has ended, or waits. */
  async answer(
    red: FuzzedNodeRed,
    n: number,
    input: AnswerInput,
    judge: (given: { input: HttpInput; answer: Answered }) => void,
  ): Promise<void> {
    const { operation, system, after, times, answer } = input;
    if (operation === 'poll') {
      this.polls = this.polls.then(() => this.poll(input));
      await this.polls;
      return;
    }
    const lane = await this.lane();
    const systems = this.testbed.lanes[lane]!;
    systems[system].follow({ after, times, answer });
    try {
      if (operation === 'test') {
        const asked = connectionTest(input, systems, this.testbed.environment);
        const given = await send(red.url, asked, {});
        if (typeof given !== 'string') judge({ input: asked, answer: given });
      } else {
        const payload = operation === 'deal' ? engagement(markOf(n)) : timeEntry(markOf(n));
        const over = this.hears(`lane${lane}-heard`, operation === 'time' ? undefined : markOf(n));
        red.receive(`lane${lane}-${operation}`, { _msgid: markOf(n), payload: JSON.stringify(payload) });
        await over;
      }
    } finally {
      systems[system].follow();
      this.release(lane);
    }
  }

  /** Deploys a node with odd settings into the house that is open, and sends it something. */
  async setting(red: FuzzedNodeRed, n: number, { node, payload }: SettingInput): Promise<void> {
    const deploy = this.deploys.then(async () => {
      await red.post('/flows', this.testbed.openFlows(node), { 'node-red-deployment-type': 'nodes' });
      red.receive('edge-user', { _msgid: markOf(n), payload });
      await later(250);
    });
    this.deploys = deploy.catch(() => undefined);
    await deploy;
  }

  /** The sources of the first lane read again soon by themselves. */
  private async poll({ system, times, answer }: AnswerInput): Promise<void> {
    const source = this.testbed.lanes[0]![system];
    source.follow({ after: 0, times, answer });
    for (let waited = 0; waited < 2_500 && source.given === 0; waited += 50) await later(50);
    if (source.given > 0) this.testbed.reached.note('a poll answered');
    await later(200);
    source.follow();
  }

  private hears(at: string, mark: string | undefined): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(patience);
        this.listeners.delete(listener);
        resolve();
      };
      const listener = (node: string, text: string) => {
        if ((node === at || node === at.replace('-heard', '-whole')) && (mark === undefined || text.includes(mark))) over();
      };
      const patience = setTimeout(over, runPatienceMs);
      this.listeners.add(listener);
    });
  }

  private lane(): Promise<number> {
    const lane = this.free.shift();
    return lane === undefined ? new Promise((resolve) => this.waitingForLane.push(resolve)) : Promise.resolve(lane);
  }

  private release(lane: number): void {
    const next = this.waitingForLane.shift();
    if (next) next(lane);
    else this.free.push(lane);
  }
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A form of a connection that points at the hostile system, with its secrets typed anew. */
function connectionTest({ system, family }: AnswerInput, systems: LaneSystems, environment: Record<string, string>): HttpInput {
  const url = systems[system].url;
  const kinds = {
    salesforce: {
      type: 'salesforce-connection',
      config: { loginUrl: url, flow: 'username-password', apiVersion: '66.0' },
      credentials: {
        clientId: 'SALESFORCE_CLIENT_ID',
        clientSecret: 'SALESFORCE_CLIENT_SECRET',
        username: 'SALESFORCE_USERNAME',
        password: 'SALESFORCE_PASSWORD',
      },
    },
    netsuite: {
      type: 'erp-connection',
      config: { system, accountId: '1234567_SB1', baseUrl: url, auth: 'tba', concurrency: 4 },
      credentials: {
        consumerKey: 'NETSUITE_CONSUMER_KEY',
        consumerSecret: 'NETSUITE_CONSUMER_SECRET',
        tokenId: 'NETSUITE_TOKEN_ID',
        tokenSecret: 'NETSUITE_TOKEN_SECRET',
      },
    },
    kantata: {
      type: 'psa-connection',
      config: { system, baseUrl: `${url}/api/v1`, settleAfterMs: 100 },
      credentials: { accessToken: 'KANTATA_ACCESS_TOKEN' },
    },
  }[system];
  const credentials = Object.fromEntries(
    Object.entries(kinds.credentials).map(([name, variable]) => [name, environment[variable] ?? typedSecret]),
  );
  return {
    ...{
      kind: 'admin',
      family: `${family} to a test of ${system}`,
      house: 'users',
      method: 'POST',
      path: '/ps-connect/api/v1/connections/test',
    },
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ type: kinds.type, id: '', config: kinds.config, credentials })),
    identity: 'admin',
    expects: { ours: true },
  };
}
