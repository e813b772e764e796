import 'should';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { quickFolder } from '../quick-folder.ts';
import { tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { barriers } from './barriers.ts';
import { ConsoleView } from './console-view.ts';
import { launchChromium } from './launch-chromium.ts';
import { measuredMonths } from './measured-months.ts';

describe('a director who reads the figures of three months', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    const file = join(quickFolder('kpi-charts'), 'store.sqlite');
    await measuredMonths(file, Date.now());
    live = await LiveNodeRed.start({ environment: { PSCONNECT_STORE: file }, flows: [tab()] });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const opened = async (width = 1200, locale = 'en-US') => {
    const page = await browser.newPage({ locale, viewport: { width, height: 900 } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${live.editor}/ps-connect/`);
    const view = new ConsoleView(page);
    await view.show('kpis');
    await view.part('psc-kpi-days').selectOption('90');
    await view.part('psc-kpi-by').selectOption('entity');
    const tile = (name: string) => view.part('psc-kpi').and(page.locator(`[data-kpi="${name}"]`));
    await tile('project_setup_cycle_time').locator('psc-kpi-plot svg').first().waitFor();
    return { page, view, tile, errors };
  };

  it('sees trend, target, days that miss it and the forecast, and no line over days without values', async () => {
    const { page, tile, errors } = await opened();
    const trend = tile('project_setup_cycle_time').locator('psc-kpi-plot').first();
    (await trend.getAttribute('aria-label'))!.should.match(/Won deal to complete set-up/);
    for (const kind of ['days', 'target', 'forecast']) (await trend.locator(`.${kind}`).count()).should.be.above(0, kind);
    (await trend.locator('.missed').count()).should.be.above(3);
    // each weekend is a gap: the line begins anew behind it
    const line = (await trend.locator('.days path.ct-line').first().getAttribute('d'))!;
    line.match(/M/g)!.length.should.be.above(8);
    // what was forgotten for a year stands at the edge, and says how much it is
    const billing = tile('billing_latency');
    (await billing.locator('psc-kpi-plot').first().locator('.beyond, .missed').count()).should.be.above(0);
    (await billing.getByText(/up to 365 days/).count()).should.equal(1);
    errors.should.deepEqual([]);
    await page.close();
  });

  it('sees how the values are distributed, with median and nine of ten, and of how many that is not known', async () => {
    const { page, tile } = await opened();
    const setUp = tile('project_setup_cycle_time');
    const spread = setUp.locator('psc-kpi-plot').nth(1);
    for (const kind of ['bar', 'missed', 'median', 'p90', 'target']) (await spread.locator(`.${kind}`).count()).should.be.above(0, kind);
    (await tile('time_to_staff').getByTestId('psc-kpi-unknown').textContent())!.should.match(/1 of 37/);
    // without a distribution there is none drawn
    (await tile('manual_touches').locator('psc-kpi-plot').count()).should.equal(1);
    (await tile('expense_posting_latency').locator('psc-kpi-plot').count()).should.equal(0);
    await page.close();
  });

  it('reads the same in tables, and compares the groups, the worst first', async () => {
    const { page, tile } = await opened();
    const setUp = tile('project_setup_cycle_time');
    await setUp.locator('summary').click();
    const heads = await setUp.locator('details thead th').allTextContents();
    heads.should.containDeep(['Median', '90th percentile']);
    (await setUp.locator('details table').count()).should.equal(3);
    const compared = await setUp.locator('psc-kpi-groups .bar').count();
    compared.should.equal(6);
    (await setUp.getByText(/2 more/).count()).should.equal(1);
    (await barriers(page)).should.deepEqual([]);
    await page.close();
  });

  for (const width of [320, 360])
    it(`finds everything inside a page of ${width} pixels, in German`, async () => {
      const { page, tile } = await opened(width, 'de');
      (await page.evaluate(() => document.documentElement.scrollWidth)).should.be.belowOrEqual(width);
      const box = (await tile('project_setup_cycle_time').locator('psc-kpi-plot').first().boundingBox())!;
      (box.x + box.width).should.be.belowOrEqual(width);
      box.width.should.be.above(150);
      await page.close();
    });
});
