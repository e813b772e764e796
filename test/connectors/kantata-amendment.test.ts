import should from 'should';
import type { KantataConnector } from '../../connectors/kantata/connector.ts';
import type { Change } from '../../model/changes.ts';
import type { Project } from '../../model/types.generated.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { call, failureOf, project, startKantata } from './kantata-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('An amendment in Kantata', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  let psa: KantataConnector;
  beforeEach(async () => {
    kantata = await startKantata();
    psa = kantata.connect();
    await psa.operations['psa-project.create']([project], call(new InMemoryEffects()));
  });
  afterEach(() => kantata.stop());

  const ask = (
    projects: Project[],
    approved?: readonly Change[],
    effects: InMemoryEffects | RecordingEffects = new InMemoryEffects(),
    number = 1,
  ) =>
    psa.operations['psa-project.change'](
      { amendment: { number, effective: '2027-01-01' }, projects, ...(approved ? { approved } : {}) },
      call(effects),
    );
  const shown = async (projects: Project[]) => (await ask(projects)).changes;
  const refused = async (projects: Project[], number = 1) => {
    const before = kantata.changes();
    const failure = await failureOf(ask(projects, undefined, new InMemoryEffects(), number));
    kantata.changes().should.equal(before);
    return failure;
  };
  const story = (title: RegExp) => kantata.rows('stories').find((row) => title.test(String(row['title'])))!;
  const told = ({ record, field, there, wanted }: Change) => `${record} ${field}: ${there ?? '-'} > ${wanted ?? '-'}`;

  function amended(): Project {
    const [discovery, build] = project.phases as [Project['phases'][0], Project['phases'][0]];
    return {
      ...project,
      amount: eur('95000.00'),
      end: '2027-04-30',
      phases: [
        { ...discovery, name: 'Analysis', budget: eur('35000.00') },
        { ...build, end: '2027-04-30' },
        {
          code: 'P3',
          name: 'Training',
          start: '2027-04-01',
          end: '2027-04-30',
          legalEntity: 'DE01',
          tasks: [{ code: 'T1', name: 'Courses' }],
        },
      ],
      milestones: [
        { ...project.milestones[0]!, amount: eur('35000.00') },
        { ...project.milestones[1]!, due: '2027-04-30' },
      ],
    };
  }

  it('shows each field that changes and writes nothing; makes exactly that, notes its number, and has nothing left', async () => {
    const before = kantata.changes();
    const changes = await shown([amended()]);
    kantata.changes().should.equal(before);
    changes
      .map(told)
      .should.deepEqual([
        'project ENG-0001 due_date: 2027-03-31 > 2027-04-30',
        'project ENG-0001 description (Contract amount): 90000.00 EUR > 95000.00 EUR',
        'phase ENG-0001/P1 title: Discovery > Analysis',
        'phase ENG-0001/P1 budget_estimate_in_cents: 3000000 > 3500000',
        'phase ENG-0001/P2 due_date: 2027-03-31 > 2027-04-30',
        'phase ENG-0001/P3 title: - > Training',
        'task ENG-0001/P3/T1 title: - > Courses',
        'milestone ENG-0001/M1 description (Billing milestone): 30000.00 EUR > 35000.00 EUR',
        'milestone ENG-0001/M1 budget_estimate_in_cents: 3000000 > 3500000',
        'milestone ENG-0001/M2 due_date: 2027-03-31 > 2027-04-30',
      ]);
    (await ask([amended()], changes)).should.match({ applied: true });
    const [workspace] = kantata.rows('workspaces');
    should(workspace!['due_date']).equal('2027-04-30');
    String(workspace!['description'])
      .should.match(/^Contract amount: 95000\.00 EUR$/m)
      .and.match(/^Amendment 1, effective 2027-01-01$/m);
    String(workspace!['description']).should.match(/The client provides test data\./);
    should(story(/P3\/T1/)['parent_id']).equal(story(/^P3 /).id);
    (await shown([amended()])).should.deepEqual([]);
    const again = await psa.operations['psa-project.create']([amended()], call(new InMemoryEffects()));
    should(again.projects[0]!.differences).equal(undefined);
  });

  it('archives what it takes out, and brings it back', async () => {
    const without = { ...project, phases: project.phases.slice(0, 1), milestones: project.milestones };
    const changes = await shown([without]);
    changes
      .map(({ message }) => message)
      .should.deepEqual(['Task ENG-0001/P2 is taken out: "P2 · Build"', 'Task ENG-0001/P2/T1 is taken out: "P2/T1 · Configuration"']);
    await ask([without], changes);
    should(story(/^P2 /)['archived']).equal(true);
    (await shown([without])).should.deepEqual([]);
    const back = await shown([project]);
    back.map(told).should.containEql('phase ENG-0001/P2 archived: true > false');
    await ask([project], back);
    should(story(/^P2 /)['archived']).equal(false);
  });

  it('is stopped before its contract, by a newer one, by time, by what is invoiced, by a completed milestone', async () => {
    (await refused([{ ...project, code: 'ENG-9' }])).should.match({ code: 'NOT_SET_UP', field: 'code', value: 'ENG-9' });
    await ask([amended()], await shown([amended()]), new InMemoryEffects(), 4);
    (await refused([project], 3)).should.match({ class: 'conflict.stale', code: 'AMENDMENT_OVERTAKEN', value: '4' });
    story(/^M2 /)['state'] = 'completed';
    (await refused([project], 5)).should.match({ code: 'MILESTONE_COMPLETED', record: 'milestone ENG-0001/M2' });
    story(/^M2 /)['state'] = 'started';
    const entry = {
      user_id: '1',
      workspace_id: story(/^P1 /)['workspace_id'],
      date_performed: '2026-12-05',
      time_in_minutes: 90,
      billable: true,
    };
    kantata.load({
      time_entries: [
        { ...entry, id: '7001', story_id: story(/^P2\/T1/).id },
        { ...entry, id: '7002', story_id: story(/^P1 /).id, rate_in_cents: 2_000_000, currency: 'EUR', is_invoiced: true, approved: true },
      ],
    });
    const without = { ...amended(), phases: amended().phases.filter(({ code }) => code !== 'P2') };
    (await refused([without], 5)).should.match({ code: 'TIME_POSTED', record: 'task ENG-0001/P2/T1', value: '1:30' });
    const cheap = {
      ...amended(),
      phases: amended().phases.map((phase) => (phase.code === 'P1' ? { ...phase, budget: eur('29999.99') } : phase)),
    };
    (await refused([cheap], 5)).should.match({ code: 'BELOW_BILLED', record: 'phase ENG-0001/P1', value: '30000.00 EUR' });
  });

  it('is not made when somebody changed the project by hand since it was approved', async () => {
    const changes = await shown([amended()]);
    story(/^P2 /)['due_date'] = '2027-05-31';
    const before = kantata.changes();
    const failure = await failureOf(ask([amended()], changes));
    failure.should.match({ class: 'conflict.stale', code: 'CHANGE_NOT_APPROVED', record: 'phase ENG-0001/P2', value: '2027-05-31' });
    kantata.changes().should.equal(before);
  });

  it('killed at any write goes on where it stopped; undone gives back what was there', async () => {
    const image = () =>
      JSON.stringify(kantata.rows('stories').map((row) => [row['title'], row['due_date'], row['budget_estimate_in_cents']]));
    const before = image();
    const changes = await shown([amended()]);
    const first = new RecordingEffects();
    await ask([amended()], changes, first);
    await first.undoAll(psa);
    image().should.equal(before);
    for (const when of ['before-send', 'after-send'] as const) {
      for (let atSend = 1; ; atSend++) {
        const effects = new InMemoryEffects();
        effects.crash = { atSend, when };
        const left = await shown([amended()]);
        const died = await ask([amended()], left, effects).catch((error: unknown) => error);
        if (!(died instanceof ProcessDied)) break;
        effects.crash = undefined;
        await ask([amended()], left, effects);
        (await shown([amended()])).should.deepEqual([], `${when} ${atSend}`);
        await ask([project], await shown([project]));
      }
    }
    kantata
      .rows('stories')
      .filter((row) => /P3/.test(String(row['title'])))
      .should.have.length(2);
  });
});
