import { globSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import should from 'should';
import { packageName } from '../build/built-pack.ts';
import { until } from '../until.ts';
import { EditorPage } from './editor-page.ts';
import { launchChromium } from './launch-chromium.ts';
import { RunningProduct } from './running-product.ts';

interface Overview {
  sources: { readAt?: number }[];
}

describe('a newcomer in an empty workspace', function () {
  this.timeout(240_000);
  let product: RunningProduct;
  let browser: Browser;
  let editor: EditorPage;

  before(async () => {
    product = await RunningProduct.start({ workspace: 'empty' });
    browser = await launchChromium();
    editor = await EditorPage.open(browser, { editor: product.editor });
  });
  after(async () => {
    await browser?.close();
    await product?.end();
  });

  it('imports both template flows from the examples; the second takes the connections of the first', async () => {
    await editor.importExample(packageName(), 'opportunity-to-project');
    await editor.importExample(packageName(), 'approved-time-to-erp');
    Object.keys(await editor.flows())
      .should.containEql('Opportunity to project')
      .and.containEql('Approved time to ERP');
    (await editor.configTypes())
      .filter((type) => /-connection$|^run-policy$/.test(type))
      .should.eql(['run-policy', 'system-connection', 'system-connection', 'system-connection']);
  });

  it('deploys them without an edit: nothing is red, nothing lies on top of something else', async () => {
    await editor.deploy();
    (await editor.invalidNodes()).should.eql({});
    for (const name of ['Opportunity to project', 'Approved time to ERP']) await isDrawnWell(name);
  });

  async function isDrawnWell(name: string): Promise<void> {
    const flows = await editor.flows();
    await editor.showFlow(flows[name]!);
    const boxes = await editor.drawn();
    boxes.length.should.equal(nodesOf(name), name);
    boxes.filter((box) => box.error).should.eql([]);
    boxes.filter(({ left, top }) => left < 0 || top < 0).should.eql([], `${name}: out of the picture`);
    (await editor.wiresBehindNodes()).should.eql([], name);
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        // a status stands under its node
        const apart = one.right <= other.left || other.right <= one.left || one.bottom + 16 <= other.top || other.bottom + 16 <= one.top;
        apart.should.equal(true, `${name}: ${one.id} and ${other.id} overlap`);
      }
    }
  }

  it('sees runs from the next deal and the next approved hour on', async () => {
    await until(
      async () => {
        const { sources } = await product.get<Overview>('/overview');
        return sources.length === 2 && sources.every((source) => source.readAt !== undefined);
      },
      () => `the sources were not read\n${product.log.slice(-20).join('\n')}`,
    );
    await product.playDay();
    await product.untilRuns((runs) => (runs['done'] ?? 0) > 0 && (runs['dead'] ?? 0) > 0);
    await editor.showSidebar();
    await editor.page.getByTestId('psc-run').first().waitFor();
    should(editor.troubles).eql([]);
  });

  it('imports the flow that is sent approved time by webhook beside them, and deploys it without an edit', async () => {
    await editor.importExample(packageName(), 'approved-time-by-webhook');
    await editor.deploy();
    (await editor.invalidNodes()).should.eql({});
    await isDrawnWell('Approved time by webhook');
    should(editor.troubles).eql([]);
  });

  it('imports each other template, which has what it needs as well', async () => {
    await editor.importExample(packageName(), 'approved-and-compensated');
    await editor.importExample(packageName(), 'staffing-ahead-of-start');
    await editor.importExample(packageName(), 'events-to-other-systems');
    await editor.importExample(packageName(), 'assignment-to-erp-and-crm');
    await editor.importExample(packageName(), 'account-to-erp');
    await editor.importExample(packageName(), 'contract-amendment');
    await editor.importExample(packageName(), 'approved-expenses-to-erp');
    await editor.importExample(packageName(), 'invoice-status-to-crm-and-psa');
    await editor.importExample(packageName(), 'billing-schedule-and-milestone');
    await editor.importExample(packageName(), 'utilization-of-last-week');
    await editor.importExample(packageName(), 'alerts');
    await editor.importExample(packageName(), 'second-erp-by-maps');
    (await editor.invalidNodes()).should.eql({});
    await isDrawnWell('Utilization of last week');
    await isDrawnWell('Alerts');
    await isDrawnWell('Second ERP by maps');
    await isDrawnWell('Approved deal to project');
    await isDrawnWell('Staffing ahead of the start');
    await isDrawnWell('Events to other systems');
    await isDrawnWell('Billing schedule and milestone reached');
    await isDrawnWell('Assignment to ERP and CRM');
    await isDrawnWell('Account master to ERP');
    await isDrawnWell('Contract amendment');
    await isDrawnWell('Approved expenses to ERP');
    await isDrawnWell('Invoice status to CRM and PSA');
  });
});

/** How many nodes the template flow of this name has on its tab. */
function nodesOf(name: string): number {
  const templates = globSync('flows/*.json').map((file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]);
  const template = templates.find((nodes) => nodes.some(({ type, label }) => type === 'tab' && label === name)) ?? [];
  const tab = template.find(({ type }) => type === 'tab');
  return template.filter(({ z, x }) => z === tab?.['id'] && x !== undefined).length;
}
