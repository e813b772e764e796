/** `node scripts/screenshots.ts`: makes the pictures of the documentation from the running product, a business day in full swing. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { connectionType } from '../declarations/shared-fields.ts';
import { ConsoleView } from '../test/browser/console-view.ts';
import { EditorPage } from '../test/browser/editor-page.ts';
import { launchChromium } from '../test/browser/launch-chromium.ts';
import { RunningProduct } from '../test/browser/running-product.ts';
import { writeHistory } from './history/write-history.ts';
import { templateFlows } from './start/user-dir.ts';

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const biggest = 300 * 1024;
mkdirSync(folder, { recursive: true });

const connection = templateFlows({}).find(({ type }) => type === connectionType)!.id;
const product = await RunningProduct.start({ workspace: 'templates' });
const browser = await launchChromium();
try {
  const editor = await EditorPage.open(browser, { editor: product.editor, viewport: { width: 1840, height: 860 } });
  const view = new ConsoleView(editor.page);
  await editor.showFlow('psc-flow-opportunity');
  await editor.showSidebar();
  await editor.giveSidebarRoom();

  const day = product.playDay();
  await editor.page.waitForSelector('.psconnect-lit');
  await take(editor, 'flow');
  await day;
  await product.untilRuns(
    (runs) => (runs['dead'] ?? 0) > 10 && (runs['ready'] ?? 0) + (runs['running'] ?? 0) + (runs['waiting'] ?? 0) === 0,
  );

  await editor.wear('dark');
  await editor.press('psc-t-clock');
  await editor.showFlow('psc-flow-time');
  await view.show('reconcile');
  await view.part('psc-reconciliations').locator('li').first().waitFor();
  await take(editor, 'flow-dark');

  await editor.wear('light');
  await editor.showFlow('psc-flow-opportunity');
  await view.show('dead');
  await view.openDeadLetter('MILESTONE_SUM');
  await take(editor, 'dead-letter');
  await view.backToList();

  await editor.openForm('psc-o-map');
  await editor.page.click('#psconnect-last-input');
  await editor.page.waitForSelector('#psconnect-preview-output:not([hidden])');
  await take(editor, 'mapping');
  await editor.cancel();

  await editor.openForm(connection);
  await editor.page.click('#psconnect-test');
  await editor.page.waitForSelector('#psconnect-test-answer.psconnect-good');
  await editor.page.locator('#psconnect-test-answer').scrollIntoViewIfNeeded();
  await take(editor, 'connection');
  await editor.cancel();

  const page = await browser.newPage({ viewport: { width: 1400, height: 820 } });
  await page.goto(`${product.editor}ps-connect/`);
  const alone = new ConsoleView(page);
  await alone.show('dead');
  await alone.openDeadLetter('PERIOD_CLOSED');
  await take({ page }, 'console');
  await overAYear(browser);
} finally {
  await browser.close();
  await product.end();
}

/** What needs a firm that has a year behind it. */
async function overAYear(browser: Browser): Promise<void> {
  const past = mkdtempSync(join(tmpdir(), 'psconnect-year-'));
  const store = join(past, 'store.sqlite');
  await writeHistory({ store }, { seed: 1, runs: 20_000, until: Date.now(), retentionDays: 90 }, () => {});
  const year = await RunningProduct.start({ workspace: 'templates', store });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${year.editor}ps-connect/`);
    const view = new ConsoleView(page);
    await view.show('board');
    await view.part('psc-engagement').first().waitFor();
    await take({ page }, 'board');
    await view.show('kpis');
    await view.part('psc-kpi-days').selectOption('90');
    await view.part('psc-kpi').locator('psc-kpi-plot svg').first().waitFor();
    await take({ page }, 'kpis');
    await view.show('maps');
    await view.part('psc-unmapped-value').first().waitFor();
    await take({ page }, 'maps');
  } finally {
    await year.end();
    rmSync(past, { recursive: true, force: true });
  }
}

/** Takes the picture: what moves is shown as it stands. */
async function take({ page }: Pick<EditorPage, 'page'>, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.evaluate(() => {
    for (const note of document.querySelectorAll<HTMLElement>('.red-ui-notification')) note.hidden = true;
  });
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  console.log(`${path} ${Math.round(size / 1024)} kB`);
  if (size > biggest) throw new Error(`${name}.png is bigger than ${biggest / 1024} kB`);
}
