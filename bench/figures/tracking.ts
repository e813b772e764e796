import type { Figure, FigureResult } from '../harness/figure.ts';
import { tenFunctions } from '../harness/flows.ts';
import { nextMessage } from '../harness/load.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { byTurns, type Compared, ratios } from '../harness/rounds.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

export const tracking: Figure = {
  name: 'tracking',
  about: 'messages through ten function nodes with the pack installed, against plain Node-RED',
  async run({ palette, rounds, messages }) {
    const plain = await MeasuredNodeRed.start({ flows: tenFunctions(false), palettes: [palette.plain] });
    const packed = await MeasuredNodeRed.start({ flows: tenFunctions(true), palettes: [palette.plain, palette.pack] });
    const turn = async (nodeRed: MeasuredNodeRed, pump: () => Promise<number>): Promise<Turn> => {
      const before = await nodeRed.sample();
      const ms = await pump();
      const after = await nodeRed.sample();
      return { perSecond: messages / (ms / 1000), perCpuSecond: messages / ((after.cpuMs - before.cpuMs) / 1000) };
    };
    const untracked = (nodeRed: MeasuredNodeRed) =>
      turn(nodeRed, async () => (await nodeRed.ask<{ ms: number }>(`/pump/${messages}`, 'POST')).ms);
    try {
      const outside = await byTurns(
        rounds,
        () => untracked(packed),
        () => untracked(plain),
      );
      const inside = await byTurns(
        rounds,
        () => turn(packed, () => pumpedByARun(packed, messages)),
        () => untracked(plain),
      );
      return [
        result('tracking.others', 'messages that belong to no run', outside),
        result('tracking.runs', 'messages that belong to a run', inside),
      ];
    } finally {
      await Promise.all([plain.stop(), packed.stop()]);
    }
  },
};

interface Turn {
  perSecond: number;
  /** of the Node-RED process: does not depend on what else the machine does */
  perCpuSecond: number;
}

/** One run whose flow sends all the messages: what is measured is the tracking, not the store. */
async function pumpedByARun(nodeRed: MeasuredNodeRed, messages: number): Promise<number> {
  const pumped = nodeRed.ask<{ ms: number }>('/pumped', 'POST');
  const accepted = await fetch(`${nodeRed.url}/events`, { method: 'POST', ...nextMessage({ pump: messages }) });
  if (!accepted.ok) throw new Error(`the run was not accepted: ${await accepted.text()}`);
  return (await pumped).ms;
}

function result(name: string, what: string, compared: Compared<Turn>): FigureResult {
  const rate = (turns: Turn[]) => spreadOf(turns.map((turn) => turn.perCpuSecond));
  const microseconds = (turns: Turn[]) => rounded(1_000_000 / rate(turns).median / 10);
  return {
    name,
    what: `${what}, through ten function nodes with the pack installed`,
    unit: 'messages per CPU second',
    ours: rate(compared.ours),
    peer: { name: 'plain Node-RED', ...rate(compared.peer) },
    ratio: ratios(compared, (turn) => turn.perCpuSecond),
    targets: [],
    details: {
      microsecondsPerNode: microseconds(compared.ours),
      peerMicrosecondsPerNode: microseconds(compared.peer),
      perSecond: spreadOf(compared.ours.map((turn) => turn.perSecond)).median,
      peerPerSecond: spreadOf(compared.peer.map((turn) => turn.perSecond)).median,
    },
    notes: ['no target: it shows what the pack costs every flow of a Node-RED in which it is installed'],
  };
}
