import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { OpportunityStream } from '../../connectors/salesforce/opportunity-stream.ts';
import type { OpportunityPoll } from '../../connectors/salesforce/opportunity-poll.ts';
import { OrgSession } from '../../connectors/salesforce-platform/session/org-session.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { atLeast, type Figure } from '../harness/figure.ts';
import { rounded, spreadOf } from '../harness/spread.ts';
import { scratch } from '../harness/scratch.ts';

const eachRound = 20_000;

/** Deals are there when they are asked for: what is measured is hearing, not the org's query. */
const atHand = {
  page: async () => ({ events: [], cursor: { version: 1, watermark: new Date().toISOString() }, more: false }),
  ofIds: async (ids: readonly string[]) => ({
    events: ids.map((id) => ({
      id: `${id}:1`,
      source: '/salesforce/bench/Opportunity',
      type: 'com.psconnect.opportunity.won',
      subject: id,
      time: '2026-03-20T08:00:00.000Z',
      key: id,
      data: { Id: id, StageName: 'Closed Won' },
    })),
  }),
} as unknown as OpportunityPoll;

export const stream: Figure = {
  name: 'stream',
  about: 'change events by gRPC: decoded, stored with the position, acknowledged by asking for more',
  async run({ rounds }) {
    const child = fork(fileURLToPath(new URL('../harness/event-bus-process.ts', import.meta.url)), { stdio: 'inherit' });
    const folder = mkdtempSync(join(scratch(), 'stream-'));
    const store = new SqliteStore(join(folder, 'store.sqlite'));
    try {
      const [access] = (await once(child, 'message')) as [Record<string, string>];
      setDefaultCACertificates([...getCACertificates('default'), access['certificate']!]);
      await store.open(Date.now());
      const { clientId = '', clientSecret = '', pubsub = '', url = '' } = access;
      const session = new OrgSession({ loginUrl: url, flow: 'client-credentials', clientId, clientSecret, pubsub });
      const signal = new AbortController();
      const pages = new OpportunityStream(session, atHand).pages(undefined, { rule: 'won' }, signal.signal);
      const rates: number[] = [];
      const cpu: number[] = [];
      let stored = 0;
      let quiet = 0;
      let began = { at: 0, cpu: process.cpuUsage() };
      for await (const page of pages) {
        const cursor = { source: 'stream', value: page.cursor };
        const input = { entry: 'stream', flow: 'bench', severity: 'normal' as const, events: page.events, cursor, now: Date.now() };
        stored += (await store.accept(input)).accepted.length;
        if (stored > 0 && stored % eachRound === 0 && page.events.length > 0) {
          const { user, system } = process.cpuUsage(began.cpu);
          rates.push((eachRound * 1000) / (performance.now() - began.at));
          cpu.push((user + system) / eachRound);
          if (rates.length > rounds) break;
        } else if (++quiet !== 2) continue;
        began = { at: performance.now(), cpu: process.cpuUsage() };
        child.send(eachRound);
      }
      signal.abort();
      session.close();
      const ours = spreadOf(rates.slice(1)); // the first round warms up
      return [
        {
          name: 'stream',
          what: 'change events decoded, stored and acknowledged',
          unit: 'events/s',
          ours,
          targets: [atLeast('≥ 5000/s', ours.median, 5_000)],
          details: { cpuMicrosecondsEach: rounded(spreadOf(cpu.slice(1)).median), eventsEachRound: eachRound },
          notes: ['the org is in another process; the deals that events name are at hand, so that its query is not measured'],
        },
      ];
    } finally {
      child.disconnect();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
