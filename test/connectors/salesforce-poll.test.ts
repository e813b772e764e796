import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { Json } from '../../model/json.ts';
import { settings } from './salesforce-scripted-org.ts';
import { id, row, signal, stamp, WatchedOrg } from './salesforce-watched-org.ts';

describe('Watching for won opportunities', () => {
  let org: WatchedOrg;
  beforeEach(async () => {
    org = await new WatchedOrg().start();
  });
  afterEach(() => org.stop());

  it('more deals saved in one second than a page holds are all read, each once', async () => {
    org.rows = Array.from({ length: 23 }, (_, at) => row(at + 1, '09:00:00'));
    const { events, pages } = await org.readAll({ pageSize: 5 });
    should(events.map((event) => event.subject)).eql(org.rows.map((item) => item['Engagement_Code__c']));
    should(pages).equal(5);
  });

  it('the window ends at Salesforce’s clock: a deal of the running second waits for the next poll', async () => {
    org.now = new Date('2026-11-23T10:00:00.700Z');
    org.rows = [row(1, '09:59:59'), row(2, '10:00:00')];
    const first = await org.readAll();
    should(first.events.map((event) => event.key)).eql([id(1)]);
    org.now = new Date('2026-11-23T10:00:05Z');
    const second = await org.readAll({ cursor: first.cursor as Json });
    should(second.events.map((event) => event.key)).containEql(id(2));
  });

  it('a deal that committed late, behind the watermark, is found by the overlap', async () => {
    const first = await org.readAll();
    org.rows = [row(1, '09:54:00')];
    org.now = new Date('2026-11-23T10:01:00Z');
    should((await org.readAll({ cursor: first.cursor as Json })).events).have.length(1);
    should((await org.readAll({ cursor: first.cursor as Json, overlapMinutes: 2 })).events).have.length(0);
  });

  it('the cursor is of Salesforce’s time even when this machine’s clock is wrong', async () => {
    org.now = new Date('2024-02-29T12:00:00Z');
    should((await org.readAll()).cursor).match({ watermark: '2026-11-23T00:00:00.000Z' });
    org.now = new Date('2026-11-23T12:00:00Z');
    should((await org.readAll()).cursor).match({ watermark: '2026-11-23T12:00:00.000Z' });
  });

  it('a later edit of a won deal is the same event, winning it again is a new one', async () => {
    org.rows = [row(1, '09:00:00')];
    const [won] = (await org.readAll()).events;
    org.rows = [row(1, '09:30:00')];
    const [edited] = (await org.readAll()).events;
    org.rows = [row(1, '09:45:00', { LastStageChangeDate: stamp('09:45:00') })];
    const [wonAgain] = (await org.readAll()).events;
    should(edited?.id).equal(won?.id);
    should(edited?.time).equal('2026-11-23T09:30:00.000Z');
    should(wonAgain?.id).not.equal(won?.id);
  });

  it('a deal that was created as won keeps one event, too', async () => {
    org.rows = [row(1, '09:00:00', { LastStageChangeDate: null })];
    const [won] = (await org.readAll()).events;
    org.rows = [row(1, '09:30:00', { LastStageChangeDate: null })];
    should((await org.readAll()).events[0]?.id).equal(won?.id);
  });

  it('a deal that was won before the source began is not won when somebody corrects its name; one of an older cursor is taken as before', async () => {
    const stageOf = (day: string | null) => ({
      LastStageChangeDate: day && `${day}T08:00:00.000+0000`,
      CreatedDate: '2026-11-02T08:00:00.000+0000',
    });
    org.rows = [row(1, '09:00:00', stageOf('2026-11-20')), row(2, '09:05:00', stageOf(null)), row(3, '09:10:00')];
    const first = await org.readAll();
    should(first.events.map((event) => event.key)).eql([id(3)]);
    should(first.passedOver).equal(2);
    org.now = new Date('2026-11-23T12:00:00Z');
    org.rows = [row(1, '11:55:00', stageOf('2026-11-20')), row(2, '11:56:00', { LastStageChangeDate: stamp('11:56:00') })];
    const second = await org.readAll({ cursor: first.cursor as Json });
    should(second.events.map((event) => event.key)).eql([id(2)]);
    should(second.passedOver).equal(1);
    const { watermark } = second.cursor as { watermark: string };
    should((await org.readAll({ cursor: { version: 1, watermark } })).events.map((event) => event.key)).eql([id(1), id(2)]);
    const rule = { condition: 'IsWon = true' };
    should((await org.readAll({ rule, cursor: first.cursor as Json })).events.map((event) => event.key)).eql([id(1), id(2)]);
  });

  it('an event tells where it is from, what it is about and in which order it runs', async () => {
    org.rows = [row(1, '09:00:00')];
    const [event] = (await org.readAll()).events;
    should(event).match({
      id: `${id(1)}:2026-11-23T08:00:00.000Z`,
      source: '/salesforce/00D000000000001AAA/Opportunity',
      type: 'com.psconnect.opportunity.won',
      subject: 'ENG-1',
      key: id(1),
      time: '2026-11-23T09:00:00.000Z',
    });
    should(event?.data).not.have.property('attributes');
  });

  it('deals that appear behind a page already read are noticed by the count, and the window is read again', async () => {
    org.rows = [row(1, '09:00:00'), row(2, '09:10:00'), row(3, '09:20:00')];
    let late = true;
    org.special = (request) => {
      if (request.query.get('q')?.includes("Id > '") && late) {
        late = false;
        org.rows.push(row(9, '09:05:00'));
      }
      return undefined;
    };
    const { events } = await org.readAll({ pageSize: 2 });
    should(new Set(events.map((event) => event.key))).eql(new Set([id(1), id(2), id(3), id(9)]));
  });

  it('the first poll without a start date does not provision the past', async () => {
    org.rows = [row(1, '07:00:00'), row(2, '09:58:00', { LastStageChangeDate: stamp('09:58:00') }), row(3, '09:59:00')];
    const page = await createSalesforce(settings(org)).operations['opportunity.poll'](undefined, { rule: 'won' }, signal);
    should(page.events.map((event) => event.key)).eql([id(2)]);
  });
});
