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
