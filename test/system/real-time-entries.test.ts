import should from 'should';
import { until } from '../until.ts';
import { Product, type RunSeen } from './product.ts';
import { centsOf, type RealEntry, readRealEntries } from './real-entries.ts';
import { emailOf, loadTimeFirm, projectCodeOf, psaId, taskCodeOf } from './time-firm.ts';

/** Person 3 is unknown to the ERP, project 9 is closed there, April 2016 is a closed period. */
const missingUser = '3';
const closedProject = '9';
const closedMonth = '2016-04';

type Amounts = Record<string, Record<string, string>>;

interface Reconciled {
  id: string;
  result: {
    psa: { entries: number; minutes: number; amounts: Amounts };
    erp: { entries: number; minutes: number; amounts: Amounts };
    matched: number;
    breaks: { kind: string; key: string; explained?: { run: string; status: string; message: string } }[];
  };
}

/**
 * 2,000 real time entries of a consulting agency (2016), through the PSA into the ERP. All are approved here, although 812 were not yet
 * when they were exported. 876 are not billable and have a rate of zero: they are posted with that, since the ERP wants the hours all
 * the same. None has zero minutes; one is added, and must be refused: an ERP has no time entry of no time.
 */
describe('2,000 real time entries', function () {
  this.timeout(180_000);
  const entries = readRealEntries();
  const key = (entry: { id: string }) => `kantata:${psaId.entry(entry.id)}`;
  const zero: RealEntry | undefined = entries && {
    ...entries[0]!,
    id: '9001',
    day: '2016-05-10',
    minutes: 0,
    user: '2',
    workspace: '5',
    story: '',
  };
  const expectedCodes = (entry: RealEntry): string[] => {
    if (entry.minutes === 0) return ['SCHEMA_MINIMUM'];
    if (entry.user === missingUser) return ['EMPLOYEE_UNKNOWN'];
    return [
      ...(entry.workspace === closedProject ? ['PROJECT_CLOSED'] : []),
      ...(entry.day.startsWith(closedMonth) ? ['PERIOD_CLOSED'] : []),
    ];
  };
  const sum = (list: RealEntry[]) => ({
    minutes: Number(list.reduce((total, { minutes }) => total + BigInt(minutes), 0n)),
    cents: list.reduce((total, entry) => total + centsOf(entry), 0n),
  });
  const cents = (amounts: Amounts) =>
    Object.values(amounts).reduce((total, of) => total + BigInt((of['USD'] ?? '0.00').replace('.', '')), 0n);
  let product: Product;
  let runs: Map<string, RunSeen>;
  let all: RealEntry[];
  let fit: RealEntry[];
  let unfit: RealEntry[];

  before(async function () {
    if (!entries || !zero) return this.skip();
    all = [...entries, zero];
    fit = all.filter((entry) => expectedCodes(entry).length === 0);
    unfit = all.filter((entry) => expectedCodes(entry).length > 0);
    product = await Product.create({
      flow: 'time',
      change: (node) => ({
        ...node,
        ...(node.type === 'psa-timesheet-in' ? { since: '2015-12-31' } : {}),
        ...(node.type === 'reconcile' ? { lookbackDays: 4500 } : {}),
      }),
    });
    const { kantata, netsuite } = product.sandbox;
    loadTimeFirm(
      product.sandbox,
      {
        users: [...new Set(entries.map(({ user }) => user))],
        workspaces: [...new Set(entries.map(({ workspace }) => workspace))],
        stories: new Map(entries.map(({ story, workspace }) => [story, workspace])),
        currency: 'USD',
        legalEntity: 'US01',
      },
      { missingUsers: [missingUser], closedProjects: [closedProject] },
    );
    netsuite.definition.load(netsuite, { periods: [{ name: 'Apr 2016', closed: true }] });
    kantata.definition.load(kantata, {
      time_entries: all.map((entry) => ({
        id: psaId.entry(entry.id),
        workspace_id: psaId.workspace(entry.workspace),
        ...(entry.story ? { story_id: psaId.story(entry.story) } : {}),
        user_id: psaId.user(entry.user),
        date_performed: entry.day,
        time_in_minutes: entry.minutes,
        rate_in_cents: entry.rateInCents,
        currency: 'USD',
        billable: entry.billable,
        approved: true,
        created_at: entry.createdAt,
        updated_at: entry.updatedAt,
      })),
    });
    const began = performance.now();
    await product.harness.start();
    runs = await product.ended(all.map(key), 150);
    console.log(
      `      ${all.length} entries read, posted or refused in ${((performance.now() - began) / 1000).toFixed(1)} s, start of Node-RED included`,
    );
  });
  after(() => product?.end());

  /** Presses the button of the flow's reconciliation and waits for the result. */
  async function reconcile(): Promise<Reconciled['result']> {
    const past = await product.harness.nodeRed.get<Reconciled[]>('/reconciliations');
    (await fetch(`${product.harness.nodeRed.url}/inject/psc-t-clock`, { method: 'POST' })).ok.should.be.true();
    let newest: Reconciled | undefined;
    await until(
      async () => {
        newest = (await product.harness.nodeRed.get<Reconciled[]>('/reconciliations'))[0];
        return newest !== undefined && newest.id !== past[0]?.id;
      },
      () => 'the reconciliation gave no result',
    );
    return (newest as Reconciled).result;
  }

  it('are posted once each', () => {
    const posted = product.books.erp('timeBill').map((bill) => bill.externalId);
    posted.sort().should.deepEqual(fit.map(key).sort());
    product.books.writtenTwice().should.deepEqual([]);
    for (const entry of fit) should(runs.get(key(entry))?.status).equal('done');
  });

  it('say the same in the ERP as in the PSA: person, project, task, day, minutes, rate', () => {
    const { books } = product;
    const id = (type: string, externalId: string) => books.erpBy(type, externalId).id;
    const people = new Map(books.erp('employee').map((employee) => [employee.fields['email'], employee.id]));
    const bills = new Map(books.erp('timeBill').map((bill) => [bill.externalId, bill.fields]));
    const ids = new Map<string, string>();
    const cached = (type: string, externalId: string) => {
      const known = ids.get(externalId) ?? id(type, externalId);
      ids.set(externalId, known);
      return known;
    };
    for (const entry of fit) {
      const bill = bills.get(key(entry));
      should(bill).containEql({
        employee: people.get(emailOf(entry.user)),
        customer: cached('job', projectCodeOf(entry.workspace)),
        caseTaskEvent: cached('projectTask', taskCodeOf(entry.workspace, entry.story)),
        tranDate: entry.day,
        hours: entry.minutes,
        isBillable: entry.billable,
      });
      should(bill?.['rate']).equal(entry.rateInCents / 100);
    }
  });

  it('are refused with their reason where person, project or period is not fit, each a dead letter of its own', async () => {
    for (const entry of unfit) {
      const run = runs.get(key(entry));
      should(run?.status).equal('dead');
      const failure = run?.failure;
      expectedCodes(entry).should.containEql(failure?.code);
      String(failure?.record).should.containEql(key(entry));
      String(failure?.remedy).should.not.be.empty();
    }
    const dead = await product.runs().then((found) => found.filter((run) => run.status === 'dead'));
    dead.length.should.equal(unfit.length);
    const tally = Object.fromEntries([...Map.groupBy(dead, (run) => run.failure?.code ?? '')].map(([code, of]) => [code, of.length]));
    console.log(`      ${fit.length} posted, refused: ${JSON.stringify(tally)}`);
  });

  it('agree in minutes and cents on both sides, and the reconciliation has a break for exactly each refused one, explained', async () => {
    const { psa, erp, matched, breaks } = await reconcile();
    ({ entries: psa.entries, minutes: psa.minutes, cents: cents(psa.amounts) }).should.deepEqual({ entries: all.length, ...sum(all) });
    ({ entries: erp.entries, minutes: erp.minutes, cents: cents(erp.amounts) }).should.deepEqual({ entries: fit.length, ...sum(fit) });
    matched.should.equal(fit.length);
    const expected = new Set(unfit.map((entry) => `missing-in-erp ${key(entry)}`));
    const found = new Set(breaks.map((one) => `${one.kind} ${one.key}`));
    ({
      missing: [...expected].filter((one) => !found.has(one)),
      unexpected: [...found].filter((one) => !expected.has(one)),
    }).should.deepEqual({
      missing: [],
      unexpected: [],
    });
    breaks.length.should.equal(unfit.length);
    for (const one of breaks) {
      should(one.explained?.status).equal('dead');
      should(one.explained?.run).equal(runs.get(one.key)?.id);
    }
    const posted = sum(fit);
    console.log(`      posted ${posted.minutes} minutes, ${posted.cents} cents of ${sum(all).minutes} minutes, ${sum(all).cents} cents`);
  });

  it('go on once person, project and period are put right and the dead letters are replayed: only the entry of no time is left', async () => {
    const { netsuite } = product.sandbox;
    netsuite.definition.load(netsuite, {
      records: {
        employee: [
          {
            externalId: 'EMP-3',
            entityId: 'Person 3',
            firstName: 'Person',
            lastName: '3',
            email: emailOf('3'),
            subsidiary: { externalId: 'US01' },
          },
        ],
        job: [{ externalId: projectCodeOf(closedProject), entityStatus: { id: '2' } }],
      },
      periods: [{ name: 'Apr 2016', closed: false }],
    });
    const { body } = await product.post('/replays', { reason: 'person, project and period are open' });
    body.should.containEql({ replayed: unfit.length });
    runs = await product.ended(all.map(key), 120);
    [...runs.values()]
      .filter((run) => run.status !== 'done')
      .map((run) => run.event.subject)
      .should.deepEqual([key(zero!)]);
    const { erp, breaks } = await reconcile();
    ({ minutes: erp.minutes, cents: cents(erp.amounts) }).should.deepEqual(sum(all));
    breaks.map((found) => found.key).should.deepEqual([key(zero!)]);
    product.books.writtenTwice().should.deepEqual([]);
  });
});
