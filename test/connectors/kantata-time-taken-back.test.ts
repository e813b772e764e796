import should from 'should';
import { timeEntryOf, timeEvent, timeStatusOf } from '../../connectors/kantata/records/time-entry.ts';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const row = {
  id: '7',
  workspace_id: '501',
  user_id: '9',
  date_performed: '2026-11-20',
  time_in_minutes: 60,
  billable: true,
  approved: false,
};

describe('Kantata: time that was approved, or taken back', () => {
  it('is what the entry and its timesheet say, and no news while nobody has decided', () => {
    const of = (more: object, status?: string) => timeStatusOf({ ...row, ...more }, status === undefined ? undefined : { status });
    should(of({ approved: true })).equal('approved');
    should(of({})).equal(undefined);
    should(of({ active_submission_id: '88' }, 'pending')).equal(undefined);
    for (const status of ['cancelled', 'rejected']) should(of({ recent_submission_id: '88' }, status)).equal('withdrawn');
    // what contradicts itself or is not documented is nobody's approval, and is not passed over either
    should(of({ active_submission_id: '88' }, 'approved')).equal('submitted');
    should(of({ recent_submission_id: '88' }, 'constructor')).equal('constructor');
    should(of({ recent_submission_id: '88' })).equal('timesheet 88 not shown');
    should(of({ approved: null })).equal('approved: null');
    should(of({ approved: 'true' })).equal('approved: true');
    contractIssues(
      'time-entry',
      timeEntryOf(row, 'timesheet 88 not shown', { user: undefined, projectCode: 'A', taskCode: 'B', currency: 'EUR' }),
    )
      .map(({ field }) => field)
      .should.deepEqual(['status']);
  });

  it('is another version than the same time approved', () => {
    const context = { user: undefined, projectCode: 'A', taskCode: undefined, currency: 'EUR' };
    const [approved, withdrawn] = ['approved', 'withdrawn'].map((status) => timeEntryOf(row, status, context));
    should(withdrawn!['version']).not.equal(approved!['version']);
    timeEvent(withdrawn!, new Date(0)).type.should.equal('com.psconnect.time.withdrawn');
    timeEvent(approved!, new Date(0)).type.should.equal('com.psconnect.time.approved');
    contractIssues('time-entry', withdrawn).should.deepEqual([]);
  });

  describe('by a person at work', () => {
    let box: Awaited<ReturnType<typeof startKantata>>;
    beforeEach(async () => {
      box = await startKantata({
        users: [{ id: '9', full_name: 'Jane Doe', email_address: 'jane@firm.example' }],
        workspaces: ['501', '502'].map((id) => ({ id, title: `ENG-0${id} · Rollout`, currency: 'EUR' })),
        time_entries: ['1', '2', '3'].map((id) => ({
          ...{ ...row, id, rate_in_cents: 15000 },
          created_at: '2026-11-20T10:00:00Z',
          updated_at: '2026-11-20T10:00:00Z',
        })),
      });
    });
    afterEach(() => box.stop());

    let cursor: Json | undefined;
    let known: Set<string>;
    beforeEach(() => {
      cursor = undefined;
      known = new Set();
    });
    /** what is new since the last look; pages overlap, and the same event is one */
    const news = async (): Promise<string[]> => {
      const psa = box.connect();
      const events: SourceEvent[] = [];
      for (let more = true; more;) {
        const page = await psa.operations['approved-time.poll'](cursor, { since: '2020-01-01', pageSize: 2 }, signal);
        events.push(...page.events.filter(({ id }) => !known.has(id)));
        page.events.forEach(({ id }) => known.add(id));
        ({ cursor, more } = page);
      }
      events.forEach(({ data }) => contractIssues('time-entry', data).should.deepEqual([]));
      return [...new Map(events.map((event) => [event.id, event])).values()].map(({ subject, data }) => {
        const { status, project } = data as { status: string; project: { id: string } };
        return `${subject} ${status} in ${project.id}`;
      });
    };
    const api = async (method: string, path: string, body: object = {}) => {
      const answer = await fetch(`${box.sim.url}/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${box.sim.definition.credentials(box.sim)['accessToken']}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json().catch(() => ({}))) as { results?: { id: string }[] } };
    };
    const handIn = async (ids: string[], workspace = '501') => {
      const sheet = { title: 'Week 47', workspace_id: workspace, line_item_ids: ids };
      const { body } = await api('POST', 'timesheet_submissions', { timesheet_submission: sheet });
      return body.results![0]!.id;
    };
    const decide = async (id: string, verb: string) => {
      // people decide one thing after the other, and instants are shown to the second
      box.sim.clock.set(new Date(box.sim.clock.now().getTime() + 60_000));
      (await api('PUT', `timesheet_submissions/${id}/${verb}`)).status.should.equal(200);
    };

    it('comes when its timesheet is approved, and as taken back when the approval is cancelled', async () => {
      const sheet = await handIn(['1', '2']);
      (await news()).should.be.empty();
      await decide(sheet, 'approve');
      (await news()).sort().should.deepEqual(['kantata:1 approved in 501', 'kantata:2 approved in 501']);
      await decide(sheet, 'cancel');
      (await news()).sort().should.deepEqual(['kantata:1 withdrawn in 501', 'kantata:2 withdrawn in 501']);
    });

    it('that is put back as it was comes as approved anew', async () => {
      const sheet = await handIn(['1']);
      await decide(sheet, 'approve');
      const first = await news();
      await decide(sheet, 'cancel');
      (await news()).should.deepEqual(['kantata:1 withdrawn in 501']);
      await decide(await handIn(['1']), 'approve');
      (await news()).should.deepEqual(first);
    });

    it('that is moved to another project comes there', async () => {
      const sheet = await handIn(['1']);
      await decide(sheet, 'approve');
      await news();
      (await api('PUT', 'time_entries/1', { time_entry: { workspace_id: '502' } })).status.should.equal(422);
      await decide(sheet, 'cancel');
      (await api('PUT', 'time_entries/1', { time_entry: { workspace_id: '502' } })).status.should.equal(200);
      await decide(await handIn(['1'], '502'), 'approve');
      (await news()).should.deepEqual(['kantata:1 approved in 502']);
    });

    it('that is handed in and rejected is taken back, though it was never approved', async () => {
      await decide(await handIn(['3']), 'reject');
      (await news()).should.deepEqual(['kantata:3 withdrawn in 501']);
    });

    it('that is deleted after it was taken back has been told as taken back', async () => {
      const sheet = await handIn(['1']);
      await decide(sheet, 'approve');
      await news();
      await decide(sheet, 'cancel');
      (await news()).should.deepEqual(['kantata:1 withdrawn in 501']);
      (await api('DELETE', 'time_entries/1')).status.should.equal(204);
      (await news()).should.be.empty();
    });

    it('of which nothing was decided keeps nobody’s code waiting', async () => {
      await handIn(['1', '2', '3']);
      await news();
      should((cursor as JsonObject)['offset']).equal(0);
    });
  });
});
