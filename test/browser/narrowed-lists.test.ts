import { readFileSync } from 'node:fs';
import 'should';
import type { Browser, Page } from 'playwright-core';
import should from 'should';
import { entry, func, policy, tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { until } from '../until.ts';
import { barriers } from './barriers.ts';
import { ConsoleView } from './console-view.ts';
import { knownByToken, signedIn } from './by-token.ts';
import { launchChromium } from './launch-chromium.ts';

const signsIn = knownByToken({ ana: ['*'], rita: ['ps-connect.read', 'ps-connect.replay'], eve: ['ps-connect.read'] });

describe('who looks for some of the runs', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    live = await LiveNodeRed.start({ settings: signsIn });
    live.token = 'ana';
    await live.deploy([
      { ...tab(), label: 'Timesheets' },
      policy({ severity: 'high' }),
      entry('ok'),
      func('ok', 'if (msg.payload.bad) throw new Error("no"); return msg;', [[]]),
      { ...tab('other'), label: 'Deals' },
      { ...entry('also', { policy: '' }), id: 'entry2', z: 'other' },
      { ...func('also', 'return msg;', [[]]), z: 'other' },
    ]);
    const person = { resource: { id: '1', name: 'Zenobia Quill' } };
    live.receive('entry', { payload: { id: 'T-1', minutes: 450, project: { code: 'ENG-1' }, ...person } });
    live.receive('entry', { payload: { id: 'T-2', minutes: 60, project: { code: 'ENG-2' }, bad: true, ...person } });
    live.receive('entry2', { payload: { id: 'D-1', client: { name: 'Nordwind AG' }, amount: '12500.50', currency: 'EUR' } });
    const runs = async () => (await live.get<{ runs: { dead: number; done: number } }>('/overview')).runs;
    await live.until(async () => (await runs()).dead === 1 && (await runs()).done === 2, 'all have ended');
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const consoleOf = async (token: string, hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<[Page, ConsoleView]> => {
    const page = await browser.newPage({ viewport: { width: 1300, height: 900 }, ...options });
    await signedIn(page, token);
    await page.goto(`${live.editor}/ps-connect/${hash}`);
    return [page, new ConsoleView(page)];
  };
  const shows = async (page: Page, ...subjects: string[]) => {
    let found: string[] = [];
    const asWanted = async () => {
      found = (await page.getByTestId('psc-run-open').allTextContents()).map((text) => text.trim().split(/\s/)[0]!).sort();
      return String(found) === String(subjects.toSorted());
    };
    await until(asWanted, () => `${String(found)} in place of ${String(subjects)}`, 20);
  };

  it('narrows the list, links to what is looked at, goes back, and takes it along as a table', async () => {
    const [page, view] = await consoleOf('ana');
    await shows(page, 'D-1', 'T-1', 'T-2');
    await view.part('psc-run-filters').locator('summary').click();
    await view.part('psc-filter-flow').selectOption({ label: 'Timesheets' });
    await shows(page, 'T-1', 'T-2');
    await page.waitForURL(/#flow=tab$/);
    await view.part('psc-filter').selectOption('done');
    await shows(page, 'T-1');
    const link = page.url();
    link.should.endWith('#filter=done&flow=tab');
    await view.part('psc-search').pressSequentially('nobody');
    await view.part('psc-no-runs').waitFor();
    await page.waitForURL(/search=nobody/);
    await page.goBack();
    await shows(page, 'T-1');
    page.url().should.equal(link);
    const [file] = await Promise.all([page.waitForEvent('download'), view.part('psc-give-out').click()]);
    file.suggestedFilename().should.equal('runs.csv');
    readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
      .should.have.length(2);
    await page.goBack();
    await page.goBack();
    await shows(page, 'D-1', 'T-1', 'T-2');
    await page.close();
    const [other] = await consoleOf('eve', new URL(link).hash);
    await shows(other, 'T-1');
    await other.close();
  });

  it('finds by client, amount and hours, sees them in the list, and the person only where one may be seen', async () => {
    for (const [who, persons] of [
      ['ana', ['T-1', 'T-2']],
      ['eve', []],
    ] as const) {
      const [page, view] = await consoleOf(who);
      for (const [search, ...subjects] of [
        ['nordwind', 'D-1'],
        ['12,500.50', 'D-1'],
        ['7:30', 'T-1'],
        ['zenobia', ...persons],
      ] as const) {
        await view.part('psc-search').fill(search);
        await shows(page, ...subjects);
      }
      await view.part('psc-search').fill('T-1');
      await shows(page, 'T-1');
      const row = (await view.part('psc-run').textContent())!;
      row.should.match(/ENG-1.*7 hr.*30 min/s);
      row.includes('Zenobia').should.equal(who === 'ana');
      await page.close();
    }
  });

  it('gives a filter a name for all, is told when it is taken, and deletes it again, by the keyboard alone', async () => {
    const [page, view] = await consoleOf('rita', '#tab=dead&severity=high');
    await view.part('psc-dead-letter').waitFor();
    await view.part('psc-saved-save').press('Enter');
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="psc-saved-save"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Month end');
    await page.keyboard.press('Enter');
    await view.part('psc-saved-delete').waitFor();
    const [other, there] = await consoleOf('eve', '#tab=dead');
    await there.part('psc-dead-filters').locator('summary').click();
    await there.part('psc-saved-filter').selectOption('Month end');
    await other.waitForURL(/#tab=dead&severity=high$/);
    should(await there.part('psc-saved-delete').count()).equal(0);
    await other.goBack();
    await other.waitForURL(/#tab=dead$/);
    await other.close();
    await view.part('psc-filter-severity').selectOption('critical');
    await view.part('psc-no-dead-letters').waitFor();
    await view.part('psc-saved-save').click();
    await view.part('psc-saved-name').fill('month END');
    await view.part('psc-saved-keep').click();
    await view.part('psc-outcome').getByText('month END').waitFor();
    should(await view.part('psc-saved-filter').locator('option').count()).equal(2);
    await page.keyboard.press('Escape');
    await page.goBack();
    await view.part('psc-saved-delete').press('Enter');
    await view.part('psc-saved-filter').waitFor({ state: 'detached' });
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`reads filters on a ${colorScheme} and narrow screen: no barrier, and nothing to scroll sideways`, async () => {
      for (const hash of ['#severity=high&search=T', '#tab=dead&severity=high']) {
        const [page, view] = await consoleOf('ana', hash, { viewport: { width: 320, height: 800 }, colorScheme });
        await view.part('psc-saved-save').click();
        await view.part('psc-saved-name').waitFor();
        (await barriers(page)).should.eql([], hash);
        (await page.evaluate(() => document.documentElement.scrollWidth)).should.be.belowOrEqual(320);
        await page.close();
      }
    });
  }
});
