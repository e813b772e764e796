import 'should';
import type { Browser } from 'playwright-core';
import { until } from '../until.ts';
import { entry, policy, sink, tab } from '../runtime/flow-parts.ts';
import { LiveNodeRed } from '../runtime/live-node-red.ts';
import { ConsoleView } from './console-view.ts';
import { knownByToken, signedIn } from './by-token.ts';
import { launchChromium } from './launch-chromium.ts';

/** The page's clock is the test's: Node-RED's beat, each 15 seconds of it, has to come as quickly. */
const settings = `webSocketKeepAliveTime: 100, ${knownByToken({ ana: ['*'] })}`;

const tabs = ['runs', 'dead', 'approvals', 'board', 'kpis', 'maps', 'connections', 'reconcile'] as const;

describe('a console that is open while nothing happens', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let browser: Browser;

  before(async () => {
    live = await LiveNodeRed.start({ settings, flows: [tab(), policy(), entry('sink'), sink()] });
    live.token = 'ana';
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  /** The page with a clock of the test's, and what it has asked for. */
  const opened = async (token = 'ana') => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.clock.install();
    await signedIn(page, token);
    const asked: string[] = [];
    const heard: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await page.goto(`${live.editor}/ps-connect/`);
    const view = new ConsoleView(page);
    await beat(heard);
    return { page, view, asked, heard };
  };
  type Opened = Awaited<ReturnType<typeof opened>>;

  /** Waits for the next one. */
  const beat = async (heard: string[]) => {
    const before = heard.length;
    await until(
      () => heard.slice(before).some((frame) => frame.includes('"hb"')),
      () => `no beat comes: ${heard.join()}`,
    );
  };

  /** So long goes by for the page, with Node-RED's beats as often as it has them, and its questions are answered. */
  const goBy = async ({ page, heard }: Opened, seconds: number) => {
    for (let gone = 0; gone < seconds; gone += 15) {
      await page.clock.runFor(15_000);
      await page.waitForLoadState('networkidle');
      await beat(heard);
    }
  };

  for (const name of tabs) {
    it(`asks for no more than two things a minute on ${name}`, async () => {
      const console = await opened();
      const { page, view, asked } = console;
      await view.show(name);
      await goBy(console, 15);
      asked.length = 0;
      await goBy(console, 240);
      asked.length.should.be.belowOrEqual(8, asked.join('\n'));
      asked.length.should.be.above(0, 'it looks now and then by itself');
      await page.close();
    });
  }

  it('shows a run as soon as it has ended, without having asked by the clock', async () => {
    const { page, view } = await opened();
    await view.untilCount('done', 0);
    await page.clock.resume();
    live.receive('entry', { payload: { id: 'NEWS-1' } });
    await page.locator('[data-testid="psc-run"][data-status="done"]', { hasText: 'NEWS-1' }).waitFor({ timeout: 5_000 });
    await page.close();
  });

  it('shows at once what somebody else has done', async () => {
    const { page, view } = await opened();
    await view.show('maps');
    await view.part('psc-no-maps').waitFor();
    await page.clock.resume();
    const entered = { table: 'tax-code', from: 'crm', value: 'standard', to: 'erp', target: 'VAT-20' };
    const answer = await live.call('/ps-connect/api/v1/crosswalk/changes', {
      method: 'POST',
      body: { reason: 'a test', changes: [{ entry: entered }] },
    });
    answer.status.should.equal(200);
    await page.getByText('VAT-20').waitFor({ timeout: 5_000 });
    await page.close();
  });
});
