import type { Browser } from 'playwright-core';
import should from 'should';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { keysOf, languages, nodeCatalogue, textOf, wordsOfNode } from '../../scripts/build/catalogue.ts';
import { type BuiltPack, builtPack, root } from '../build/built-pack.ts';
import { type BareEditor, bareEditor } from './bare-editor.ts';
import { ConsoleView } from './console-view.ts';
import { untranslated, wordsIn } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { oneOfEach, open, press } from './one-of-each.ts';
import { RunningProduct } from './running-product.ts';
import { beyondTheirBox } from './text-boxes.ts';

/** English and German are looked at by every other test of the browser. */
const further = languages(root).filter((language) => !['en-US', 'de'].includes(language));

const mostForms = 10;

describe('forms in a further language', function () {
  this.timeout(180_000);
  let pack: BuiltPack;
  let editor: BareEditor;
  const current = () => pack.palette.map(({ declaration }) => declaration).filter(({ succeededBy }) => !succeededBy);

  /** The forms in which a label is most likely to leave its box: to open all of them takes a minute for each language. */
  const withLongestLabels = (language: string) => {
    const longest = (declaration: NodeDeclaration) => {
      const words = wordsOfNode(nodeCatalogue(root, language, declaration.type), declaration);
      const labels = keysOf(words).filter((key) => /^(?:label|option)\./.test(key));
      return Math.max(0, ...labels.map((key) => textOf(words, key).length));
    };
    return current()
      .map((declaration) => ({ type: declaration.type, length: longest(declaration) }))
      .sort((one, other) => other.length - one.length)
      .slice(0, mostForms)
      .map(({ type }) => type);
  };

  before(async () => {
    pack = await builtPack();
    editor = await bareEditor(pack, oneOfEach(current()));
  });
  after(async () => {
    await editor?.stop();
    pack?.remove();
  });

  for (const language of further) {
    it(`has no key instead of a word and no text that leaves its box in ${language}, nor has the palette`, async () => {
      const page = await editor.load(language);
      for (const { type } of current().filter(({ config }) => !config)) {
        const label = await page.locator(`.red-ui-palette-node[data-palette-type="${type}"] .red-ui-palette-label`).textContent();
        label!
          .trim()
          .replace(/\s+/g, ' ')
          .should.equal(textOf(nodeCatalogue(root, language, type), 'node.label'), type);
      }
      for (const type of withLongestLabels(language)) {
        await open(page, type);
        untranslated(await wordsIn(page, '.psconnect-form')).should.eql([], type);
        should(await page.evaluate(beyondTheirBox, '.psconnect-form')).eql([], type);
        await press(page, 'cancel');
      }
      untranslated(await wordsIn(page, '#red-ui-palette')).should.eql([]);
      should(editor.errors).eql([]);
      await page.close();
    });
  }
});

describe('the console in a further language', function () {
  this.timeout(180_000);
  let product: RunningProduct;
  let browser: Browser;

  before(async () => {
    product = await RunningProduct.start({ workspace: 'templates' });
    await product.playDay();
    await product.untilRuns((runs) => (runs['done'] ?? 0) > 0 && (runs['dead'] ?? 0) > 0);
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await product?.end();
  });

  for (const language of further) {
    it(`has no key instead of a word and no text that leaves its box on any tab in ${language}`, async () => {
      const page = await browser.newPage({ locale: language, viewport: { width: 1200, height: 900 } });
      await page.goto(`${product.editor}ps-connect/`);
      const view = new ConsoleView(page);
      for (const tab of ['runs', 'dead', 'maps', 'connections', 'reconcile', 'board', 'kpis'] as const) {
        await view.show(tab);
        await page.waitForLoadState('networkidle');
        untranslated(await wordsIn(page, 'psc-console')).should.eql([], tab);
        should(await page.evaluate(beyondTheirBox, 'psc-console')).eql([], tab);
      }
      (await page.locator('html').getAttribute('lang'))!.split('-')[0]!.should.equal(language.split('-')[0]);
      await page.close();
    });
  }
});
