import 'should';
import type { Browser, Page } from 'playwright-core';
import { entry, func, node, policy, sink, tab } from '../runtime/flow-parts.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { knownByToken, signedIn } from './by-token.ts';
import { launchChromium } from './launch-chromium.ts';

const flows: FlowNode[] = [
  tab(),
  policy({ maxAttempts: 1 }),
  entry('check'),
  func('check', 'if (msg.payload.bad) throw new Error("not \\u202Edoog <img src=x onerror=hacked=1>"); return msg;', [['boss']]),
  node('boss', 'run-approval', [['approved'], [], [], []], {
    ...{ title: '"Deal " & payload.id', titleType: 'jsonata', details: 'payload', detailsType: 'jsonata' },
    ...{ autoApprove: '', autoApproveType: 'jsonata', expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'high' },
  }),
  sink('approved'),
];
const subject = 'DEAL\u202e<b>live</b>';

describe('texts from outside in the console', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    live = await LiveNodeRed.start({
      settings: knownByToken({ all: ['*'], reader: ['read'] }),
    });
    live.token = 'all';
    await live.deploy(flows);
    live.receive('entry', { payload: { id: subject, bad: true } });
    await live.until(async () => (await live.get<{ runs: { dead: number } }>('/overview')).runs.dead === 1, 'it is a dead letter');
    live.receive('entry', { payload: { id: `${subject} 2`, owner: 'مريم' } });
    await live.until(async () => (await live.get<{ approvals: number }>('/overview')).approvals === 1, 'it is asked for');
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const console = async (token: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await signedIn(page, token);
    await page.goto(`${live.editor}/ps-connect/`);
    return page;
  };
  const shown = (page: Page) =>
    page.locator('psc-console').evaluate((root) => {
      const texts: string[] = [];
      const walk = (at: Node): void => {
        if (at.nodeType === 3) texts.push(at.textContent ?? '');
        if (at instanceof Element) for (const name of ['title', 'aria-label']) texts.push(at.getAttribute(name) ?? '');
        if (at instanceof HTMLTextAreaElement) texts.push(at.value);
        const shadow = (at as Element).shadowRoot;
        for (const child of [...(shadow ? [shadow as Node] : []), ...at.childNodes]) walk(child);
      };
      walk(root);
      return texts.join('\n');
    });

  it('stand by themselves, with what is hidden in them named, and are no markup', async () => {
    const page = await console('all');
    const row = page.getByTestId('psc-run-open').filter({ hasText: 'DEAL[U+202E]<b>live</b>' });
    await row.first().waitFor();
    (await row.first().locator('bdi').textContent())!.should.match(/^DEAL\[U\+202E\]<b>live<\/b>/);
    for (const tab of ['runs', 'dead', 'approvals', 'connections']) {
      await page.getByTestId(`psc-tab-${tab}`).click();
      if (tab === 'dead') {
        await page.getByTestId('psc-dead-open').click();
        await page.getByTestId('psc-event').locator('> summary').click();
        if (await page.getByTestId('psc-event-as').isVisible()) await page.getByTestId('psc-event-as').click();
        await page.getByTestId('psc-event-json').waitFor();
        (await page.getByTestId('psc-event-json').inputValue()).should.containEql('\\u202E');
        (await page.getByTestId('psc-event-state').getAttribute('data-state'))!.should.equal('unchanged');
        await page.getByTestId('psc-discard').click();
        (await page.getByTestId('psc-confirm').textContent())!.should.containEql('[U+202E]');
      }
      if (tab === 'approvals') await page.getByTestId('psc-approval-details').waitFor();
      (await shown(page)).should.not.match(/[\u202a-\u202e]/);
    }
    (await page.evaluate(() => 'hacked' in window)).should.equal(false);
  });

  it('are shown to a reader with nothing offered that he may not do, and why', async () => {
    const page = await console('reader');
    await page.getByTestId('psc-tab-dead').click();
    await page.getByTestId('psc-dead-open').click();
    await page.locator('[data-testid=psc-discard]:disabled').waitFor();
    (await page.getByTestId('psc-replay').getAttribute('title'))!.should.containEql('ps-connect.replay');
    (await page.getByTestId('psc-replay-edited').count()).should.equal(0);
    await page.getByTestId('psc-tab-approvals').click();
    await page.locator('[data-testid=psc-approve]:disabled').waitFor();
  });

  it('and who is not signed in is told so', async () => {
    const page = await console('nobody');
    await page.getByText('You are not signed in.').first().waitFor();
  });
});
