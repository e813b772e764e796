import should from 'should';
import type { Browser, Page } from 'playwright-core';
import { entry, node, policy, sink, tab } from '../runtime/flow-parts.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { barriers } from './barriers.ts';
import { launchChromium } from './launch-chromium.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  entry('entity'),
  node('entity', 'entity-crosswalk', [['done']], {
    ...{ table: 'legal-entity', fromSystem: 'crm', toSystem: 'erp', value: 'payload.entity', valueType: 'msg', result: 'payload.entity' },
    ...{ date: 'payload.day', dateType: 'msg', policy: 'policy' },
  }),
  sink('done'),
];

describe('a person who keeps the maps in the console', function () {
  this.timeout(180_000);
  let live: LiveNodeRed;
  let browser: Browser;
  let page: Page;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy(flows);
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${live.editor}/ps-connect/#tab=maps`);
  });
  after(async () => {
    await browser?.close();
    await live?.end();
  });

  const part = (name: string) => page.getByTestId(`psc-${name}`);
  const again = async () => {
    await part('tab-runs').click();
    await part('tab-maps').click();
  };
  const both = async (name: string) => {
    for (const theme of ['light', 'dark']) {
      await page.evaluate((dark) => document.documentElement.classList.toggle('nr-theme-dark', dark), theme === 'dark');
      (await barriers(page)).should.eql([], `${name} ${theme}`);
      const folder = process.env['PSCONNECT_SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/maps-${name}-${theme}.png` });
    }
  };
  const fill = async (fields: Record<string, string>) => {
    for (const [name, text] of Object.entries(fields)) await part(`map-${name}`).fill(text);
  };
  const file = (...lines: string[]) => ({
    name: 'entities.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['table,from,value,to,target,validFrom,validTo', ...lines].join('\r\n')),
  });

  it('is told that there is nothing yet', async () => {
    await part('no-maps').waitFor();
    await both('empty');
  });

  it('sees first what runs wait for, enters it, and they go on', async () => {
    for (const id of ['M-1', 'M-2']) {
      live.receive('entry', { payload: { id, entity: 'ACME-DE', day: id === 'M-1' ? '2026-06-30' : '2026-07-31' }, topic: id });
      await live.ended(id);
    }
    await again();
    const value = part('unmapped-value').filter({ hasText: 'ACME-DE' });
    await value.filter({ hasText: '2 runs wait' }).waitFor();
    await part('unmapped-enter').click();
    // the keyboard is where something has to be written
    should(await page.evaluate(() => document.activeElement?.tagName)).equal('PSC-CONSOLE');
    await page.keyboard.type('3');
    (await part('map-target').inputValue()).should.equal('3');
    (await part('map-value').inputValue()).should.equal('ACME-DE');
    await fill({ reason: 'subsidiary of Berlin' });
    await both('enter');
    await part('map-save').click();
    await part('map-done').filter({ hasText: 'Saved. 2 runs go on.' }).waitFor();
    await live.until(() => live.sunk.length === 2, 'both are through');
    await part('unmapped').waitFor({ state: 'detached' });
  });

  it('ends an entry, and is told when somebody else was first', async () => {
    await part('map-change').click();
    await fill({ validTo: '2026-06-30', reason: 'ends with the half-year' });
    const [row] = await live.get<{ id: string; version: number }[]>('/crosswalk/rows');
    const other = { table: 'legal-entity', from: 'crm', value: 'ACME-DE', to: 'erp', target: '4' };
    await live.call('/ps-connect/api/v1/crosswalk/changes', {
      method: 'POST',
      body: { reason: 'moved', changes: [{ id: row!.id, version: 1, entry: other }] },
    });
    await part('map-save').click();
    await page.getByText('has changed it on').waitFor();
    await both('conflict');
    await page.keyboard.press('Escape');
    await part('map-stay')
      .click({ timeout: 1_000 })
      .catch(() => undefined);
    await again();
    await part('map-change').click();
    await fill({ validTo: '2026-06-30', reason: 'ends with the half-year' });
    await part('map-save').click();
    await part('map-done').waitFor();
    await part('map-days').filter({ hasText: 'to Jun 30, 2026' }).waitFor();
    await part('map-history').click();
    await part('map-states')
      .filter({ hasText: 'subsidiary of Berlin' })
      .filter({ hasText: 'moved' })
      .filter({ hasText: 'half-year' })
      .waitFor();
  });

  it('takes in a file after seeing what comes of it, and none with a line that is wrong', async () => {
    await part('map-in').click();
    await part('map-choose').setInputFiles(file('legal-entity,crm,ACME-AT,erp,5,,', 'legal-entity,crm,acme-de,erp,6,30.06.2026,'));
    await part('map-problems').filter({ hasText: 'Line 3: validFrom is not a day' }).waitFor();
    should(await part('map-take').isDisabled()).equal(true);
    await both('wrong-file');
    await part('map-choose').setInputFiles(
      file('legal-entity,crm,ACME-AT,erp,5,,', 'legal-entity,crm,ACME-DE,erp,6,2026-07-01,', 'region,*,EMEA,*,1,,'),
    );
    await part('map-trial').filter({ hasText: '3 new, 0 changed' }).waitFor();
    await both('file');
    await fill({ reason: 'as finance has sent it' });
    await part('map-take').click();
    await part('map-done').filter({ hasText: 'Taken in: 3 new' }).waitFor();
    await part('map-table').selectOption('region');
    await part('map-entry').filter({ hasText: 'EMEA' }).waitFor();
    await part('map-table').selectOption('');
    await part('map-entry').nth(3).waitFor();
    await both('entries');
    const download = page.waitForEvent('download');
    await part('give-out').click();
    (await download).suggestedFilename().should.equal('maps.csv');
  });

  it('takes out what was never right, and finds nothing by a word that is nowhere', async () => {
    await fill({ search: 'EMEA' });
    await part('map-entry').filter({ hasText: 'EMEA' }).waitFor();
    await part('map-entry').nth(1).waitFor({ state: 'detached' });
    await part('map-change').click();
    await fill({ reason: 'no such region' });
    await part('map-remove').click();
    await part('no-maps').waitFor();
    should(await live.get('/crosswalk/rows?table=region')).deepEqual([]);
  });

  it('says who owns which field, beside the maps, sees what it was before, and takes a file of owners in', async () => {
    await fill({ search: '' });
    await part('map-table').selectOption('ownership');
    await part('no-maps').filter({ hasText: 'No field has an owner here yet' }).waitFor();
    await part('map-add').click();
    (await part('map-to').inputValue()).should.equal('*');
    should(await part('map-table').count()).equal(1, 'which map it is in is known');
    await fill({ from: 'account', value: 'taxId', target: 'crm', reason: 'to begin with' });
    await both('owner-form');
    await part('map-save').click();
    await part('map-entry').filter({ hasText: 'account: taxId – crm' }).waitFor();
    await part('map-change').click();
    should(await part('map-value').getAttribute('readonly')).not.equal(null);
    await fill({ target: 'erp', reason: 'finance keeps it' });
    await page.keyboard.press('Enter');
    await part('map-entry').filter({ hasText: 'account: taxId – erp' }).waitFor();
    await part('map-history').click();
    await part('map-states').filter({ hasText: 'to begin with' }).filter({ hasText: 'finance keeps it' }).waitFor();
    await part('map-in').click();
    const csv = Buffer.from(['object,field,owner,to', 'account,name,crm,erp', 'account,creditHold,erp,crm'].join('\r\n'));
    await part('map-choose').setInputFiles({ name: 'owners.csv', mimeType: 'text/csv', buffer: csv });
    await part('map-differences').filter({ hasText: 'account: creditHold – erp' }).waitFor();
    await fill({ reason: 'as agreed' });
    await part('map-take').click();
    await part('map-entry').nth(2).waitFor();
    await page.setViewportSize({ width: 360, height: 800 });
    await both('owners-narrow');
    await page.setViewportSize({ width: 1200, height: 800 });
    await both('owners');
    const download = page.waitForEvent('download');
    await part('give-out').click();
    (await download).suggestedFilename().should.equal('ownership.csv');
  });

  it('is told in place of the entries when nobody answers', async () => {
    await page.route('**/crosswalk**', (route) => route.abort());
    await again();
    await part('trouble').waitFor();
    await page.unroute('**/crosswalk**');
  });
});
