import type { Lane } from './flows/flow-node.ts';
import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import { type AnswerInput, type HttpInput, markOf, type MessageInput, type SettingInput } from './inputs/input.ts';
import { engagement, timeEntry } from './inputs/samples.ts';
import { testOfSystem } from './inputs/test-of-system.ts';
import { Lanes } from './lanes.ts';
import { type Answered, send } from './send.ts';
import type { LaneSystems, Testbed } from './testbed.ts';

/** A flow that has not ended after so long waits for something. */
const mostMs = 6_000;
/** So does one that has asked its systems, and asks nothing for longer than it waits before it tries again. */
const quietMs = 800;
/** it has not come to a system yet, or does not come to one */
const startMs = 2_500;

/** Brings inputs that are no request before the product: messages to nodes, answers of systems, deploys. */
export class Performance {
  private readonly testbed: Testbed;
  private readonly lanes: Lanes;
  private readonly listeners = new Set<(node: string, text: string) => void>();
  private deploys: Promise<unknown> = Promise.resolve();
  private polls: Promise<unknown> = Promise.resolve();

  constructor(testbed: Testbed) {
    this.testbed = testbed;
    // the first is the one whose systems are polled
    this.lanes = new Lanes(testbed.lanes.map((_, index) => index).slice(1));
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
    const lane = await this.lanes.take();
    const systems = this.testbed.lanes[lane]!;
    systems[system].follow({ after, times, answer });
    try {
      if (operation === 'test') {
        const asked = testOfSystem(input, addressesOf(systems), this.testbed.environment);
        const given = await send(red.url, asked, {});
        if (typeof given !== 'string') judge({ input: asked, answer: given });
      } else {
        const payload = operation === 'deal' ? engagement(markOf(n)) : timeEntry(markOf(n));
        const ended = this.hears([`lane${lane}-heard`, `lane${lane}-whole`], operation === 'time' ? undefined : markOf(n));
        red.receive(`lane${lane}-${operation}`, { _msgid: markOf(n), payload: JSON.stringify(payload) });
        await over(systems, ended);
      }
    } finally {
      systems[system].follow();
      this.lanes.release(lane);
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
    for (let waited = 0; waited < 4_000 && source.given === 0; waited += 50) await later(50);
    if (source.given > 0) this.testbed.reached.note('a poll answered');
    await later(200);
    source.follow();
  }

  /** Something that is told when a flow has ended. */
  private hears(nodes: string[], mark: string | undefined): Ended {
    const ended: Ended = { isSo: false, forget: () => this.listeners.delete(listener) };
    const listener = (node: string, text: string) => {
      if (nodes.includes(node) && (mark === undefined || text.includes(mark))) ended.isSo = true;
    };
    this.listeners.add(listener);
    return ended;
  }
}

interface Ended {
  isSo: boolean;
  forget(): void;
}

/** Until a flow has ended, or waits for something. */
async function over(lane: LaneSystems, ended: Ended): Promise<void> {
  const began = performance.now();
  const systems = Object.values(lane);
  for (;;) {
    const now = performance.now();
    const last = Math.max(...systems.map((system) => system.busyUntil));
    const isQuiet = last < began ? now - began > startMs : now - last > quietMs;
    if (ended.isSo || isQuiet || now - began > mostMs) return ended.forget();
    await later(40);
  }
}

const addressesOf = ({ salesforce, netsuite, kantata }: LaneSystems): Lane => ({
  ...{ salesforce: salesforce.url, netsuite: netsuite.url, kantata: kantata.url },
});

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
