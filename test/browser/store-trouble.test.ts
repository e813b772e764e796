import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { node, policy, sink, tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { launchChromium } from './launch-chromium.ts';

const flows = [
  tab(),
  policy(),
  { id: 'crm', type: 'system-connection', name: 'CRM', system: 'salesforce', salesforceFlow: 'client-credentials' },
  node('deals', 'salesforce-opportunity-in', [['sink']], {
    ...{ connection: 'crm', policy: 'policy', rule: 'won', stages: '', condition: '', intervalSeconds: 0.2, since: '2020-01-01' },
  }),
  sink(),
];

describe('an analyst whose store is in use by another Node-RED', function () {
  this.timeout(120_000);
  let folder: string;
  let other: SqliteStore;
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-trouble-'));
    other = new SqliteStore(join(folder, 'store.sqlite'));
    await other.open(1);
    live = await LiveNodeRed.start({ environment: { PSCONNECT_STORE: join(folder, 'store.sqlite') }, flows });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
    await other?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${live.editor}${path}`);
    return page;
  };

  it('reads on the source, in the editor, that it pauses and why', async () => {
    const page = await open('/');
    await page
      .locator('.red-ui-flow-node-status-label')
      .filter({ hasText: /^paused: The store is in use by another Node-RED/ })
      .first()
      .waitFor();
    await page.close();
  });

  it('reads in the console what is wrong and what to do, and when it works again', async () => {
    const page = await open('/ps-connect/');
    const notice = page.getByTestId('psc-not-ready');
    await notice.waitFor();
    await notice.getByText(/is in use by another Node-RED: .*\. Stop the other one, or give this one a store of its own\./).waitFor();
    (await page.getByTestId('psc-status').getAttribute('data-ready'))!.should.equal('false');
    await other.close();
    await page.locator('[data-testid="psc-status"][data-ready="true"]').waitFor();
    (await notice.count()).should.equal(0);
  });
});
