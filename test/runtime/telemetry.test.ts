import { readFileSync } from 'node:fs';
import parse from 'parse-prometheus-text-format';
import should from 'should';
import { readSettings } from '../../runtime/settings.ts';
import { root } from '../build/built-pack.ts';
import { entry, func, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const token = 'of-the-scraper-0123456789';

describe('What machines that look after machines are told', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({
      settings: `adminAuth: { type: 'credentials', users: [] }, functionGlobalContext: {}`,
      environment: { PSCONNECT_METRICSTOKEN: token },
      flows: [
        ...[{ ...tab(), label: 'Deals "won"\\ & lost' }, policy(), entry('check')],
        func('check', 'if (msg.payload.wrong) throw new Error("wrong"); return msg;', [['sink']]),
        sink(),
      ],
    });
    await live.until(async () => (await fetch(`${live.editor}/ps-connect/readyz`)).status === 200, 'it is ready');
  });
  after(() => live?.end());

  const scrape = (headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    fetch(`${live.editor}/ps-connect/metrics`, { headers });
  const samples = async () =>
    new Map(
      parse(await (await scrape()).text()).map((family) => [family.name, { ...family, of: (labels: object) => sample(family, labels) }]),
    );
  const sample = ({ metrics }: ReturnType<typeof parse>[0], wanted: object) =>
    metrics.find(({ labels = {} }) => Object.entries(wanted).every(([name, value]) => labels[name] === value));

  it('counts what came in, what became of it, how long it took, and what stands, for a Prometheus parser', async () => {
    for (const n of [1, 2, 3]) live.receive('entry', { payload: { code: `M-${n}` } });
    live.receive('entry', { payload: { code: 'M-4', wrong: true, name: 'Ada Berg' } });
    const flow = 'Deals "won"\\ & lost';
    await live.until(async () => (await samples()).get('psconnect_runs')?.of({ status: 'dead' })?.value === '1', 'all have ended');
    const found = await samples();
    const value = (name: string, labels: object) => found.get(`psconnect_${name}`)!.of(labels)?.value;
    should(value('runs', { status: 'done' })).equal('3');
    should(value('runs_accepted_total', { flow })).equal('4');
    should(value('deliveries_total', { flow, outcome: 'done' })).equal('3');
    should(value('deliveries_total', { flow, outcome: 'dead' })).equal('1');
    should(value('standing_runs', { flow, status: 'dead', class: 'internal', severity: 'normal' })).equal('1');
    should(value('ready', {})).equal('1');
    should(value('instances', {})).equal('1');
    should(value('effects_in_doubt', {})).equal('0');
    const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
    should(value('build_info', { version })).equal('1');
    found.get('psconnect_run_duration_seconds')!.type.should.equal('HISTOGRAM');
    // the parser loses the labels of histograms
    const lines = (await (await scrape()).text()).split('\n').filter((line) => line.includes('\\"won\\"\\\\ & lost'));
    const took = (what: string) =>
      lines
        .find((line) => line.startsWith(`psconnect_run_duration_seconds_${what}`))
        ?.split(' ')
        .at(-1);
    should(took('bucket{le="60"')).equal('3');
    should(took('count')).equal('3');
    Number(took('sum')).should.be.within(0, 60);
  });

  it('names each figure as Prometheus has it, with its unit, and no record and no person in any label', async () => {
    const text = await (await scrape()).text();
    for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      name!.should.match(/^psconnect_[a-z_]+$/);
      name!.endsWith('_total').should.equal(type === 'counter', name);
    }
    text.should.not.match(/M-\d|Ada Berg/);
  });

  it('is what the documents list, and what the dashboard asks for', async () => {
    const families = parse(await (await scrape()).text());
    const names = new Set(families.map(({ name }) => name));
    const listed = readFileSync(`${root}/docs/operations.md`, 'utf8').matchAll(/`(psconnect_[a-z_]+)`/g);
    [...new Set([...listed].map(([, name]) => name!))].sort().should.deepEqual([...names].sort());
    const asked = readFileSync(`${root}/docs/grafana-dashboard.json`, 'utf8').matchAll(/psconnect_[a-z_]+/g);
    for (const [name] of asked) names.has(name.replace(/_bucket$/, '')).should.equal(true, name);
  });

  it('is told to whoever has the token, or may read; to nobody else', async () => {
    (await scrape()).headers.get('content-type')!.should.equal('text/plain; version=0.0.4; charset=utf-8');
    (await scrape({})).status.should.equal(401);
    (await scrape({ authorization: `Bearer ${token.slice(1)}` })).status.should.equal(401);
    (await scrape({ authorization: token })).status.should.be.within(400, 401);
  });

  it('says yes or no to everybody, and nothing else', async () => {
    for (const path of ['livez', 'readyz']) {
      const answer = await fetch(`${live.editor}/ps-connect/${path}`);
      answer.status.should.equal(200);
      answer.headers.get('cache-control')!.should.equal('no-store');
      (await answer.text()).should.equal('{"status":"pass"}');
    }
  });
});

describe('A Node-RED whose store does not work', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({
      environment: { PSCONNECT_STORE: 'postgres://nobody@127.0.0.1:1/none', PSCONNECT_METRICSTOKEN: 'short' },
    });
  });
  after(() => live?.end());

  it('lives, is not ready, and tells no figure of the store, not even 0', async () => {
    (await fetch(`${live.editor}/ps-connect/livez`)).status.should.equal(200);
    const ready = await fetch(`${live.editor}/ps-connect/readyz`);
    ready.status.should.equal(503);
    (await ready.text()).should.equal('{"status":"fail"}');
    const families = new Map(parse(await (await fetch(`${live.editor}/ps-connect/metrics`)).text()).map((one) => [one.name, one.metrics]));
    should(families.get('psconnect_ready')).match([{ value: '0' }]);
    for (const name of ['runs', 'standing_runs', 'oldest_open_run_age_seconds', 'effects_in_doubt', 'approvals_waiting'])
      should(families.get(`psconnect_${name}`)).be.empty();
  });

  it('takes a token as it is written, also as a number, and none for none', () => {
    const tokenOf = (given: unknown) => readSettings({ metricsToken: given }, undefined, {}).metricsToken;
    should(tokenOf(12_345)).equal('12345');
    should(tokenOf(' of-the-scraper\n')).equal('of-the-scraper');
    for (const none of ['', '  ', undefined, null]) should(tokenOf(none)).be.undefined();
  });

  it('uses no token that can be guessed, and says so', async () => {
    await live.says(/token for metrics has fewer than 16 characters/);
  });
});
