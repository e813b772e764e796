import type { Browser } from 'playwright-core';
import should from 'should';
import { EditorPage, untranslated } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { RunningProduct } from './running-product.ts';

const languages = ['en-US', 'de'] as const;
const themes = ['light', 'dark'] as const;

describe('an analyst with the template flows', function () {
  this.timeout(120_000);
  let product: RunningProduct;
  let browser: Browser;
  let editor: EditorPage;

  before(async () => {
    product = await RunningProduct.start({ workspace: 'templates' });
    browser = await launchChromium();
    editor = await EditorPage.open(browser, { editor: product.editor });
    await editor.showFlow('psc-flow-opportunity');
  });
  after(async () => {
    await browser?.close();
    await product?.end();
  });

  it('finds nothing to complain of before a setting is touched', async () => {
    (await editor.invalidNodes()).should.eql({});
  });

  it('changes how often Salesforce is asked, deploys, and finds the change after loading the page again', async () => {
    const { page } = editor;
    await editor.openForm('psc-o-in');
    await page.fill('#node-input-intervalSeconds', '7');
    await editor.done();
    await editor.deploy();
    await editor.load(product.editor);
    Number(await editor.setting('psc-o-in', 'intervalSeconds')).should.equal(7);
    await editor.openForm('psc-o-in');
    (await page.inputValue('#node-input-intervalSeconds')).should.equal('7');
    await editor.cancel();
    (await product.get<{ sources: unknown[] }>('/overview')).sources.length.should.equal(2);
  });

  it('changes nothing by looking: opening a form and pressing Done leaves nothing to deploy', async () => {
    for (const id of ['psc-o-in', 'psc-o-map', 'psc-o-done', 'psc-o-tell', 'psc-t-post', 'psc-t-reconcile']) {
      await editor.openForm(id);
      await editor.done();
      should(await editor.setting(id, 'changed')).not.equal(true, id);
    }
  });

  it('renames a connection and keeps what it needs to sign in', async () => {
    const { page } = editor;
    await editor.openForm('psc-netsuite');
    await page.fill('#node-config-input-name', 'NetSuite Europe');
    await editor.done();
    await editor.deploy();
    await editor.load(product.editor);
    ((await editor.setting('psc-netsuite', 'name')) as string).should.equal('NetSuite Europe');
    (await editor.invalidNodes()).should.eql({});
  });

  for (const connection of ['psc-salesforce', 'psc-netsuite', 'psc-kantata']) {
    it(`tests ${connection} with what the form shows, and the answer is good`, async () => {
      const { page } = editor;
      await editor.openForm(connection);
      await page.click('#psconnect-test');
      await page.waitForSelector('#psconnect-test-answer.psconnect-good, #psconnect-test-answer.psconnect-bad');
      const answer = await page.textContent('#psconnect-test-answer');
      should(await page.getAttribute('#psconnect-test-answer', 'class')).match(/psconnect-good/, answer ?? '');
      await editor.cancel();
    });
  }

  it('is told by the test that another address needs the secret typed, and then what is wrong with it', async () => {
    const { page } = editor;
    await editor.openForm('psc-kantata');
    await page.fill('#node-config-input-kantataBaseUrl', 'http://127.0.0.1:9/api/v1');
    await page.click('#psconnect-test');
    await page.locator('#psconnect-test-answer.psconnect-bad', { hasText: /Type these again.*: Access token$/ }).waitFor();
    await page.fill('#node-config-input-kantataAccessToken', 'another-token');
    await page.click('#psconnect-test');
    await page.locator('#psconnect-test-answer.psconnect-bad', { hasText: /127\.0\.0\.1:9|refused|reach/i }).waitFor();
    should(await page.textContent('#psconnect-test-answer')).match(/127\.0\.0\.1:9|refused|reach/i);
    await editor.cancel();
  });

  it('sees at once what a mapping makes of the last deal, and which rule it breaks when a field goes', async () => {
    const { page } = editor;
    await product.playDay();
    await product.untilRuns((runs) => (runs['done'] ?? 0) > 0);
    await editor.openForm('psc-o-map');
    await page.click('#psconnect-last-input');
    await page.waitForSelector('#psconnect-preview-output:not([hidden])');
    await page.waitForFunction(() => document.querySelector('#psconnect-preview-output')?.textContent?.includes('"legalEntity"'));
    await page.selectOption('#node-input-preset', 'custom');
    await page.click('#node-input-expression-editor .view-lines');
    await page.keyboard.insertText('{"id": payload.Id}');
    await page.locator('#psconnect-preview-verdict.psconnect-bad li', { hasText: 'is missing' }).first().waitFor();
    await editor.cancel();
  });

  it('sees below an expression what it gives for the last message, and which message that is', async () => {
    const { page } = editor;
    await editor.openForm('psc-o-done');
    const result = page.locator('.psconnect-result', { hasText: /^Gives \{"Id":"006\w+","Integration_Status__c":"Provisioned"/ });
    await result.waitFor();
    const sample = page.locator('.psconnect-sample');
    should(await sample.locator('summary').textContent()).match(/^Sample: the message of .*\d{4}.*\d{2}/);
    await sample.locator('summary').focus();
    await page.keyboard.press('Enter');
    await sample.locator('pre', { hasText: '"currency"' }).waitFor();
    const type = (value: string) =>
      page.evaluate((text) => {
        const { $ } = globalThis as unknown as { $(element: string): { typedInput(what: 'value', text: string): void } };
        $('#node-input-records').typedInput('value', text);
      }, value);
    for (const [expression, gives] of [
      ['$env("HOME")', 'Uses what only the running node knows'],
      ['payload.nowhere', 'gave nothing'],
      ['payload.currency & "!"', 'Gives "'],
    ] as const) {
      await type(expression);
      await page.locator('.psconnect-result', { hasText: gives }).waitFor();
    }
    const folder = process.env['PSCONNECT_SCREENSHOTS'];
    for (const theme of themes) {
      await editor.wear(theme);
      if (folder) await page.screenshot({ path: `${folder}/form-sample-${theme}.png` });
      (await editor.faintTexts('.psconnect-result, .psconnect-sample summary')).should.eql([], theme);
    }
    await editor.wear('light');
    await editor.cancel();
  });

  it('is offered the map that is missing, and a dead letter, each with one click that one undo takes back', async () => {
    const { page } = editor;
    const id = await page.evaluate(() => {
      const { RED } = globalThis as never as { RED: Record<string, Record<string, (...given: unknown[]) => never>> };
      const { node } = RED['view']!['createNode']!('contract-check', 700, 700, 'psc-flow-opportunity') as { node: { id: string } };
      RED['nodes']!['add']!(node);
      RED['nodes']!['addLink']!({ source: RED['nodes']!['node']!('psc-o-in'), sourcePort: 0, target: node });
      RED['view']!['redraw']!(true);
      return node.id;
    });
    const wires = () =>
      page.evaluate((of) => {
        interface End {
          id: string;
          type: string;
          preset?: string;
        }
        const { RED } = globalThis as never as {
          RED: { nodes: { eachLink(visit: (link: { source: End; sourcePort: number; target: End }) => void): void } };
        };
        const seen: string[] = [];
        const called = ({ id: is, type, preset }: End) => (is === of ? 'it' : is === 'psc-o-in' ? is : `${type} ${preset ?? ''}`.trim());
        RED.nodes.eachLink(({ source, sourcePort, target }) => {
          const isMap = [source, target].some(({ id: is, type }) => is === of || (type === 'canonical-map' && is !== 'psc-o-map'));
          if (isMap) seen.push(`${called(source)}:${sourcePort} > ${called(target)}`);
        });
        return seen.sort();
      }, id);
    const before = await wires();
    before.should.eql(['psc-o-in:0 > it']);
    await editor.openForm(id);
    const offer = page.locator('.psconnect-offer');
    await offer.filter({ hasText: 'this node needs a canonical object' }).waitFor();
    const folder = process.env['PSCONNECT_SCREENSHOTS'];
    for (const theme of themes) {
      await editor.wear(theme);
      if (folder) await page.screenshot({ path: `${folder}/form-offer-${theme}.png` });
      (await editor.faintTexts('.psconnect-offer')).should.eql([], theme);
    }
    await editor.wear('light');
    await offer.filter({ hasText: 'canonical object' }).getByRole('button').click();
    await offer.filter({ hasText: 'canonical object' }).waitFor({ state: 'detached' });
    const mapped = ['canonical-map opportunity-to-engagement:0 > it', 'psc-o-in:0 > canonical-map opportunity-to-engagement'];
    (await wires()).should.eql(mapped);
    await offer.getByRole('button', { name: 'Lead it to a dead letter' }).click();
    (await wires()).should.eql([mapped[0], 'it:1 > dead-letter', mapped[1]]);
    await editor.cancel();
    await editor.openForm(id);
    should(await offer.count()).equal(0, 'nothing is missing any more');
    await editor.cancel();
    await editor.invoke('core:undo');
    (await wires()).should.eql(mapped);
    await editor.invoke('core:undo');
    (await wires()).should.eql(before);
    await page.evaluate((of) => {
      const { RED } = globalThis as never as { RED: { nodes: { remove(id: string): void; dirty(is: boolean): void } } };
      RED.nodes.remove(of);
      RED.nodes.dirty(false);
    }, id);
  });

  it('is given what left the node before, where a node is so new that nothing has come to it', async () => {
    const path = '/nodes/brand-new/last-input?behind=nowhere:0,psc-o-in:0';
    const seen = await product.get<{ from: string; message: { payload: { Id?: string } }; at: number }>(path);
    seen.should.match({ from: 'psc-o-in:0', message: { payload: { Id: /^006/ } } });
    should(await product.get('/nodes/brand-new/last-input')).deepEqual({ payload: null });
  });

  for (const language of languages) {
    for (const theme of themes) {
      it(`reads the forms in ${language} on a ${theme} screen: no key instead of a word, enough contrast`, async () => {
        const other = await EditorPage.open(browser, { editor: product.editor, language, theme });
        for (const id of ['psc-o-in', 'psc-salesforce', 'psc-o-map', 'psc-t-post', 'psc-t-reconcile', 'psc-policy']) {
          await other.openForm(id);
          untranslated(await other.words('.red-ui-tray')).should.eql([], id);
          (await other.faintTexts('.psconnect-form label, .psconnect-hint')).should.eql([], id);
          await other.cancel();
        }
        should(other.troubles).eql([]);
        await other.close();
      });
    }
  }

  it('meets no error of the page on the way', () => {
    should(editor.troubles).eql([]);
  });
});
