import type { Page } from 'playwright-core';
import should from 'should';
import { type BuiltPack, builtPack } from '../build/built-pack.ts';
import { type BareEditor, bareEditor } from './bare-editor.ts';
import { barriers } from './barriers.ts';
import { type EditorGlobals, oneOfEach, open, press } from './one-of-each.ts';

/** The switch by which an operation is offered as an API, and what belongs to it. */
const rows = ['access', 'apiName', 'apiVersion', 'deprecated', 'lastDay'];

describe('the switch by which an operation is offered as an API', function () {
  this.timeout(90_000);
  let pack: BuiltPack;
  let editor: BareEditor;
  let page: Page;

  before(async () => {
    pack = await builtPack();
    editor = await bareEditor(pack, oneOfEach(pack.palette.map((node) => node.declaration).filter(({ succeededBy }) => !succeededBy)));
    page = await editor.load();
  });
  after(async () => {
    await editor?.stop();
    pack?.remove();
  });

  const shown = async () => {
    const visible = await Promise.all(rows.map((name) => page.locator(`.form-row:has(#node-input-${name})`).isVisible()));
    return rows.filter((_, place) => visible[place]);
  };
  const saved = (id: string) =>
    page.evaluate((of) => {
      const { offered, access, apiName, apiVersion, validationErrors } = (globalThis as unknown as EditorGlobals).RED.nodes.node(
        of,
      ) as unknown as Record<string, unknown>;
      return { offered, access, apiName, apiVersion: Number(apiVersion), wrong: (validationErrors ?? []) as string[] };
    }, id);
  const aboutTheSwitch = async (id: string) => (await saved(id)).wrong.filter((text) => /API|Access|Version/.test(text));

  it('is off at first, says what it does, and needs nothing', async () => {
    await open(page, 'erp-project');
    should(await page.isChecked('#node-input-offered')).be.false();
    should(await shown()).deepEqual([]);
    await page.locator('.psconnect-hint', { hasText: 'Callers that have access can ask this of the node' }).waitFor();
    await press(page, 'cancel');
    should(await aboutTheSwitch('erp-project')).deepEqual([]);
  });

  it('chooses the only access when it is turned on, and tells the address that callers are to be given', async () => {
    await open(page, 'erp-project');
    await page.check('#node-input-offered');
    should(await shown()).deepEqual(rows);
    should(await page.inputValue('#node-input-access')).equal('business-api-access');
    should(await page.inputValue('#node-input-apiName')).equal('project-provisioning');
    const note = page.locator('.psconnect-hint', { hasText: 'Called by' });
    should(await note.textContent()).match(/^Called by POST at http:\/\/127\.0\.0\.1:\d+\/business\/v1\/project-provisioning$/);
    await page.fill('#node-input-apiVersion', '2');
    await page.dispatchEvent('#node-input-apiVersion', 'change');
    await note.filter({ hasText: '/business/v2/project-provisioning' }).waitFor();
    (await barriers(page, '.psconnect-form')).should.eql([]);
    const folder = process.env['PSCONNECT_SCREENSHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/form-offered.png` });
    await press(page, 'ok');
    should(await saved('erp-project')).match({
      offered: true,
      access: 'business-api-access',
      apiName: 'project-provisioning',
      apiVersion: 2,
    });
    should(await aboutTheSwitch('erp-project')).deepEqual([]);
  });

  it('says that another node has the address already, that a name cannot be one, and that an access is missing', async () => {
    await open(page, 'psa-project');
    await page.check('#node-input-offered');
    await page.fill('#node-input-apiName', 'project-provisioning');
    await page.fill('#node-input-apiVersion', '2');
    await press(page, 'ok');
    (await aboutTheSwitch('psa-project')).should.eql([
      'Name of the API: “ERP project” is offered at this path already. Give another name, or another version.',
    ]);
    await open(page, 'psa-project');
    await page.fill('#node-input-apiName', 'projects/{code}');
    await press(page, 'ok');
    await page.evaluate(() => {
      const { RED } = globalThis as unknown as EditorGlobals & { RED: { editor: { validateNode(node: object): void } } };
      const node = RED.nodes.node('psa-project') as unknown as { access: string };
      node.access = ''; // as of a flow that somebody has written
      RED.editor.validateNode(node);
    });
    const wrong = await aboutTheSwitch('psa-project');
    wrong.should.containEql('Access is required.');
    wrong.join().should.match(/“projects\/\{code\}” cannot be the name of an API/);
    await open(page, 'psa-project');
    await page.uncheck('#node-input-offered');
    await press(page, 'ok');
    should(await aboutTheSwitch('psa-project')).deepEqual([], 'what is not offered needs none of it');
  });

  it('is got by GET where it only reads, and is not there for what a person has to approve first', async () => {
    await open(page, 'psa-availability');
    await page.check('#node-input-offered');
    should(await page.locator('.psconnect-hint', { hasText: 'Called by' }).textContent()).match(
      /^Called by GET .*\/resource-availability$/,
    );
    await press(page, 'cancel');
    await open(page, 'erp-project-change');
    should(await page.locator('.form-row:has(#node-input-offered)').isVisible()).be.true();
    await page.check('#node-input-offered');
    await page.selectOption('#node-input-action', 'apply');
    should(await page.locator('.form-row:has(#node-input-offered)').isVisible()).be.false();
    should(await shown()).deepEqual([]);
    await press(page, 'cancel');
  });

  it('meets no error of the page on the way', () => {
    should(editor.errors).eql([]);
  });
});
