import { startEffectServer } from '../harness/effect-server.ts';
import { atLeast, atMost, type Figure } from '../harness/figure.ts';
import { durableThreeEffects, plainThreeEffects } from '../harness/flows.ts';
import { measuredLoad } from '../harness/measured-load.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

export const threeEffects: Figure = {
  name: 'three-effects',
  about:
    'http in → three writes → http response: each write an effect of a durable run, against three http request nodes of plain Node-RED',
  async run({ palette, rounds, seconds, nodeArguments }) {
    const system = await startEffectServer();
    const plain = await MeasuredNodeRed.start({ flows: plainThreeEffects(system.url), palettes: [palette.plain] });
    const durable = await MeasuredNodeRed.start({
      flows: durableThreeEffects(system.url),
      palettes: [palette.plain, palette.pack],
      nodeArguments,
    });
    try {
      const compared = await byTurns(
        rounds,
        () => measuredLoad(durable, { url: `${durable.url}/run`, seconds }),
        () => measuredLoad(plain, { url: `${plain.url}/run`, seconds }),
      );
      const ours = spreadOf(compared.ours.map((one) => one.perSecond));
      const ratio = ratios(compared, (one) => one.perSecond);
      const overhead = spreadOf(compared.ours.map((one, round) => (one.cpuMsEach - compared.peer[round]!.cpuMsEach) / 3));
      return [
        {
          name: 'three-effects',
          what: 'messages through a flow of three writes, answered when the last is made',
          unit: 'runs/s',
          ours,
          peer: { name: 'Node-RED http request ×3, in memory', ...spreadOf(compared.peer.map((one) => one.perSecond)) },
          ratio,
          targets: [
            atLeast('≥ 0.6 of the peer', ratio.median, 0.6),
            atMost('≤ 0.5 ms CPU per effect more than the peer', overhead.median, 0.5),
          ],
          details: {
            ratioPerCpuSecond: ratios(compared, (one) => 1 / one.cpuMsEach).median,
            cpuMsPerRun: rounded(spreadOf(compared.ours.map((one) => one.cpuMsEach)).median),
            peerCpuMsPerRun: rounded(spreadOf(compared.peer.map((one) => one.cpuMsEach)).median),
            overheadCpuMsPerEffect: overhead.median,
            medianMs: spreadOf(compared.ours.map((one) => one.medianMs)).median,
            p99Ms: spreadOf(compared.ours.map((one) => one.p99Ms)).median,
            peerMedianMs: spreadOf(compared.peer.map((one) => one.medianMs)).median,
            eventLoopDelayP99Ms: spreadOf(compared.ours.map((one) => one.delayP99Ms)).median,
          },
          notes: [
            '64 connections; each run waits for nine commits one after the other (accepted, claimed, intent and outcome of each write, done); the system written to answers at once',
          ],
        },
      ];
    } finally {
      await Promise.all([plain.stop(), durable.stop()]);
      await system.stop();
    }
  },
};
