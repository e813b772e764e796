import 'should';
import type { Browser, Page } from 'playwright-core';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { entry, policy, sink, tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { launchChromium } from './launch-chromium.ts';

describe('an analyst whose flows run in two Node-REDs on one database', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let nodeReds: LiveNodeRed[] = [];
  let browser: Browser;

  before(async () => {
    database = await startPostgres();
    const environment = { PSCONNECT_STORE: database.url, PSCONNECT_LEASEMS: '2000' };
    nodeReds = await Promise.all([1, 2].map(() => LiveNodeRed.start({ environment, flows: [tab(), policy(), entry('sink'), sink()] })));
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    for (const one of nodeReds) await one.end();
    await database?.remove();
  });

  const atWork = async (page: Page, words: string) =>
    page.getByTestId('psc-instances').filter({ hasText: words }).waitFor({ timeout: 30_000 });

  it('reads in the console of each that two are at work, and of a run that the other one took', async () => {
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    one.receive('entry', { payload: { id: 'SN-1' } });
    (await other.ended('SN-1')).status.should.equal('done');
    for (const each of nodeReds) {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await page.goto(`${each.editor}/ps-connect/`);
      await atWork(page, '2 Node-REDs');
      await page.getByTestId('psc-count-done').filter({ hasText: '1' }).waitFor();
      await page.close();
    }
  });

  it('no longer reads of two when one is killed', async () => {
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${one.editor}/ps-connect/`);
    await atWork(page, '2 Node-REDs');
    await other.stop('SIGKILL');
    await page.getByTestId('psc-instances').waitFor({ state: 'detached', timeout: 30_000 });
    await page.close();
  });
});
