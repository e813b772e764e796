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
    const perSecond = (ms: number) => messages / (ms / 1000);
    const untracked = async (nodeRed: MeasuredNodeRed) => perSecond((await nodeRed.ask<{ ms: number }>(`/pump/${messages}`, 'POST')).ms);
    try {
      const outside = await byTurns(
        rounds,
        () => untracked(packed),
        () => untracked(plain),
      );
      const inside = await byTurns(
        rounds,
        async () => perSecond(await pumpedByARun(packed, messages)),
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

/** One run whose flow sends all the messages: what is measured is the tracking, not the store. */
async function pumpedByARun(nodeRed: MeasuredNodeRed, messages: number): Promise<number> {
  const pumped = nodeRed.ask<{ ms: number }>('/pumped', 'POST');
  const body = JSON.stringify({ ...(JSON.parse(nextMessage()) as object), pump: messages });
  const accepted = await fetch(`${nodeRed.url}/events`, { method: 'POST', body });
  if (accepted.status !== 202) throw new Error(`the run was not accepted: ${await accepted.text()}`);
  return (await pumped).ms;
}

function result(name: string, what: string, compared: Compared<number>): FigureResult {
  const each = (rates: number[]) => rates.map((rate) => 1_000_000 / rate / 10);
  return {
    name,
    what: `${what}, through ten function nodes with the pack installed`,
    unit: 'messages/s',
    ours: spreadOf(compared.ours),
    peer: { name: 'plain Node-RED', ...spreadOf(compared.peer) },
    ratio: ratios(compared, (rate) => rate),
    targets: [],
    details: {
      microsecondsPerNode: rounded(spreadOf(each(compared.ours)).median),
      peerMicrosecondsPerNode: rounded(spreadOf(each(compared.peer)).median),
    },
    notes: [],
  };
}
