import { seededRandom } from '../../sandbox/firm/random.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { until } from '../until.ts';
import { Approver, type Decide } from './approver.ts';
import { Cluster, type ClusterOptions, pause } from './cluster.ts';
import { chaosFaults, systemsOf } from './faults.ts';
import { Life } from './life.ts';
import type { MortalNodeRed } from './mortal-node-red.ts';
import { Sender } from './sender.ts';
import { allStreams } from './streams/all-streams.ts';
import { noDifferences, type Stream } from './streams/stream.ts';

export interface ChaosOptions extends Omit<ClusterOptions, 'flows'> {
  /** how often an instance is killed */
  kills: number;
  seed: number;
  /** business events that happen in a second */
  rate?: number;
  onProgress?: (line: string) => void;
}

export interface ChaosReport {
  store: string;
  instances: number;
  seed: number;
  /** letters that were acknowledged, each counted once, and events that happened in a system itself */
  acked: number;
  /** by stream */
  events: Record<string, number>;
  done: number;
  /** events that had to be refused, and were: they lie there as dead letters, or all of them was taken back */
  dead: number;
  undone: number;
  lost: number;
  duplicated: number;
  orphaned: number;
  /** effects of which nobody knows whether they happened, and runs that did not end */
  inDoubt: number;
  unended: number;
  /** dead letters that no oracle expects */
  unexpectedlyDead: number;
  journalWhole: boolean;
  /** deaths of an instance, and where they came */
  points: number;
  kinds: Record<string, number>;
  faults: Record<string, number>;
  /** letters that were sent again after they had been acknowledged */
  repeated: number;
  /** runs that were parked because an instance died four times in a row with them, and were replayed */
  crashed: number;
  /** from a death until an instance takes runs again: 95 of 100 are below it, milliseconds */
  recoveryMs: number;
  seconds: number;
  /** what differs from the expected books, some lines of it */
  differences: string[];
  ok: boolean;
}

/**
 * Business events happen without a pause while everything goes wrong that a seed picks; then all is healed, what is open ends,
 * and what the systems hold is compared with what they must hold. Nothing is judged by what the product says of itself, but
 * that it has no doubts left and its journal is whole.
 */
export async function playChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { kills, seed, store, instances, onProgress = () => undefined } = options;
  const began = performance.now();
  const random = seededRandom(seed);
  const shares = allStreams();
  const streams = shares.map(({ stream }) => stream);
  const sandbox = await startSandbox({ basePort: 0, empty: true });
  let cluster: Cluster | undefined;
  let people: Approver | undefined;
  try {
    for (const stream of streams) stream.prepare(sandbox);
    const flows = [...new Map(streams.flatMap((stream) => stream.flows).map((node) => [node.id, node])).values()];
    cluster = await Cluster.start(sandbox, { store, instances, flows });
    const { addresses } = cluster;
    const sender = new Sender(() => addresses, seededRandom(seed + 1));
    const answer: Decide = (question) => streams.map((stream) => stream.answer?.(sandbox, question)).find(Boolean);
    people = new Approver(() => cluster?.instances ?? [], seededRandom(seed + 3), answer);
    const life = new Life(shares, { sandbox, sender, random: seededRandom(seed + 2), rate: options.rate ?? 10 });
    life.begin();
    people.begin();
    const faults: Record<string, number> = {};
    for (let kill = 0; kill < kills; kill++) {
      if (random.chance(50)) {
        const possible = chaosFaults.filter((fault) => fault.possible(cluster!));
        const fault = random.pick(possible);
        faults[fault.name] = (faults[fault.name] ?? 0) + 1;
        await fault.play(cluster, sandbox, random);
      }
      const victim = random.pick(await livingOf(cluster));
      await cluster.kill(victim, { point: random.between(1, 600), again: random.chance(25) ? random.between(1, 60) : 0 });
      if ((kill + 1) % 10 === 0) {
        onProgress(`${kill + 1} kills, ${sender.acked} letters acknowledged, ${sender.backlog} on their way`);
      }
    }
    await life.stop();
    for (const system of systemsOf(sandbox)) system.faults.clear();
    await cluster.heal();
    onProgress('healed; what is open ends');
    sender.finish();
    await until(
      () => sender.backlog === 0,
      () => `${sender.backlog} letters are not acknowledged`,
      300,
    );
    const one = (await livingOf(cluster))[0]!;
    const crashed = await settle(one, streams, sandbox);
    const report = await judge(one, { streams, sandbox, sender, life });
    const { deaths } = cluster;
    const times = deaths.map(({ recoveryMs }) => recoveryMs).sort((a, b) => a - b);
    const kinds: Record<string, number> = {};
    for (const { at } of deaths) kinds[at] = (kinds[at] ?? 0) + 1;
    return {
      ...{ store, instances, seed },
      ...report,
      events: life.happened,
      ...{ points: deaths.length, kinds, faults, repeated: sender.repeated, crashed },
      recoveryMs: Math.round(times[Math.ceil(times.length * 0.95) - 1] ?? 0),
      seconds: Math.round((performance.now() - began) / 1000),
    };
  } finally {
    await people?.stop();
    await cluster?.end();
    await sandbox.stop();
  }
}

async function livingOf(cluster: Cluster): Promise<MortalNodeRed[]> {
  const active = await cluster.active();
  if (active.length > 0) return active;
  await cluster.heal();
  return cluster.active();
}

/** Waits until every run has ended and nothing more comes; replays, as a person would, what was parked because Node-RED died. */
async function settle(one: MortalNodeRed, streams: Stream[], sandbox: Sandbox): Promise<number> {
  let crashed = 0;
  let quietSince = performance.now();
  const deadline = performance.now() + 420_000;
  while (performance.now() < deadline) {
    const runs = (await one.overview())?.runs;
    const open = runs ? runs['ready']! + runs['running']! + runs['waiting']! : 1;
    const parked = open === 0 ? await crashedLetters(one) : [];
    for (const id of parked) await replay(one, id);
    crashed += parked.length;
    if (open > 0 || parked.length > 0) quietSince = performance.now();
    const quietFor = performance.now() - quietSince;
    const allThere = streams.every((stream) => stream.differences(sandbox).lost.length === 0);
    if (quietFor > (allThere ? 2_000 : 20_000)) break;
    await pause(200);
  }
  return crashed;
}

interface DeadLetter {
  id: string;
  event: { subject?: string };
  failure?: { code: string; message: string };
}

async function replay({ url }: MortalNodeRed, id: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/ps-connect/api/v1/dead-letters/${id}/replay`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`The letter ${id} could not be replayed: ${answer.status} ${await answer.text()}`);
}

async function crashedLetters(one: MortalNodeRed): Promise<string[]> {
  return (await deadLetters(one)).filter(({ failure }) => failure?.code === 'CRASHED').map(({ id }) => id);
}

async function deadLetters(one: MortalNodeRed): Promise<DeadLetter[]> {
  return one.get<DeadLetter[]>('/dead-letters?limit=1000');
}

type Judged = Pick<
  ChaosReport,
  | 'acked'
  | 'done'
  | 'dead'
  | 'undone'
  | 'lost'
  | 'duplicated'
  | 'orphaned'
  | 'inDoubt'
  | 'unended'
  | 'unexpectedlyDead'
  | 'journalWhole'
  | 'differences'
  | 'ok'
>;

async function judge(
  one: MortalNodeRed,
  { streams, sandbox, sender, life }: { streams: Stream[]; sandbox: Sandbox; sender: Sender; life: Life },
): Promise<Judged> {
  const found = noDifferences();
  const expected = { dead: 0, undone: 0 };
  const letters = await deadLetters(one);
  const refused = letters.map(({ event, failure }) => `${event.subject} ${failure?.code}`);
  for (const stream of streams) {
    const differences = stream.differences(sandbox);
    for (const kind of ['lost', 'duplicated', 'orphaned'] as const)
      found[kind].push(...differences[kind].map((line) => `${kind}: ${line}`));
    expected.dead += stream.expected().dead;
    expected.undone += stream.expected().undone;
    for (const { subject, code } of stream.refusals?.() ?? []) {
      const count = refused.filter((one) => one === `${subject} ${code}`).length;
      if (count !== 1) found.lost.push(`lost: ${subject} lies ${count} times as a dead letter for ${code}`);
    }
  }
  const runs = (await one.overview())?.runs ?? {};
  const inDoubt = (await one.get<unknown[]>('/effects')).length;
  const { whole } = await one.get<{ whole: boolean }>('/journal/verification');
  const unended = (runs['ready'] ?? 0) + (runs['running'] ?? 0) + (runs['waiting'] ?? 0);
  const unexpectedlyDead = Math.abs((runs['dead'] ?? 0) - expected.dead) + Math.abs((runs['cancelled'] ?? 0) - expected.undone);
  const differences = [
    ...found.lost,
    ...found.duplicated,
    ...found.orphaned,
    ...sender.refused.map((answer) => `refused: ${answer}`),
    ...(unexpectedlyDead === 0 ? [] : letters.map(({ failure }) => `dead: ${failure?.code} ${failure?.message}`)),
  ];
  return {
    acked: sender.acked + life.elsewhere,
    done: runs['done'] ?? 0,
    dead: runs['dead'] ?? 0,
    undone: runs['cancelled'] ?? 0,
    lost: found.lost.length,
    duplicated: found.duplicated.length,
    orphaned: found.orphaned.length,
    ...{ inDoubt, unended, unexpectedlyDead },
    journalWhole: whole,
    differences: [...new Set(differences)].slice(0, 60),
    ok: differences.length === 0 && inDoubt === 0 && unended === 0 && unexpectedlyDead === 0 && whole,
  };
}
