import { atLeast, type Figure } from '../harness/figure.ts';
import { durableIngest, plainIngest, storedIngest } from '../harness/flows.ts';
import { measuredLoad } from '../harness/measured-load.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { spreadOf } from '../harness/spread.ts';
import { untilDone } from '../harness/done-runs.ts';

export const ingest: Figure = {
  name: 'ingest',
  about:
    'signed events to event in, on disk before they are acknowledged, against http in → http response of plain Node-RED, which stores nothing',
  async run({ palette, rounds, seconds, nodeArguments }) {
    const plain = await MeasuredNodeRed.start({ flows: plainIngest, palettes: [palette.plain] });
    const palettes = [palette.plain, palette.pack];
    const standing = await MeasuredNodeRed.start({ flows: storedIngest, palettes });
    const durable = await MeasuredNodeRed.start({ flows: durableIngest, palettes, nodeArguments });
    try {
      const stored = await byTurns(
        rounds,
        () => measuredLoad(standing, { url: `${standing.url}/events`, seconds }),
        () => measuredLoad(plain, { url: `${plain.url}/events`, seconds }),
      );
      let expected = 0;
      const delivered = await byTurns(
        rounds,
        async () => {
          const measured = await measuredLoad(durable, { url: `${durable.url}/events`, seconds });
          expected += measured.answered;
          await untilDone(durable, expected);
          return measured;
        },
        () => measuredLoad(plain, { url: `${plain.url}/events`, seconds }),
      );
      const results = [
        { name: 'ingest.acknowledged', what: 'events stored and acknowledged', compared: stored },
        { name: 'ingest.delivered', what: 'events stored and acknowledged while runs are delivered to the flow', compared: delivered },
      ];
      return results.map(({ name, what, compared }) => {
        const ours = spreadOf(compared.ours.map((one) => one.perSecond));
        const ratio = ratios(compared, (one) => one.perSecond);
        const perCpuSecond = ratios(compared, (one) => 1 / one.cpuMsEach);
        return {
          name,
          what,
          unit: 'messages/s',
          ours,
          peer: { name: 'Node-RED http in → http response, in memory', ...spreadOf(compared.peer.map((one) => one.perSecond)) },
          ratio,
          targets: [atLeast('≥ 2000/s', ours.median, 2000), atLeast('≥ 0.5 of the peer', ratio.median, 0.5)],
          details: {
            ratioPerCpuSecond: perCpuSecond.median,
            cpuMsEach: spreadOf(compared.ours.map((one) => one.cpuMsEach)).median,
            peerCpuMsEach: spreadOf(compared.peer.map((one) => one.cpuMsEach)).median,
            medianMs: spreadOf(compared.ours.map((one) => one.medianMs)).median,
            p99Ms: spreadOf(compared.ours.map((one) => one.p99Ms)).median,
            eventLoopDelayP99Ms: spreadOf(compared.ours.map((one) => one.delayP99Ms)).median,
            peerEventLoopDelayP99Ms: spreadOf(compared.peer.map((one) => one.delayP99Ms)).median,
          },
          notes: ['64 connections; event in checks each signature, plain Node-RED checks nothing'],
        };
      });
    } finally {
      await Promise.all([plain.stop(), standing.stop(), durable.stop()]);
    }
  },
};
