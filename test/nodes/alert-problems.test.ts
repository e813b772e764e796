import should from 'should';
import type { Standing } from '../../engine/store/runs.ts';
import { type AlertRules, look, type Problems, type Stands } from '../../nodes/business/alert/problems.ts';
import { quietHours } from '../../nodes/business/alert/quiet-hours.ts';

const minute = 60_000;
const rules: AlertRules = {
  ...{ least: 'low', waitingMs: 60 * minute, escalateMs: 240 * minute, againMs: 600 * minute, recovery: true },
  isQuiet: () => false,
};
const dead = (runs: number, rest: Partial<Standing> = {}, status: Stands['status'] = 'dead'): Stands => ({
  ...{ status, flow: 'tab', node: 'erp', class: 'mapping.missing', severity: 'normal', runs, newestAt: 0 },
  ...rest,
});
const waiting = (runs: number, rest: Partial<Standing> = {}) => dead(runs, { class: 'auth.denied', ...rest }, 'waiting');

/** Looks one after the other: at each minute what stands then, and what is told of it. */
function told(looks: [minutes: number, standing: Stands[]][], changed: Partial<AlertRules> = {}): [number, string][] {
  let known: Problems = {};
  return looks.flatMap(([minutes, standing]) => {
    // as the store gives it back
    const { changes, problems } = look(JSON.parse(JSON.stringify(known)) as Problems, standing, { ...rules, ...changed }, minutes * minute);
    known = problems;
    return changes.map(({ what, problem }): [number, string] => [minutes, `${what} ${problem.runs}`]);
  });
}

describe('What an alert tells of what stands still', () => {
  it('is a source that has read nothing for as long as runs may wait, whatever it fails with, and that it reads again', () => {
    const source = (cause: string, since: number): Stands => dead(1, { class: cause, newestAt: since * minute }, 'source');
    told([
      [59, [source('transient.timeout', 0)]],
      [60, [source('auth.denied', 0)]],
      [61, [source('transient.timeout', 0)]],
      [70, []],
      [75, []],
    ]).should.deepEqual([
      [60, 'new 1'],
      [75, 'over 1'],
    ]);
    // what failed long before anybody looked is told at once
    told([[500, [source('auth.denied', 0)]]]).should.deepEqual([[500, 'new 1']]);
    told([[500, [source('auth.denied', 0)]]], { waitingMs: 0 }).should.deepEqual([]);
  });

  it('is told once, however often it is looked at and however many runs it stops at once', () => {
    told([
      [0, [dead(10_000)]],
      [1, [dead(10_000)]],
      [2, [dead(10_004)]],
    ]).should.deepEqual([[0, 'new 10000']]);
  });

  it('is told again when there are ten times as many: a storm is a handful of messages', () => {
    const storm = Array.from({ length: 200 }, (_none, n): [number, Stands[]] => [n / 60, [dead(1 + n * 50)]]);
    told(storm).should.deepEqual([
      [0, 'new 1'],
      [1 / 60, 'more 51'],
      [11 / 60, 'more 551'],
      [111 / 60, 'more 5551'],
    ]);
  });

  it('is told again when new ones came to an old one, which nobody had mended', () => {
    told(
      [
        [0, [dead(1, { newestAt: 0 })]],
        [10, [dead(2, { newestAt: 9 * minute })]],
        [599, [dead(2, { newestAt: 9 * minute })]],
        [600, [dead(2, { newestAt: 9 * minute })]],
        [1_300, [dead(2, { newestAt: 9 * minute })]],
      ],
      { escalateMs: 0 },
    ).should.deepEqual([
      [0, 'new 1'],
      [600, 'more 2'],
    ]);
  });

  it('is one thing for each cause, place and severity', () => {
    told([
      [0, [dead(1), dead(2, { node: 'psa' }), dead(3, { class: 'internal' }), dead(4, { severity: 'high' }), dead(5, { flow: 'other' })]],
      [1, [dead(1), dead(2, { node: 'psa' }), dead(3, { class: 'internal' }), dead(4, { severity: 'high' }), dead(5, { flow: 'other' })]],
    ])
      .map(([, what]) => what)
      .should.deepEqual(['new 1', 'new 2', 'new 3', 'new 4', 'new 5']);
  });

  it('goes up step by step while it stands', () => {
    const standing = [dead(1, { newestAt: -1 })];
    told([0, 239, 240, 241, 839, 840, 1_439, 1_440].map((at) => [at, standing])).should.deepEqual([
      [0, 'new 1'],
      [240, 'escalated 1'],
      [840, 'escalated 1'],
      [1_440, 'escalated 1'],
    ]);
  });

  it('is over when nothing of it has stood for five minutes, and what comes back sooner was never over', () => {
    told([
      [0, [dead(3)]],
      [10, []],
      [14, [dead(1)]],
      [20, []],
      [24, []],
      [25, []],
      [26, []],
      [30, [dead(1)]],
    ]).should.deepEqual([
      [0, 'new 3'],
      [25, 'over 1'],
      [30, 'new 1'],
    ]);
  });

  it('is over in silence where that is wanted, and where nobody was told', () => {
    told(
      [
        [0, [dead(3)]],
        [10, []],
        [15, []],
        [16, [dead(3)]],
      ],
      { recovery: false },
    ).should.deepEqual([
      [0, 'new 3'],
      [16, 'new 3'],
    ]);
    told([
      [0, [waiting(3)]],
      [10, []],
      [20, []],
    ]).should.deepEqual([]);
  });

  it('is what waits because something fails, once it has waited; what waits as its flow wants it is not', () => {
    const byChoice: Standing = { status: 'waiting', flow: 'tab', node: 'boss', severity: 'normal', runs: 5, newestAt: 0 };
    const looks = [0, 59, 60, 61].map((at): [number, Stands[]] => [at, [waiting(2, { newestAt: at * minute }), byChoice]]);
    told(looks).should.deepEqual([[60, 'new 2']]);
    told(looks, { waitingMs: 0 }).should.deepEqual([]);
  });

  it('is as grave as it must be, of the flow that is watched', () => {
    const all = [dead(1, { severity: 'low' }), dead(2, { severity: 'high' }), dead(3, { severity: 'critical', flow: 'other' })];
    told([[0, all]], { least: 'high' }).should.deepEqual([
      [0, 'new 2'],
      [0, 'new 3'],
    ]);
    told([[0, all]], { flow: 'tab' }).should.deepEqual([
      [0, 'new 1'],
      [0, 'new 2'],
    ]);
  });

  it('waits for the end of the quiet hours, unless it is critical or over by then', () => {
    const isQuiet = (now: number) => now < 60 * minute;
    told(
      [
        [0, [dead(1), dead(2, { severity: 'critical' }), dead(3, { node: 'psa' })]],
        [10, [dead(1), dead(2, { severity: 'critical' })]],
        [60, [dead(4), dead(2, { severity: 'critical' })]],
      ],
      { isQuiet },
    ).should.deepEqual([
      [0, 'new 2'],
      [60, 'new 4'],
    ]);
  });

  it('that is over in the quiet hours is said to be so after them', () => {
    told(
      [
        [0, [dead(1)]],
        [10, []],
        [20, []],
        [60, []],
        [70, []],
      ],
      { isQuiet: (now) => now > 5 * minute && now < 60 * minute },
    ).should.deepEqual([
      [0, 'new 1'],
      [60, 'over 1'],
    ]);
  });
});

describe('Quiet hours', () => {
  const hours = { quiet: 'nights', quietFrom: 20, quietUntil: 7, timeZone: 'Europe/Berlin' } as const;
  const at = (time: string) => Date.parse(time);

  it('are those of the time zone, over midnight and over a change of the clock', () => {
    const isQuiet = quietHours(hours);
    isQuiet(at('2026-11-30T18:59:00Z')).should.be.false();
    isQuiet(at('2026-11-30T19:00:00Z')).should.be.true();
    isQuiet(at('2026-11-30T23:30:00Z')).should.be.true();
    isQuiet(at('2026-12-01T05:59:00Z')).should.be.true();
    isQuiet(at('2026-12-01T06:00:00Z')).should.be.false();
    // in summer an hour earlier
    isQuiet(at('2026-07-01T18:00:00Z')).should.be.true();
    isQuiet(at('2026-07-01T05:00:00Z')).should.be.false();
  });

  it('are none, of a day, of weekends, or of weekends alone', () => {
    quietHours({ ...hours, quiet: 'never' })(at('2026-11-30T23:30:00Z')).should.be.false();
    quietHours({ ...hours, quietFrom: 12, quietUntil: 13 })(at('2026-11-30T11:30:00Z')).should.be.true();
    const weekends = quietHours({ quiet: 'nights-weekends', quietFrom: 0, quietUntil: 0, timeZone: 'Pacific/Auckland' });
    weekends(at('2026-11-27T10:59:00Z')).should.be.false(); // still Friday there
    weekends(at('2026-11-27T11:00:00Z')).should.be.true();
    weekends(at('2026-11-29T11:00:00Z')).should.be.false();
  });

  it('of a time zone that there is not are refused by name', () => {
    should(() => quietHours({ ...hours, timeZone: 'Europe/Berln' })).throw(/no time zone Europe\/Berln/);
  });
});
