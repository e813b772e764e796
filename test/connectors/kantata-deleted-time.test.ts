import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { ApprovedTimePollOptions, SourceEvent } from '../../model/operations.ts';
import { Store } from '../../sandbox/kantata/store.ts';
import { failureOf, startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const day = 86_400_000;

describe('Kantata: time that is deleted', () => {
  let box: Awaited<ReturnType<typeof startKantata>>;
  let psa: ReturnType<typeof box.connect>;
  let cursor: Json | undefined;
  let known: Map<string, SourceEvent>;

  beforeEach(async () => {
    cursor = undefined;
    known = new Map();
    const now = Date.now();
    box = await startKantata({
      users: [{ id: '9', full_name: 'Jane Doe', email_address: 'jane@firm.example' }],
      workspaces: [{ id: '501', title: 'ENG-0501 · Rollout', currency: 'EUR' }],
      external_references: [
        {
          id: '901',
          subject_type: 'Workspace',
          subject_id: 501,
          service_name: 'ps-connect',
          service_model: 'project',
          service_model_ref: 'ENG-0501',
        },
      ],
      time_entries: ['1', '2', '3'].map((id) => ({
        ...{ id, workspace_id: '501', user_id: '9', date_performed: '2026-11-20', time_in_minutes: 60, billable: true },
        ...{ rate_in_cents: 15000, approved: id !== '3', currency: 'EUR' },
        created_at: new Date(now - 30 * day).toISOString(),
        updated_at: new Date(now - day).toISOString(),
      })),
    });
    psa = box.connect();
  });
  afterEach(async () => {
    await psa.close();
    await box.stop();
  });

  /** What is new since the last look. */
  async function news(options: ApprovedTimePollOptions = { since: '2020-01-01', deleted: true }): Promise<string[]> {
    const events: SourceEvent[] = [];
    for (let pages = 0, more = true; more; pages++) {
      if (pages > 200) throw new Error('the poll does not end');
      const page = await psa.operations['approved-time.poll'](cursor, { pageSize: 2, ...options }, signal);
      events.push(...page.events.filter(({ id }) => !known.has(id)));
      page.events.forEach((event) => known.set(event.id, event));
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
      ({ more } = page);
    }
    return [...new Map(events.map((event) => [event.id, event])).values()].map(({ subject, data }) => {
      return `${subject} ${(data as JsonObject)['status']}`;
    });
  }
  const remove = async (id: string) => {
    const authorization = `Bearer ${box.sim.definition.credentials(box.sim)['accessToken']}`;
    const answer = await fetch(`${box.sim.url}/api/v1/time_entries/${id}`, { method: 'DELETE', headers: { authorization } });
    answer.status.should.equal(204);
  };
  const later = (ms: number) => box.sim.clock.set(new Date(box.sim.clock.now().getTime() + ms));

  it('comes as taken back, behind its approval, with what it was', async () => {
    (await news()).sort().should.eql(['kantata:1 approved', 'kantata:2 approved']);
    await remove('1');
    (await news()).should.eql(['kantata:1 withdrawn']);
    const all = [...known.values()].filter(({ subject }) => subject === 'kantata:1');
    const [approved, gone] = all as [SourceEvent, SourceEvent];
    contractIssues('time-entry', gone.data).should.eql([]);
    should(gone.data).containEql({ project: { id: '501', code: 'ENG-0501' }, minutes: 60, workDate: '2026-11-20', status: 'withdrawn' });
    gone.type.should.equal('com.psconnect.time.withdrawn');
    should(gone.version!.at > approved.version!.at).be.true();
    (await news()).should.eql([]);
  });

  it('comes behind what happened to it in the same second', async () => {
    box.sim.clock.set(new Date(Math.floor(Date.now() / 1000) * 1000 + 5000));
    const row = new Store(box.sim.state).find('time_entries', '2')!;
    row['updated_at'] = `${box.sim.clock.now().toISOString().slice(0, 19)}Z`;
    await news();
    await remove('2');
    (await news()).should.eql(['kantata:2 withdrawn']);
    const of = [...known.values()].filter(({ subject }) => subject === 'kantata:2').map(({ version }) => version!.at);
    should(of.at(-1)! > of[0]!).be.true();
  });

  it('comes alone where it was deleted before its approval was heard, and where it was never approved: the books tell', async () => {
    await news({ deleted: true });
    for (const id of ['1', '3']) await remove(id);
    (await news({ deleted: true })).sort().should.eql(['kantata:1 withdrawn', 'kantata:3 withdrawn']);
  });

  it('comes once, however often it is told, and not where the entry is there after all', async () => {
    await news();
    const kept = structuredClone(new Store(box.sim.state).find('time_entries', '1')!);
    box.sim.state.feed.duplicates = 1;
    for (const id of ['1', '2']) await remove(id);
    new Store(box.sim.state).insert('time_entries', kept);
    (await news()).should.eql(['kantata:2 withdrawn']);
  });

  it('comes again when it is deleted again', async () => {
    await news();
    const kept = structuredClone(new Store(box.sim.state).find('time_entries', '1')!);
    await remove('1');
    (await news()).should.eql(['kantata:1 withdrawn']);
    later(60_000);
    new Store(box.sim.state).insert('time_entries', { ...kept, updated_at: `${box.sim.clock.now().toISOString().slice(0, 19)}Z` });
    (await news()).should.eql(['kantata:1 approved']);
    later(60_000);
    await remove('1');
    (await news()).should.eql(['kantata:1 withdrawn']);
  });

  it('is told as far back as Kantata keeps events by a source that begins to ask for it', async () => {
    await news({ since: '2020-01-01' });
    await remove('1');
    (await news({ since: '2020-01-01' })).should.eql([]);
    later(2 * day);
    (await news()).should.eql(['kantata:1 withdrawn']);
  });

  it('says for which days nothing is known after a longer pause, and tells what is still kept', async () => {
    await news();
    await remove('1');
    later(10 * day);
    await remove('2');
    later(60_000);
    (await news()).should.eql(['kantata:deleted-time-missed undefined', 'kantata:2 withdrawn']);
    const [gap] = [...known.values()].filter(({ refused }) => refused);
    should(gap!.refused).containEql({ code: 'EVENTS_GONE', class: 'contract.drift' });
    should(gap!.refused!.message).match(/time that was deleted until/);
    (await news()).should.eql([]);
  });

  it('is not asked for unless it is wanted: approved time needs no add-on', async () => {
    box.load({ tokens: { limited: '9' } });
    const limited = box.connect({ accessToken: 'limited' });
    const poll = (deleted: boolean) => limited.operations['approved-time.poll'](undefined, { since: '2020-01-01', deleted }, signal);
    should((await poll(false)).events).be.Array();
    should(await failureOf(poll(true))).containEql({ class: 'auth.denied' });
    await limited.close();
  });

  it('of which the event does not say what it was is named by the contract check', async () => {
    await news();
    await remove('1');
    for (const row of box.rows('subscribed_events')) row['previous_payload'] = null;
    (await news()).should.eql(['kantata:1 withdrawn']);
    const gone = [...known.values()].at(-1)!;
    contractIssues('time-entry', gone.data).length.should.be.above(0);
  });
});
