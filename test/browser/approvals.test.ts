import 'should';
import type { Browser, Page } from 'playwright-core';
import { entry, node, policy, sink, tab } from '../runtime/flow-parts.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { barriers } from './barriers.ts';
import { launchChromium } from './launch-chromium.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  entry('boss'),
  node('boss', 'run-approval', [['approved'], ['rejected'], [], []], {
    ...{
      title: '"Deal " & payload.id',
      titleType: 'jsonata',
      details: '{ "amount": {"amount": payload.amount, "currency": "EUR"} }',
      detailsType: 'jsonata',
    },
    ...{ autoApprove: '', autoApproveType: 'jsonata', expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'high' },
  }),
  sink('approved'),
  sink('rejected'),
];

describe('a person who decides in the console', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;
  let page: Page;

  before(async () => {
    live = await LiveNodeRed.start({ environment: { APPROVALS_SECRET: 'a secret of the test, long enough to be one' } });
    await live.deploy(flows);
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`${live.editor}/ps-connect/`);
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const ask = async (id: string) => {
    live.receive('entry', { payload: { id, amount: '90000.00' } });
    await live.until(async () => (await live.run(id))?.status === 'waiting', `${id} waits`);
    await page.getByTestId('psc-tab-runs').click();
    await page.getByTestId('psc-tab-approvals').click();
    return page.getByTestId('psc-approval').filter({ hasText: `Deal ${id}` });
  };
  const because = async (reason: string) => {
    await page.getByTestId('psc-reason').fill(reason);
    await page.getByTestId('psc-confirm-yes').click();
  };

  it('sees what is asked with its details, approves with a reason, and the run goes on', async () => {
    const card = await ask('CV-1');
    await card.waitFor();
    (await card.getByTestId('psc-approval-details').textContent())!.should.match(/EUR\s90,000\.00/);
    (await barriers(page)).should.eql([]);
    await card.getByTestId('psc-approve').click();
    await because('old client');
    (await live.ended('CV-1')).status.should.equal('done');
    await card.waitFor({ state: 'detached' });
    live.sunk.map((one) => one.sink).should.deepEqual(['approved']);
  });

  it('rejects, and finds the run of the question', async () => {
    const card = await ask('CV-2');
    await card.getByTestId('psc-reject').click();
    await because('too risky');
    (await live.ended('CV-2')).status.should.equal('done');
    live.sunk.map((one) => one.sink).should.deepEqual(['approved', 'rejected']);
    const other = await ask('CV-3');
    await other.getByTestId('psc-approval-run').press('Enter');
    // the keyboard goes along, and back to its row
    const title = page.getByTestId('psc-run-details').locator('h2:focus');
    await title.waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="psc-run-open"]:focus', { hasText: 'CV-3' }).waitFor();
    await page.keyboard.press('Enter');
    await title.waitFor();
    (await page.getByTestId('psc-run-details').textContent())!.should.match(/waits for: Deal CV-3/);
  });

  it('decides where the run is shown that waits, and is offered nothing else but to cancel it', async () => {
    await page.getByTestId('psc-tab-runs').click();
    const details = page.getByTestId('psc-run-details');
    const offered = await details.locator('psc-run-acts button.action').allTextContents();
    offered
      .map((text) => text.trim())
      .sort()
      .should.eql(['Approve…', 'Cancel the run…', 'Reject…']);
    (await barriers(page)).should.eql([]);
    await details.getByTestId('psc-approve').click();
    (await page.getByTestId('psc-confirm-no').textContent())!.trim().should.equal('Cancel');
    await because('known client');
    (await live.ended('CV-3')).status.should.equal('done');
    await details.locator('psc-run-status [data-status="done"]').waitFor();
  });

  it('is asked by a link, too, whose page anybody can read and use, and decides there without a mouse', async () => {
    const links = node('links', 'run-approval-in', [['asked'], []], {
      ...{
        approver: 'ana@firm.example',
        approverType: 'str',
        address: live.editor,
        environment: 'APPROVALS',
        intervalSeconds: 0.2,
        policy: 'policy',
      },
    });
    await live.deploy([...flows, links, sink('asked')]);
    live.sunk = [];
    await ask('CV-9');
    await live.until(() => live.sunk.length > 0, 'it is asked');
    const { link } = live.sunk[0]!.payload as { link: string };
    for (const colorScheme of ['light', 'dark'] as const) {
      const opened = await browser.newPage({ locale: 'de', colorScheme, viewport: { width: 320, height: 640 } });
      await opened.goto(link);
      (await opened.locator('h1').textContent())!.should.equal('Deal CV-9');
      (await opened.locator('main').textContent())!.should.match(/90\.000,00\sEUR/);
      (await barriers(opened)).should.eql([]);
      (await opened.evaluate(() => document.documentElement.scrollWidth)).should.be.belowOrEqual(320);
      await opened.close();
    }
    const opened = await browser.newPage({ locale: 'de' });
    await opened.goto(link);
    for (const key of ['Tab', 'x', 'Tab', 'Enter']) await opened.keyboard.press(key);
    await opened
      .getByRole('status')
      .filter({ hasText: /^Freigegeben\./ })
      .waitFor();
    (await live.ended('CV-9')).status.should.equal('done');
    await opened.close();
    await live.deploy(flows);
  });
});
