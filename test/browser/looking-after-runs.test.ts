import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import type { Browser } from 'playwright-core';
import should from 'should';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { expectedBooks } from '../../sandbox/firm/expected-books.ts';
import { barriers } from './barriers.ts';
import { ConsoleView } from './console-view.ts';
import { EditorPage, untranslated } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { until } from '../until.ts';
import { RunningProduct } from './running-product.ts';

const open = (runs: Record<string, number>) => (runs['ready'] ?? 0) + (runs['running'] ?? 0) + (runs['waiting'] ?? 0);

function rowsIn(path: string): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  const file = buffer.slice(byteOffset, byteOffset + byteLength);
  return parquetReadObjects({ file, compressors: { GZIP: (bytes) => gunzipSync(bytes) } });
}

describe('somebody who looks after the runs of a business day', function () {
  this.timeout(180_000);
  let product: RunningProduct;
  let browser: Browser;
  let editor: EditorPage;
  let view: ConsoleView;

  before(async () => {
    product = await RunningProduct.start({ workspace: 'templates' });
    browser = await launchChromium();
    editor = await EditorPage.open(browser, { editor: product.editor });
    view = new ConsoleView(editor.page);
    await product.playDay();
    const firm = product.sandbox.firm!;
    const refused = expectedBooks(firm, scriptDay(firm)).refusals.length;
    await product.untilRuns((runs) => open(runs) === 0 && runs['dead'] === refused);
    await editor.showSidebar();
  });
  after(async () => {
    await browser?.close();
    await product?.end();
  });

  const timeBills = () => Object.keys(product.sandbox.netsuite.state.records['timeBill'] ?? {}).length;

  it('sees in the sidebar how many runs are done and how many need a person', async () => {
    const runs = await product.runs();
    await view.untilCount('dead', runs['dead']!);
    (await view.count('done')).should.equal(runs['done']);
    await view.show('runs');
    await view.part('psc-run').first().waitFor();
  });

  it('follows one run: its event, and each write with its outcome', async () => {
    await view.part('psc-filter').selectOption('done');
    await view.part('psc-run').and(view.page.locator('[data-status="done"]')).first().getByTestId('psc-run-open').click();
    await view.part('psc-run-details').waitFor();
    await view.part('psc-step').first().waitFor();
    (await view.part('psc-step-time').first().textContent())!.should.match(/\d{4}.*\d:\d\d.* · \d/s);
    const sent = view.part('psc-step-sent').first();
    await sent.locator('summary').press('Enter');
    (await sent.locator('pre').textContent())!.should.match(/^\{\n.*"/s);
    const states = await view.part('psc-step').evaluateAll((steps) => steps.map((step) => step.getAttribute('data-state')));
    states.length.should.be.aboveOrEqual(1);
    for (const state of states) should(state).match(/^(done|found)$/);
  });

  it('finds dead letters by their cause, with what to do', async () => {
    await view.show('dead');
    await view.part('psc-dead-group').first().waitFor();
    const groups = await view.part('psc-dead-group').evaluateAll((found) => found.map((group) => group.getAttribute('data-code')));
    groups.sort().should.containDeep(['EMPLOYEE_UNKNOWN', 'LEGAL_ENTITY_UNKNOWN', 'MILESTONE_SUM', 'PERIOD_CLOSED', 'PROJECT_CLOSED']);
    await view.openDeadLetter('PERIOD_CLOSED');
    should(await view.part('psc-failure-message').textContent()).match(/accounting period/);
    should(await view.part('psc-failure-remedy').textContent()).match(/Reopen/);
  });

  it('is told at once that a replay has failed again', async () => {
    const page = await browser.newPage();
    await page.goto(`${product.editor}ps-connect/`);
    const alone = new ConsoleView(page);
    await alone.show('dead');
    await alone.openDeadLetter('PERIOD_CLOSED');
    await alone.part('psc-replay').click();
    await alone.part('psc-outcome').filter({ hasText: 'has failed again' }).waitFor({ timeout: 9_000 }); // it would be seen in ten seconds anyhow
    // and for several at once
    await alone.backToList();
    const group = alone.part('psc-dead-group').and(page.locator('[data-code="PERIOD_CLOSED"]'));
    await group.getByTestId('psc-select-group').check();
    await alone.part('psc-bulk-replay').click();
    await alone.part('psc-outcome').filter({ hasText: 'failed again' }).first().waitFor({ timeout: 9_000 });
    await page.close();
  });

  it('needs no mouse for dead letters: Enter opens, Esc leads back, and the keyboard is never lost', async () => {
    const page = await browser.newPage();
    await page.goto(`${product.editor}ps-connect/`);
    const alone = new ConsoleView(page);
    await alone.show('dead');
    const row = alone.part('psc-dead-open').first();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.locator('psc-run-details h2:focus').waitFor();
    await alone.part('psc-discard').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="psc-reason"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="psc-discard"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await alone.part('psc-run-details').waitFor({ state: 'detached' });
    await page.locator('[data-testid="psc-dead-open"]:focus').waitFor();
    await alone.part('psc-select').first().check();
    await alone.part('psc-bulk-discard').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="psc-reason"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="psc-bulk-discard"]:focus').waitFor();
    await page.keyboard.press('Escape');
    await alone.part('psc-bulk').waitFor({ state: 'detached' });
    await page.close();
  });

  it('replays an hour after the accounting period was opened again: it is posted, once', async () => {
    const { records } = product.sandbox.netsuite.state;
    for (const period of Object.values(records['accountingPeriod'] ?? {})) {
      for (const lock of ['closed', 'allLocked', 'arLocked', 'apLocked']) if (lock in period.fields) period.fields[lock] = false;
    }
    const before = timeBills();
    const dead = await view.count('dead');
    await view.part('psc-replay').click();
    await view.part('psc-outcome').waitFor();
    await view.untilCount('dead', dead - 1);
    await product.untilRuns((runs) => open(runs) === 0);
    timeBills().should.equal(before + 1);
  });

  it('corrects an event and replays it as edited', async () => {
    const known = Object.values(product.sandbox.netsuite.state.records['employee'] ?? {}).map((employee) =>
      String(employee.fields['email']),
    );
    const dead = await view.count('dead');
    const before = timeBills();
    const run = await view.openDeadLetter('EMPLOYEE_UNKNOWN');
    await view.part('psc-event').locator('> summary').click();
    // what the failure names comes first, and the keyboard is there
    const email = view.part('psc-event-form').locator('.failing label[data-path="resource.email"] input');
    await view.page.waitForFunction(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.closest('label')?.getAttribute('data-path') === 'resource.email';
    });
    const unknown = await email.inputValue();
    const right = known.find((one) => one !== unknown && one.includes('@'))!;
    // as JSON, for whoever likes it better; what is typed there is in the form afterwards
    await view.part('psc-event-as').click();
    const text = view.part('psc-event-json');
    const event = JSON.parse(await text.inputValue()) as { resource: { email: string } };
    await text.fill('{ "not": json');
    (await view.part('psc-event-state').getAttribute('data-state'))!.should.equal('invalid');
    (await view.part('psc-replay-edited').isDisabled()).should.be.true();
    (await view.part('psc-event-as').isDisabled()).should.be.true();
    await text.fill(JSON.stringify({ ...event, minutes: 30, resource: { ...event.resource, email: 'typed@as.json' } }));
    await view.part('psc-event-as').click();
    (await email.inputValue()).should.equal('typed@as.json');
    await view.part('psc-form-reset').click();
    (await email.inputValue()).should.equal(unknown);
    await view.part('psc-changes').waitFor({ state: 'detached' });
    // what is chosen is what is shown
    await view.part('psc-form-others').locator('summary').click();
    await view.part('psc-form-search').fill('status');
    const status = view.part('psc-event-form').locator('label[data-path="status"] select');
    for (const chosen of ['draft', 'withdrawn', 'approved']) {
      await status.selectOption(chosen);
      (await status.inputValue()).should.equal(chosen);
    }
    // somebody else corrects it meanwhile: what was typed here must not take that back
    await email.fill('typed@too.late');
    const replayed = await fetch(`${product.editor}ps-connect/api/v1/dead-letters/${run}/replay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        data: { ...event, note: 'by a colleague', resource: { ...event.resource, email: 'another@unknown.example' } },
      }),
    });
    replayed.status.should.equal(200);
    await view.part('psc-outcome').filter({ hasText: 'Somebody else has changed' }).waitFor();
    (await view.part('psc-replay-edited').isDisabled()).should.be.true();
    await until(
      async () => (await email.inputValue()) === 'another@unknown.example',
      () => 'the form has what stands there now',
    );
    if (!(await email.isVisible())) await view.part('psc-event').locator('> summary').click();
    // money and time are asked about, what cannot be is not taken
    await email.fill(right);
    if (!(await view.part('psc-form-search').isVisible())) await view.part('psc-form-others').locator('summary').click();
    await view.part('psc-form-search').fill('MINUT');
    const minutes = view.part('psc-event-form').locator('.fields:not(.failing) input');
    const booked = Number(await minutes.inputValue());
    await minutes.fill('1,5');
    (await minutes.getAttribute('aria-invalid'))!.should.equal('true');
    (await view.part('psc-replay-edited').isDisabled()).should.be.true();
    await minutes.fill(String(booked + 15));
    (await view.part('psc-changes').textContent())!.should.match(new RegExp(`resource\\.email.*another@unknown\\.example.*${right}`, 's'));
    await view.part('psc-replay-edited').click();
    (await view.part('psc-confirm').textContent())!.should.containEql(`minutes: ${booked} becomes ${booked + 15}`);
    await view.part('psc-confirm-no').click();
    await minutes.fill(String(booked));
    (await view.part('psc-changes').textContent())!.should.not.containEql('minutes');
    await view.part('psc-replay-edited').click();
    await view.untilCount('dead', dead - 1);
    await product.untilRuns((runs) => open(runs) === 0);
    timeBills().should.equal(before + 1);
  });

  it('discards with a reason, which the journal keeps with the act', async () => {
    const dead = await view.count('dead');
    const run = await view.openDeadLetter('LEGAL_ENTITY_UNKNOWN');
    await view.part('psc-discard').click();
    (await view.part('psc-confirm-yes').isDisabled()).should.be.true();
    await view.part('psc-reason').fill('The French company is not live yet');
    await view.part('psc-confirm-yes').click();
    await view.untilCount('dead', dead - 1);
    const { journal } = await product.get<{ journal: { action: string; detail: unknown }[] }>(`/runs/${run}`);
    JSON.stringify(journal).should.containEql('The French company is not live yet');
  });

  it('replays all dead letters of a cause that was mended in the other system', async () => {
    const employees = product.sandbox.netsuite.state.records['employee']!;
    const unknown = 'viktor.halasz@freelance.example';
    // the personnel office enters the freelancer: one who has never posted takes his address here
    const posted = new Set(
      Object.values(product.sandbox.netsuite.state.records['timeBill'] ?? {}).map((bill) => String(bill.fields['employee'])),
    );
    const newcomer = Object.values(employees).find((employee) => !posted.has(employee.id) && !employee.fields['isInactive'])!;
    newcomer.fields['email'] = unknown;
    const before = timeBills();
    await view.backToList();
    const group = view.part('psc-dead-group').and(view.page.locator('[data-code="EMPLOYEE_UNKNOWN"]'));
    const count = Number(await group.getByTestId('psc-group-count').textContent());
    await group.getByTestId('psc-select-group').check();
    await view.part('psc-bulk-replay').click();
    await group.waitFor({ state: 'detached' }); // only then the replay has reached the engine, and its runs are open
    await product.untilRuns((runs) => open(runs) === 0);
    timeBills().should.equal(before + count);
  });

  it('sees the health of each connection and tests one', async () => {
    await view.show('connections');
    const card = view.part('psc-connection').and(view.page.locator('[data-connection="psc-netsuite"]'));
    await card.getByTestId('psc-test-connection').click();
    await card.locator('[data-tone="good"], .good').first().waitFor();
    (await view.part('psc-connection').count()).should.equal(3);
  });

  it('has the two sides compared and reads the result', async () => {
    await editor.press('psc-t-clock');
    await view.show('reconcile');
    await view.part('psc-reconciliations').locator('li').first().waitFor();
    const [newest] = await product.get<{ result: { breaks: { kind: string; explained?: object }[] } }[]>('/reconciliations');
    // what differs was refused, and says which run; but for the hour that was replayed under another name, which nobody took over into the PSA
    const unexplained = newest!.result.breaks.filter((found) => found.explained === undefined);
    unexplained.map((found) => found.kind).should.deepEqual(['person-differs']);
    for (const found of newest!.result.breaks) if (found.explained) found.kind.should.equal('missing-in-erp');
  });

  it('is told which client a deal is of, and that a run is a reconciliation', async () => {
    await view.show('runs');
    await view.part('psc-run-details').waitFor(); // still open from before
    await view.backToList();
    await view.part('psc-filter').selectOption('');
    await view.part('psc-search').fill('ENG-');
    await view
      .part('psc-run')
      .filter({ hasText: /ENG-\d+\s+\p{L}/u })
      .first()
      .waitFor();
    await view.part('psc-search').fill('');
    await view.part('psc-run').filter({ hasText: 'Reconciliation PSA against ERP' }).first().waitFor();
  });

  it('reads in the figures how long a won deal takes, of which flow, and that people had to act', async () => {
    const measured = async () => {
      const { kpis } = await product.get<{ kpis: { name: string; count: number }[] }>('/kpis');
      return kpis.filter(({ count }) => count > 0).map(({ name }) => name);
    };
    await until(
      async () => (await measured()).includes('reconciliation_exception_rate'),
      () => 'What has just happened was not measured.',
    );
    (await measured()).should.containDeep(['project_setup_cycle_time', 'time_posting_latency', 'exception_resolution_time']);
    await view.show('kpis');
    const tile = view.part('psc-kpi').and(view.page.locator('[data-kpi="project_setup_cycle_time"]'));
    await tile.locator('.value').waitFor();
    await tile.locator('summary').click();
    await tile
      .locator('table')
      .first()
      .getByRole('row', { name: /Opportunity to project/ })
      .waitFor();
    await view.part('psc-kpi-by').selectOption('region');
    await tile
      .locator('table')
      .first()
      .getByRole('row', { name: /Not said/ })
      .waitFor();
    const untold = view.part('psc-kpi').and(view.page.locator('[data-kpi="invoice_disputes"]'));
    should(await untold.textContent()).match(/No connected system tells this/);
    (await untold.locator('.value').count()).should.equal(0);
  });

  it('sees on the board how far each engagement has come, what holds it up, and finds one by its client', async () => {
    await view.show('board');
    const engagements = view.part('psc-engagement');
    await engagements.first().waitFor();
    const dead = engagements.filter({ has: view.page.getByTestId('psc-still') }).first();
    const code = (await dead.getAttribute('data-code'))!;
    const { engagements: all } = await product.get<{ engagements: { code: string; client?: string; stage: string }[] }>('/board?limit=200');
    const { client } = all.find((one) => one.code === code)!;
    await view.part('psc-board-search').fill(client!.toUpperCase());
    await until(
      async () => (await engagements.count()) < all.length,
      () => 'The search found everything.',
    );
    await dead.waitFor();
    await view.part('psc-board-search').fill('');
    const worked = view.part('psc-stage').and(view.page.locator('[data-stage="worked"]'));
    await worked.click();
    const ofStage = all.filter(({ stage }) => stage === 'worked').length;
    ofStage.should.be.above(0);
    await until(
      async () => (await engagements.count()) === ofStage,
      () => `The board shows not the ${ofStage} with first time.`,
    );
    await worked.click();
    await dead.getByTestId('psc-still').getByRole('button').click();
    await view.part('psc-run-details').waitFor();
  });

  it('is led from an engagement to all its runs, over all systems, and to its dead letters', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${product.editor}ps-connect/#tab=board`);
    const alone = new ConsoleView(page);
    const dead = alone
      .part('psc-engagement')
      .filter({ has: page.getByTestId('psc-board-dead') })
      .first();
    await dead.waitFor();
    const code = (await dead.getAttribute('data-code'))!;
    await dead.getByTestId('psc-board-runs').click();
    await page.waitForURL((url) => url.hash === `#engagement=${encodeURIComponent(code)}`);
    const runs = await product.get<unknown[]>(`/runs?engagement=${encodeURIComponent(code)}&limit=50`);
    runs.length.should.be.above(0);
    await until(
      async () => (await alone.part('psc-run').count()) === runs.length,
      () => `The list shows not the ${runs.length} runs of ${code}.`,
    );
    await page.goBack();
    await dead.getByTestId('psc-board-dead').click();
    await page.waitForURL((url) => url.hash === `#tab=dead&engagement=${encodeURIComponent(code)}`);
    await alone.part('psc-dead-letter').first().waitFor();
    await page.close();
  });

  it('meets no barrier on the page of the console, whatever is open', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(`${product.editor}ps-connect/`);
    const alone = new ConsoleView(page);
    const found: string[] = [];
    for (const theme of ['light', 'dark']) {
      await page.evaluate((dark) => document.documentElement.classList.toggle('nr-theme-dark', dark), theme === 'dark');
      for (const tab of ['runs', 'dead', 'connections', 'reconcile', 'board', 'kpis'] as const) {
        await alone.show(tab);
        await alone.part(content[tab]).first().waitFor();
        if (tab === 'runs' && theme === 'light') await alone.part('psc-run-open').first().click();
        if (tab === 'dead' && theme === 'light') {
          await alone.openDeadLetter('MILESTONE_SUM');
          await alone.part('psc-event').locator('> summary').click();
          await alone.part('psc-form-others').locator('summary').waitFor();
          await alone.part('psc-select').first().check();
          await alone.part('psc-bulk-how').locator('summary').click();
          await alone.part('psc-dead-filters').locator('summary').click();
        }
        found.push(...(await barriers(page)).map((barrier) => `${tab}, ${theme}: ${barrier}`));
      }
    }
    found.should.eql([]);
    await page.close();
  });

  it('has the difference in sight in a console of 300 pixels, however wide both sides are', async () => {
    const page = await browser.newPage({ viewport: { width: 300, height: 900 } });
    await page.goto(`${product.editor}ps-connect/`);
    const narrow = new ConsoleView(page);
    await narrow.show('reconcile');
    const totals = narrow.part('psc-totals').first();
    await totals.waitFor();
    for (const cell of await totals.locator('tbody td').all()) {
      const box = (await cell.boundingBox())!;
      box.x.should.be.aboveOrEqual(0);
      (box.x + box.width).should.be.belowOrEqual(300);
    }
    await page.close();
  });

  it('meets no error of the editor on the way', () => {
    should(editor.troubles).eql([]);
  });

  for (const language of ['en-US', 'de'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`reads every tab in ${language} on a ${theme} screen: no key instead of a word, enough contrast`, async () => {
        const other = await EditorPage.open(browser, { editor: product.editor, language, theme });
        await other.showSidebar();
        const there = new ConsoleView(other.page);
        for (const tab of ['runs', 'dead', 'maps', 'connections', 'reconcile', 'board', 'kpis'] as const) {
          await there.show(tab);
          await there.part(content[tab]).first().waitFor();
          untranslated(await other.words('psc-console')).should.eql([], tab);
          // axe takes its time: both languages and both themes have had their turn when two of the four have
          if ((language === 'de') === (theme === 'dark')) (await barriers(other.page, 'psc-console')).should.eql([], tab);
          (await other.faintTexts('psc-console')).should.eql([], tab);
        }
        if (theme === 'dark') {
          await there.show('dead');
          await there.openDeadLetter('MILESTONE_SUM');
          should(await there.part('psc-failure-message').textContent()).match(milestonesDiffer[language]);
        }
        should(other.troubles).eql([]);
        await other.close();
      });
    }
  }

  it('reads German on the page of its own, too: what is wrong, and what to do', async () => {
    const page = await browser.newPage({ locale: 'de' });
    await page.goto(`${product.editor}ps-connect/`);
    const alone = new ConsoleView(page);
    await alone.show('dead');
    await alone.openDeadLetter('MILESTONE_SUM');
    should(await alone.part('psc-failure-message').textContent()).match(milestonesDiffer.de);
    should(await alone.part('psc-failure-remedy').textContent()).match(/Korrigieren Sie die Beträge der Meilensteine/);
    should(await alone.part('psc-failure').textContent()).match(/Engagement ENG-/);
    await alone.show('runs');
    await alone.part('psc-filter').selectOption('done');
    await alone
      .part('psc-run')
      .and(page.locator('[data-status="done"]'))
      .filter({ hasText: 'kantata:' })
      .first()
      .getByTestId('psc-run-open')
      .click();
    await alone.part('psc-step').first().waitFor();
    for (const step of await alone.part('psc-step').allTextContents()) {
      step.should.match(/Zeiteintrag|Kunde|Projekt|Phase|Aufgabe|Meilenstein|Abrechnungsplan|Personalanfrage|Salesforce/);
      step.should.not.match(/Time entry|Customer|Project|Task|Milestone|Billing schedule|Staffing/);
    }
    await page.close();
  });

  it('links to what is looked at on the page of its own, and goes back from it', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${product.editor}ps-connect/#tab=dead`);
    const alone = new ConsoleView(page);
    await alone.openDeadLetter('MILESTONE_SUM');
    await page.waitForURL(/#tab=dead&run=/);
    const link = page.url();
    await alone.show('connections');
    await page.waitForURL(/#tab=connections$/);
    await page.goBack();
    await alone.part('psc-failure-message').waitFor();
    await page.goBack();
    await alone.part('psc-failure-message').waitFor({ state: 'detached' });
    page.url().should.endWith('#tab=dead');
    await page.close();
    const other = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await other.goto(link);
    should(await new ConsoleView(other).part('psc-failure-message').textContent()).match(/milestones add up to/);
    // what the address does not know is as if nothing were said
    await other.goto(`${product.editor}ps-connect/#tab=nothing&run=`);
    await other.reload();
    await new ConsoleView(other).part('psc-runs').waitFor();
    await other.close();
  });

  it('looks at some of the dead letters, links to them, and takes what it looks at along as a table', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${product.editor}ps-connect/#tab=dead`);
    const alone = new ConsoleView(page);
    await alone.part('psc-dead-group').first().waitFor();
    await alone.part('psc-dead-filters').locator('summary').click();
    await alone.part('psc-filter-class').selectOption('contract.invalid');
    await page.waitForURL(/#tab=dead&class=contract\.invalid$/);
    await alone.part('psc-dead-group').and(page.locator('[data-code="PROJECT_CLOSED"]')).waitFor({ state: 'detached' });
    const shown = await alone.part('psc-dead-letter').count();
    const [file] = await Promise.all([page.waitForEvent('download'), alone.part('psc-give-out').click()]);
    file.suggestedFilename().should.equal('dead-letters.csv');
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    lines.length.should.equal(shown + 1);
    lines
      .slice(1)
      .every((line) => line.includes('"contract.invalid"'))
      .should.be.true();
    const [table] = await Promise.all([page.waitForEvent('download'), alone.part('psc-give-out-parquet').click()]);
    table.suggestedFilename().should.equal('dead-letters.parquet');
    const rows = await rowsIn(await table.path());
    rows.map(({ run }) => run).should.deepEqual(lines.slice(1).map((line) => line.slice(1, -1).split('","')[15]));
    rows.every((row) => row['class'] === 'contract.invalid').should.be.true();
    const link = page.url();
    await alone.part('psc-filter-since').fill('2099-01-01');
    await alone.part('psc-no-dead-letters').waitFor();
    await page.waitForURL(/since=2099-01-01/);
    await page.goBack();
    await alone.part('psc-dead-group').first().waitFor();
    page.url().should.equal(link);
    await alone.part('psc-filter-clear').click();
    await alone.part('psc-dead-group').and(page.locator('[data-code="PROJECT_CLOSED"]')).waitFor();
    page.url().should.endWith('#tab=dead');
    for (const [tab, name, head] of [
      ['board', 'board.csv', '"code","client"'],
      ['kpis', 'kpis.csv', '"name","unit"'],
    ] as const) {
      await alone.show(tab);
      const [given] = await Promise.all([page.waitForEvent('download'), alone.part('psc-give-out').click()]);
      given.suggestedFilename().should.equal(name);
      const text = readFileSync(await given.path(), 'utf8');
      text.should.startWith(`\ufeff${head}`);
      text.split('\r\n').length.should.be.above(5);
      const [also] = await Promise.all([page.waitForEvent('download'), alone.part('psc-give-out-parquet').click()]);
      also.suggestedFilename().should.equal(name.replace('csv', 'parquet'));
      const rows = await rowsIn(await also.path());
      `"${Object.keys(rows[0]!).join('","')}"`.should.startWith(head);
      rows.length.should.equal(text.split('\r\n').length - 2);
    }
    await alone.show('connections');
    for (const [place, name, kind] of [
      [0, 'openapi.json', 'openapi'],
      [1, 'asyncapi.json', 'asyncapi'],
    ] as const) {
      const [given] = await Promise.all([page.waitForEvent('download'), alone.part('psc-give-out').nth(place).click()]);
      given.suggestedFilename().should.equal(name);
      should(JSON.parse(readFileSync(await given.path(), 'utf8'))).have.property(kind);
    }
    // a link that asks for what there is not says so
    await page.goto(`${product.editor}ps-connect/#tab=dead&class=nonsense`);
    await page.reload();
    await alone.part('psc-trouble').filter({ hasText: 'class' }).first().waitFor();
    await page.close();
  });

  it('finds the same on a page of its own, without the editor', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(`${product.editor}ps-connect/`);
    const alone = new ConsoleView(page);
    const runs = await product.runs();
    await alone.untilCount('done', runs['done']!);
    await alone.show('dead');
    await alone.openDeadLetter('MILESTONE_SUM');
    should(await alone.part('psc-failure-message').textContent()).match(/milestones add up to/);
    troubles.should.eql([]);
    await page.close();
  });
});

/** What is wrong with the deal whose milestones are not its amount. */
const milestonesDiffer = { 'en-US': /^engagement \S+: The milestones add up to/, de: /^Engagement \S+: Die Meilensteine ergeben zusammen/ };

/** What shows that a tab has its content. */
const content = {
  runs: 'psc-run',
  dead: 'psc-dead-group',
  maps: 'psc-no-maps',
  connections: 'psc-connection',
  reconcile: 'psc-reconciliations',
  board: 'psc-engagement',
  kpis: 'psc-kpi',
} as const;
