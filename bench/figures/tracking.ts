import type { Figure, FigureResult } from '../harness/figure.ts';
import { tenFunctions } from '../harness/flows.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { type Pumped, pumped } from '../harness/pumped.ts';
import { byTurns, type Compared, ratios } from '../harness/rounds.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

export const tracking: Figure = {
  name: 'tracking',
  about: 'messages through ten function nodes with the pack installed, against plain Node-RED',
  async run({ palette, rounds, messages }) {
    const plain = await MeasuredNodeRed.start({ flows: tenFunctions(false), palettes: [palette.plain] });
    const packed = await MeasuredNodeRed.start({ flows: tenFunctions(true), palettes: [palette.plain, palette.pack] });
    try {
      const outside = await byTurns(
        rounds,
        () => pumped(packed, messages),
        () => pumped(plain, messages),
      );
      const inside = await byTurns(
        rounds,
        () => pumped(packed, messages, 'by a run'),
        () => pumped(plain, messages),
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

function result(name: string, what: string, compared: Compared<Pumped>): FigureResult {
  const rate = (turns: Pumped[]) => spreadOf(turns.map((turn) => 1_000 / turn.cpuMsEach));
  const microseconds = (turns: Pumped[]) => rounded(1_000_000 / rate(turns).median / 10);
  return {
    name,
    what: `${what}, through ten function nodes with the pack installed`,
    unit: 'messages per CPU second',
    ours: rate(compared.ours),
    peer: { name: 'plain Node-RED', ...rate(compared.peer) },
    ratio: ratios(compared, (turn) => 1_000 / turn.cpuMsEach),
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
