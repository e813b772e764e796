import 'should';
import type { Browser, Page } from 'playwright-core';
import should from 'should';
import { node, policy, tab } from '../runtime/flow-parts.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { barriers } from './barriers.ts';
import { knownByToken, signedIn } from './by-token.ts';
import { launchChromium } from './launch-chromium.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  { id: 'access', type: 'business-api-access', name: 'Firm', apiKeys: true, tokens: 'none' },
  node('in', 'business-api-in', [['out']], {
    ...{ api: 'staffing', httpMethod: 'GET', apiVersion: 1, path: 'free', callers: 'access', access: 'access', policy: 'policy' },
  }),
  node('out', 'business-api-response', [], {}),
];

const signsIn = knownByToken({ ana: ['*'], eve: ['ps-connect.read', 'settings.read', 'flows.read'] });

describe('who gives out keys for business APIs', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    live = await LiveNodeRed.start({ settings: signsIn });
    live.token = 'ana';
    await live.deploy(flows);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const consoleOf = async (token: string): Promise<Page> => {
    const page = await browser.newPage();
    await signedIn(page, token);
    await page.goto(`${live.editor}/ps-connect/#tab=connections`);
    await page.getByTestId('psc-tab-connections').click();
    return page;
  };
  const call = async (key: string) => (await fetch(`${live.editor}/business/v1/free`, { headers: { 'X-API-Key': key } })).status;

  it('makes one that is shown once and lets its system in, and ends it for good', async () => {
    const page = await consoleOf('ana');
    await page.getByTestId('psc-key-new').press('Enter');
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="psc-key-new"]:focus').waitFor();
    await page.keyboard.press('Enter');
    for (const key of ['t', 'o', 'o', 'l', 'Tab', 's', 't', 'a', 'f', 'f', 'i', 'n', 'g', 'Enter']) await page.keyboard.press(key);
    const shown = page.getByTestId('psc-key-made');
    await shown.waitFor();
    const key = (await shown.textContent())!.trim();
    should(await call(key)).equal(200);
    (await barriers(page)).should.eql([]);
    await page.reload();
    await page.getByTestId('psc-tab-connections').click();
    const row = page.getByTestId('psc-key');
    await row.waitFor();
    should(await page.getByTestId('psc-key-made').count()).equal(0);
    (await page.content()).should.not.containEql(key);
    (await row.textContent())!.should.match(/tool.*staffing/s);
    await row.getByRole('button').click();
    await page.getByTestId('psc-reason').fill('not used');
    await page.getByTestId('psc-confirm-yes').click();
    await page.getByTestId('psc-outcome').waitFor();
    await row.waitFor({ state: 'detached' });
    should(await call(key)).equal(401);
    await page.close();
  });

  it('says what is wrong with one that cannot be made, and makes none', async () => {
    const page = await consoleOf('ana');
    await page.getByTestId('psc-key-new').click();
    await page.getByTestId('psc-key-consumer').fill('-tool');
    await page.getByTestId('psc-key-scopes').fill(' , ');
    await page.getByTestId('psc-key-make').click();
    await page
      .getByTestId('psc-outcome')
      .getByTestId('psc-notice-text')
      .filter({ hasText: /consumer|system that calls/i })
      .waitFor();
    should(await page.getByTestId('psc-key-made').count()).equal(0);
    await page.close();
  });

  it('is not who may only look: nothing of keys is on the page, nor asked for', async () => {
    const page = await consoleOf('eve');
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.reload();
    await page.getByTestId('psc-tab-connections').click();
    await page.getByTestId('psc-give-out').first().waitFor();
    await page.waitForLoadState('networkidle');
    should(await page.getByTestId('psc-api-keys').count()).equal(0);
    asked.some((url) => url.includes('api-keys')).should.be.false();
    await page.close();
  });
});
