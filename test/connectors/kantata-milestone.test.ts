import should from 'should';
import type { Json } from '../../model/json.ts';
import type { PollPage } from '../../model/operations.ts';
import { contractIssues } from '../../model/contract.ts';
import { startKantata } from './kantata-sandbox.ts';

const reference = (id: string, subject_type: string, subject_id: number, service_model: string, service_model_ref: string) => ({
  ...{ id, subject_type, subject_id, service_name: 'ps-connect', service_model, service_model_ref },
});
const story = (id: number, more: object) => ({
  ...{ id: String(id), workspace_id: '501', title: `M${id} · Part`, story_type: 'milestone', state: 'completed' },
  ...{ created_at: `2025-03-0${id}T10:00:00Z`, updated_at: `2025-03-0${id}T10:00:00Z` },
  ...more,
});
const data = {
  workspaces: [
    { id: '501', title: 'ERP rollout', currency: 'EUR' },
    { id: '502', title: 'Summer party', currency: 'EUR' },
    { id: '503', title: 'ENG-0003 · Audit', currency: 'EUR', archived: true },
  ],
  stories: [
    story(1, { title: 'Design signed' }),
    story(2, { state: 'started' }),
    story(3, { title: 'Steering committee', state: 'not started' }),
    story(4, { title: 'Steering committee' }),
    story(5, { workspace_id: '502' }),
    story(6, { workspace_id: '503' }),
    story(7, { story_type: 'task' }),
  ],
  external_references: [
    reference('901', 'Workspace', 501, 'project', 'ENG-0001'),
    reference('902', 'Story', 1, 'milestone', 'ENG-0001/M1'),
  ],
};

describe('Milestones in Kantata', () => {
  let box: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    box = await startKantata(data);
  });
  afterEach(() => box.stop());

  const signal = new AbortController().signal;
  async function all(cursor?: Json): Promise<{ events: PollPage['events']; cursor: Json }> {
    const poll = box.connect().operations['milestone.poll'];
    const events: PollPage['events'] = [];
    for (let at = cursor, more = true; more;) {
      const page = await poll(at, { since: '2025-01-01', pageSize: 2 }, signal);
      events.push(...page.events);
      ({ cursor: at, more } = page);
      cursor = at;
    }
    return { events: [...new Map(events.map((event) => [event.id, event])).values()], cursor: cursor! };
  }
  const told = (events: PollPage['events']) => events.map(({ subject, data: given }) => `${subject} ${(given as { state: string }).state}`);

  it('come by their code, reached or open; of projects that are not the firm’s none', async () => {
    const { events } = await all();
    told(events).should.deepEqual(['ENG-0001/M1 reached', 'ENG-0001/M2 open', 'kantata:4 reached', 'ENG-0003/M6 reached']);
    events[0]!.should.containEql({ type: 'com.psconnect.milestone.reached', source: '/kantata/stories', key: 'ENG-0001' });
    should(contractIssues('milestone', events[0]!.data)).deepEqual([]);
  });

  it('that were reached and have no code come without it, so that the contract check names it', async () => {
    const { events } = await all();
    const [issue] = contractIssues('milestone', events[2]!.data);
    should(issue).containEql({ code: 'SCHEMA_REQUIRED', field: 'code' });
  });

  it('that are taken back are news, and so are those that are reached again; what else changes is none', async () => {
    const first = await all();
    const change = (more: object) => box.load({ stories: [story(1, more)] });
    change({ title: 'Design signed off', updated_at: '2025-04-01T10:00:00Z' });
    const renamed = await all(first.cursor);
    const version = (events: PollPage['events']) => events.find(({ subject }) => subject === 'ENG-0001/M1')!.version!;
    should(version(renamed.events).content).equal(version(first.events).content);
    change({ state: 'started', updated_at: '2025-04-02T10:00:00Z' });
    const back = await all(renamed.cursor);
    told(back.events).should.containEql('ENG-0001/M1 open');
    change({ state: 'completed', updated_at: '2025-04-03T10:00:00Z' });
    const again = await all(back.cursor);
    told(again.events).should.containEql('ENG-0001/M1 reached');
    should(version(again.events).at > version(back.events).at).equal(true);
    again.events.at(-1)!.id.should.not.equal(first.events[0]!.id);
  });

  it('in a state that nobody knows are not guessed', async () => {
    box.load({ stories: [story(1, { state: 'resolved' })] });
    const { events } = await all();
    should(contractIssues('milestone', events[0]!.data)[0]).containEql({ code: 'SCHEMA_ENUM', field: 'state', value: 'resolved' });
  });

  it('of the past are left out when nothing is said of where to begin', async () => {
    const page = await box.connect().operations['milestone.poll'](undefined, {}, signal);
    page.events.should.deepEqual([]);
  });
});
