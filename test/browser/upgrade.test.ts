import 'should';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { filledIn } from '../nodes/connections-of.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { winADeal } from '../runtime/win-a-deal.ts';
import { EditorPage } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';

const connections = ['psc-kantata', 'psc-netsuite', 'psc-salesforce'];

/** The template flows of the first version; Kantata's token is stored, the others sign in by the environment. */
function firstVersion(sandbox: Sandbox): FlowNode[] {
  const nodes = JSON.parse(readFileSync(new URL('../upgrade/flows-of-the-first-version.json', import.meta.url), 'utf8')) as FlowNode[];
  return nodes.map((one) => ({
    ...one,
    ...('intervalSeconds' in one ? { intervalSeconds: 1 } : {}),
    ...(one.id === 'psc-salesforce' ? { name: 'Salesforce <b id="planted">EU</b>' } : {}),
    ...(one.id === 'psc-kantata' ? { environment: '', ...filledIn('psa-connection', sandbox)!.fields } : {}),
  }));
}

describe('an analyst who opens flows of the first version', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let browser: Browser;
  let editor: EditorPage;
  let code: string;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    live = await LiveNodeRed.start({
      environment: connectionEnvironment(sandbox.access),
      flows: firstVersion(sandbox),
      credentials: { 'psc-kantata': filledIn('psa-connection', sandbox)!.credentials },
    });
    // the PSA is away: the deal's run has an ERP project, and waits
    sandbox.kantata.faults.add({ kind: 'status', status: 503, body: {}, times: -1 });
    const sources = () => live.get<{ sources: { readAt?: number }[] }>('/overview').then(({ sources: all }) => all);
    await live.until(async () => (await sources()).some(({ readAt }) => readAt !== undefined), 'the CRM is read', 60);
    code = await winADeal(sandbox.access);
    await live.until(async () => (await openRun())?.status === 'waiting', 'the run of the deal waits for the PSA', 60);
    browser = await launchChromium();
    editor = await EditorPage.open(browser, { editor: `${live.editor}/` });
  });
  after(async () => {
    await browser?.close();
    await live?.end();
    await sandbox?.stop();
  });

  const openRun = async () => (await live.get<{ id: string; status: string }[]>(`/runs?search=${code}`))[0];
  const typesOf = () => Promise.all(connections.map((id) => editor.setting(id, 'type')));
  const isDirty = () => editor.page.evaluate(() => (globalThis as unknown as { RED: { nodes: { dirty(): boolean } } }).RED.nodes.dirty());

  it('is told that the connections are of the new type now, and that a deploy keeps it', async () => {
    const notice = editor.page.locator('.red-ui-notification', { hasText: 'of the type system-connection now: ' });
    await notice.waitFor();
    for (const name of ['Salesforce <b id="planted">EU</b>', 'NetSuite', 'Kantata'])
      ((await notice.textContent()) ?? '').should.containEql(name);
    (await editor.page.locator('#planted').count()).should.equal(0);
    await notice.getByRole('button', { name: 'Close' }).click();
    (await typesOf()).should.deepEqual(connections.map(() => 'system-connection'));
    (await isDirty()).should.be.true();
  });

  it('finds nothing to correct: what was stored is there, and each node has its connection', async () => {
    (await editor.invalidNodes()).should.eql({});
    await editor.openForm('psc-kantata');
    (await editor.page.locator('#node-config-input-system').inputValue()).should.equal('kantata');
    (await editor.page.locator('#node-config-input-kantataAccessToken').inputValue()).should.equal('__PWRD__');
    await editor.cancel();
    await editor.openForm('psc-o-psa');
    (await editor.page.locator('#node-input-connection option').allTextContents()).should.deepEqual(['Kantata', 'none']);
    await editor.cancel();
  });

  it('deploys, and the open run goes on from where it is', async () => {
    await editor.deploy();
    sandbox.kantata.faults.clear();
    await live.until(async () => (await openRun())?.status === 'done', 'the run of the deal is done', 90);
    const { id } = (await openRun())!;
    const { effects } = await live.get<{ effects: { status: string }[] }>(`/runs/${id}`);
    [...new Set(effects.map(({ status }) => status))].should.deepEqual(['done']);
  });

  it('is told nothing when the editor is opened again', async () => {
    await editor.load(`${live.editor}/`);
    (await typesOf()).should.deepEqual(connections.map(() => 'system-connection'));
    (await isDirty()).should.be.false();
    (await editor.page.locator('.red-ui-notification', { hasText: 'system-connection' }).count()).should.equal(0);
    (await editor.invalidNodes()).should.eql({});
    editor.troubles.should.eql([]);
  });

  it('is offered only connections that can do what a node does, and told which systems can when there is none', async () => {
    await editor.openForm('psc-t-reconcile');
    (await editor.page.locator('#node-input-erp option').allTextContents()).should.deepEqual(['NetSuite', 'none']);
    (await editor.page.locator('#node-input-psa option').allTextContents()).should.deepEqual(['Kantata', 'none']);
    await editor.cancel();
    await editor.openForm('psc-netsuite');
    await editor.page.selectOption('#node-config-input-system', 'kantata');
    await editor.page.fill('#node-config-input-kantataAccessToken', 'of another account');
    await editor.done();
    Object.keys(await editor.invalidNodes()).should.containEql('psc-o-customer');
    await editor.openForm('psc-o-customer');
    const note = editor.page.locator('.psconnect-hint', { hasText: 'NetSuite can.' });
    await editor.page.selectOption('#node-input-connection', '_ADD_');
    // what is chosen stays to be seen, and is called what it is
    (await editor.page.locator('#node-input-connection option').allTextContents())[0]!.should.match(/NetSuite .*cannot do this/);
    (await note.isVisible()).should.be.true();
    await editor.page.click('#node-input-btn-connection-add');
    await editor.page.waitForSelector('#node-config-input-system', { state: 'visible' });
    (await editor.page.locator('#node-config-input-system').inputValue()).should.equal('netsuite');
    (await editor.page.locator('#node-config-input-netsuiteAccountId').isVisible()).should.be.true();
  });
});
