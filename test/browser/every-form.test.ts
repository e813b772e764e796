import type { Page } from 'playwright-core';
import should from 'should';
import { until } from '../until.ts';
import { barriers } from './barriers.ts';
import { type BuiltPack, builtPack } from '../build/built-pack.ts';
import { type BareEditor, bareEditor } from './bare-editor.ts';
import { type EditorGlobals, oneOfEach, open, press } from './one-of-each.ts';

/** Waits until a form has settled on what is shown: it changes a moment after it is opened, or after what it depends on has changed. */
const settles = <T>(look: () => Promise<T>, as: (seen: T) => boolean, words: string) => {
  let seen: T;
  return until(
    async () => as((seen = await look())),
    () => `${words}: ${JSON.stringify(seen)}`,
    40,
  );
};

const none = (page: Page, selector: string) =>
  settles(
    () => page.locator(selector).allTextContents(),
    ({ length }) => length === 0,
    `no ${selector}`,
  );

const hasNoProblems = (page: Page, id: string) =>
  settles(
    () => problems(page, id),
    ({ length }) => length === 0,
    `${id} is content`,
  );

const problems = (page: Page, id: string) =>
  page.evaluate((id) => {
    const node = (globalThis as unknown as EditorGlobals).RED.nodes.node(id);
    return node.valid ? [] : node.validationErrors;
  }, id);

describe('the editor of Node-RED with the pack', function () {
  this.timeout(90_000);
  let pack: BuiltPack;
  let editor: BareEditor;

  before(async () => {
    pack = await builtPack();
    editor = await bareEditor(pack, oneOfEach(current()));
    await editor.load();
  });
  /** the types that no other has succeeded */
  const current = () => pack.palette.map((node) => node.declaration).filter(({ succeededBy }) => !succeededBy);
  after(async () => {
    await editor?.stop();
    pack?.remove();
  });

  it('marks a connection that came without its secrets, and the nodes that use it', async () => {
    const { page } = editor;
    await page.waitForFunction(() => !(globalThis as unknown as EditorGlobals).RED.nodes.node('salesforce-upsert').valid);
    (await problems(page, 'system-connection')).should.containEql('Private key is required.');
    (await problems(page, 'to-kantata')).should.eql(['Access token is required.']);
    (await problems(page, 'erp-customer')).length.should.equal(1);
    await hasNoProblems(page, 'canonical-map');
  });

  it('is content when the secrets are typed, deployed and the page is loaded again', async () => {
    const { page } = editor;
    await open(page, 'to-kantata');
    await page.fill('#node-config-input-kantataAccessToken', 'secret');
    await press(page, 'ok');
    await hasNoProblems(page, 'to-kantata');
    const deployed = page.waitForResponse((response) => response.url().endsWith('/flows') && response.request().method() === 'POST');
    await page.evaluate(() => (globalThis as unknown as EditorGlobals).RED.actions.invoke('core:deploy-flows'));
    const confirm = page.locator('.red-ui-notification button', { hasText: 'Confirm deploy' });
    await confirm.click();
    (await deployed).ok().should.be.true();
    await editor.load();
    await page.waitForFunction(() => !(globalThis as unknown as EditorGlobals).RED.nodes.node('salesforce-upsert').valid);
    await hasNoProblems(page, 'to-kantata');
    await hasNoProblems(page, 'psa-project');
  });

  it('asks for what the chosen sign-in needs, and hides the rest', async () => {
    const { page } = editor;
    await open(page, 'system-connection');
    const shown = () => page.locator('.psconnect-form .form-row:visible label').allTextContents();
    const asks = (wanted: string, not: string) =>
      settles(shown, (labels) => labels.includes(wanted) && !labels.includes(not), `it asks for ${wanted} and not for ${not}`);
    await asks('Private key', 'Password');
    await page.selectOption('#node-config-input-salesforceFlow', 'username-password');
    await asks('Password', 'Private key');
    await page.locator('#node-config-input-salesforceEnvironment').pressSequentially('ACME');
    await none(page, '.psconnect-form .input-error:visible');
    await press(page, 'cancel');
  });

  it('says in words why a connection does not work', async () => {
    const { page } = editor;
    await open(page, 'system-connection');
    await page.click('#psconnect-test');
    await page.waitForSelector('.psconnect-answer.psconnect-bad');
    const answer = await page.textContent('#psconnect-test-answer');
    should(answer).match(/\w+ \w+ \w+/);
    await press(page, 'cancel');
  });

  it('shows what an own mapping makes of a sample, and what is wrong with it, while it is typed', async () => {
    const { page } = editor;
    await open(page, 'canonical-map');
    await page.selectOption('#node-input-preset', 'custom');
    await page.selectOption('#node-input-contract', 'account');
    await page.click('#node-input-expression-editor .view-lines');
    await page.keyboard.insertText('payload');
    await page.click('#psconnect-sample-editor .view-lines');
    await page.keyboard.insertText('{"code": "C1"}');
    await page.waitForSelector('#psconnect-preview-verdict.psconnect-bad');
    should(await page.textContent('#psconnect-preview-verdict')).match(/name is missing/);
    await page.click('#psconnect-sample-editor .view-lines');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('{"code": "C1", "name": "Client"}');
    await page.waitForSelector('#psconnect-preview-verdict.psconnect-good');
    should(await page.textContent('#psconnect-preview-output')).match(/"name": "Client"/);
    await press(page, 'cancel');
  });

  it('chooses the connection where only one can do what the node does, and none where there is a choice to be made', async () => {
    const { page } = editor;
    const connectionOf = (id: string, value?: string) =>
      page.evaluate(
        ([id, value]) => {
          const node = (globalThis as unknown as EditorGlobals).RED.nodes.node(id!) as unknown as { connection: string };
          if (value !== undefined) node.connection = value;
          return node.connection;
        },
        [id, value],
      );
    const before = await connectionOf('erp-customer');
    await connectionOf('erp-customer', '');
    await open(page, 'erp-customer');
    (await page.inputValue('#node-input-connection')).should.equal(before);
    await press(page, 'ok');
    (await connectionOf('erp-customer')).should.equal(before);
    await open(page, 'business-event-out');
    (await page.inputValue('#node-input-connection')).should.equalOneOf('', '_ADD_');
    await press(page, 'cancel');
  });

  it('shows the address that senders are to be given, and warns where anybody may send', async () => {
    const { page } = editor;
    await open(page, 'business-event-in');
    await page.fill('#node-input-path', '/events/time-approved/');
    should(await page.locator('.psconnect-hint', { hasText: 'Senders post to' }).textContent()).match(
      /to http:\/\/127\.0\.0\.1:\d+\/events\/time-approved$/,
    );
    await none(page, '.psconnect-warning:visible');
    await page.selectOption('#node-input-signature', 'none');
    should(await page.locator('.psconnect-warning:visible').textContent()).match(/can start runs/);
    await none(page, '#node-input-secret:visible');
    await page.selectOption('#node-input-signature', 'hmac-sha256');
    await none(page, '.psconnect-warning:visible');
    await page.fill('#node-input-secret', 'secret');
    await press(page, 'ok');
    await hasNoProblems(page, 'business-event-in');
  });

  for (const locale of ['en-US', 'de-DE']) {
    it(`speaks ${locale} in every form and every help text, in light and dark, without an error or a barrier`, async () => {
      const page = await editor.load(locale);
      const found: string[] = [];
      for (const declaration of current()) {
        const help = await page.evaluate((type) => (globalThis as unknown as EditorGlobals).RED.nodes.getNodeHelp(type), declaration.type);
        help.should.match(locale === 'de-DE' ? /Beispiel/ : /Example/);
        await page.evaluate(() => document.documentElement.classList.toggle('nr-theme-dark'));
        await open(page, declaration.type);
        const texts = await page
          .locator('.psconnect-form label, .psconnect-form option, .psconnect-hint, .psconnect-form button')
          .allTextContents();
        texts.filter((text) => /^\s*(label|hint|option|extra|node|form)\.\w/.test(text)).should.eql([]);
        texts.length.should.be.aboveOrEqual(declaration.fields.filter(({ kind }) => kind !== 'hidden').length);
        if (locale === 'en-US') {
          found.push(...(await barriers(page, '.psconnect-form')).map((barrier) => `${declaration.type}: ${barrier}`));
        }
        await press(page, 'cancel');
      }
      found.should.eql([]);
      editor.errors.should.eql([]);
    });
  }
});
