import type { Browser } from 'playwright-core';
import should from 'should';
import { paletteCategory } from '../../declarations/area.ts';
import { nodeCatalogue, textOf } from '../../scripts/build/catalogue.ts';
import { root } from '../build/built-pack.ts';
import { EditorPage, untranslated } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { RunningProduct } from './running-product.ts';

describe('the palette', function () {
  this.timeout(120_000);
  let product: RunningProduct;
  let browser: Browser;

  before(async () => {
    product = await RunningProduct.start({ workspace: 'empty' });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await product?.end();
  });

  for (const language of ['en-US', 'de'] as const) {
    it(`shows every node with its name, its category and its own icon (${language})`, async () => {
      const editor = await EditorPage.open(browser, { editor: product.editor, language });
      const nodes = product.pack.palette.map((node) => node.declaration).filter((declaration) => !declaration.config);
      const shown = await editor.palette(nodes.map(({ type }) => type));
      for (const declaration of nodes) {
        const { type } = declaration;
        const catalogue = nodeCatalogue(root, language, type);
        const seen = shown.find((each) => each.type === type)!;
        seen.label.replace(/\s+/g, ' ').should.equal(textOf(catalogue, 'node.label'), type);
        seen.category.should.equal(textOf(catalogue, `palette.label.${paletteCategory(declaration.area)}`), type);
        const icon = await editor.page.request.get(seen.icon);
        (await icon.text()).should.equal(product.pack.read(`icons/${type}.svg`), type);
      }
      (await found(editor, 'netsuite')).should.containEql('erp-post-timesheet').and.not.containEql('psa-project');
      (await found(editor, 'KANTATA')).should.containEql('psa-project').and.not.containEql('erp-project');
      (await found(editor, 'crm')).should.containEql('salesforce-opportunity-in');
      (await found(editor, '')).length.should.be.aboveOrEqual(nodes.length);
      // what the product is about comes before what Node-RED brings
      const [first] = await editor.page.locator('.red-ui-palette-category:visible .red-ui-palette-header').allTextContents();
      first!.trim().should.equal('PS Connect · CRM');
      untranslated(await editor.words('#red-ui-palette')).should.eql([]);
      should(editor.troubles).eql([]);
      await editor.close();
    });
  }
});

/** Types that the palette shows for what is typed into its search. */
async function found({ page }: EditorPage, search: string): Promise<string[]> {
  const box = page.locator('#red-ui-palette-search input');
  await box.fill('');
  await box.pressSequentially(search);
  if (search === '') await box.press('Backspace'); // it listens to keys
  // it filters a moment after the last key
  await page.waitForFunction((text) => {
    const says = (node: Element, name: string) => (node.getAttribute(name) ?? '').toLowerCase().includes(text);
    return [...document.querySelectorAll('.red-ui-palette-node')].every(
      (node) => node.hasAttribute('data-filter') !== (says(node, 'data-palette-type') || says(node, 'data-palette-label')),
    );
  }, search.toLowerCase());
  return page.$$eval('.red-ui-palette-node:not([data-filter])', (nodes) =>
    nodes.map((node) => node.getAttribute('data-palette-type') ?? ''),
  );
}
