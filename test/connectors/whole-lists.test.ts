import should from 'should';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { KantataApi } from '../../connectors/kantata/wire.ts';
import { kantataSettings } from '../../connectors/kantata/settings.ts';
import { netSuiteSettings } from '../../connectors/netsuite/settings.ts';
import { NetSuiteApi } from '../../connectors/netsuite/wire.ts';
import { SuiteQl } from '../../connectors/netsuite/wire/suiteql.ts';
import { linesOf } from '../../connectors/netsuite/records/record-field.ts';
import type { UnreadableRow } from '../../model/operations.ts';
import { listPostedTime } from '../../connectors/netsuite/posted-time-list.ts';
import { ReferenceData } from '../../connectors/netsuite/records/reference-data.ts';
import { inGerman } from '../model/in-german.ts';
import { HostileServer, json } from './hostile-server.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { project } from './kantata-sandbox.ts';
import { failureOf } from './netsuite-sandbox.ts';

const auth = { kind: 'tba', consumerKey: 'ck', consumerSecret: 'consumer-secret-1', tokenId: 'ti', tokenSecret: 'token-secret-1' } as const;
const incomplete = { class: 'transient.unavailable', code: 'LIST_INCOMPLETE' };
const signal = new AbortController().signal;

const january = { from: '2026-01-01', to: '2026-01-31' };

describe('A page of NetSuite', () => {
  let server: HostileServer;
  let suiteQl: SuiteQl;
  const rows = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({ links: [], id: String(from + index + 1), externalid: `E${from + index}` }));

  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
    suiteQl = new SuiteQl(new NetSuiteApi(netSuiteSettings({ accountId: '1', baseUrl: server.url, auth }), Date.now).http);
  });
  afterEach(() => server.stop());

  const broken: [string, object][] = [
    ['has fewer rows than it counts', { items: rows(2), count: 3, hasMore: false, totalResults: 3 }],
    ['is the last by its word, and not by its total', { items: rows(2), count: 2, hasMore: false, totalResults: 1_450 }],
    ['has more, and is not full', { items: rows(2), count: 2, hasMore: true, totalResults: 1_450 }],
    ['is the last by its word, and links the next', { items: rows(2), count: 2, hasMore: false, links: [{ rel: 'next', href: 'x' }] }],
    ['says nothing of what follows', { items: rows(2) }],
    ['is the last by its word, and whose total is no number', { items: rows(2), count: 2, hasMore: false, totalResults: 'many' }],
    ['is empty, and counts fewer than none', { items: [], count: -1, hasMore: false }],
    ['is empty, and not by its total', { items: [], count: 0, hasMore: false, totalResults: 7 }],
  ];
  for (const [what, page] of broken) {
    it(`that ${what} is never the whole list`, async () => {
      server.reply = (_request, response) => json(response, page);
      (await failureOf(suiteQl.all('SELECT id FROM job ORDER BY id'))).should.containEql(incomplete);
      (await failureOf(suiteQl.whereIn('externalid', ['E1'], (condition) => `SELECT id FROM job WHERE ${condition}`))).should.containEql(
        incomplete,
      );
      const facts = listPostedTime({ suiteQl, references: new ReferenceData(suiteQl, 'SVC') }, january, signal);
      (await failureOf(facts[Symbol.asyncIterator]().next())).should.containEql(incomplete);
    });
  }

  for (const [what, page] of [
    ['that came before', (offset: number) => ({ items: rows(1_000), count: 1_000, totalResults: 2_000, hasMore: offset === 0 })],
    [
      'from another row on than was asked for',
      (offset: number) =>
        offset === 0
          ? { items: rows(1_000), count: 1_000, offset: 0, totalResults: 1_500, hasMore: true }
          : { items: rows(500, 1_500), count: 500, offset: 1_500, totalResults: 1_500, hasMore: false },
    ],
  ] as const) {
    it(`${what} is not the next one`, async () => {
      server.reply = (request, response) => json(response, page(Number(new URL(request.url!, server.url).searchParams.get('offset'))));
      (await failureOf(suiteQl.all('SELECT id FROM job ORDER BY id'))).should.containEql(incomplete);
      server.calls.should.equal(2);
    });
  }

  it('of a list that grows shorter while it is read is not the list', async () => {
    const paged = (total: (offset: number) => number, from: (offset: number) => number) => {
      server.reply = (request, response) => {
        const offset = Number(new URL(request.url!, server.url).searchParams.get('offset'));
        const all = total(offset);
        const items = rows(2_450).slice(from(offset), Math.min(from(offset) + 1_000, from(offset) + all - offset));
        json(response, { items, count: items.length, offset, totalResults: all, hasMore: offset + items.length < all });
      };
      return suiteQl.all('SELECT id FROM job ORDER BY id');
    };
    (
      await paged(
        () => 2_450,
        (offset) => offset,
      )
    ).should.have.length(2_450);
    const shorter = paged(
      (offset) => (offset > 0 ? 2_449 : 2_450),
      (offset) => (offset > 0 ? offset + 1 : 0),
    );
    (await failureOf(shorter)).should.containEql(incomplete);
  });

  it('of posted time with odd rows is read to its end; each of them is named with its id and field', async () => {
    const good = { externalid: 'kantata___1', hours: '1.5', day: '2026-01-05', isbillable: 'T', rate: '150' };
    const first = [
      { id: '1', ...good },
      { id: '2', ...good, hours: null },
      { id: '3', ...good, externalid: 'kantata___3', hours: 'seven' },
      { id: '4', ...good, day: '2026-02-31' },
      { id: '5', ...good, externalid: null },
      { ...good },
      { id: '6', ...good, rate: 'a lot' },
      { id: '7', ...good, isbillable: null },
      { ...good, externalid: 'kantata___8' },
    ];
    const pages = [
      { items: Array.from({ length: 1_000 }, (_, index) => first[index - 991] ?? { id: '0', ...good, hours: null }), hasMore: true },
      {
        items: [
          { ...good, externalid: 'kantata___8' },
          { id: '9', ...good },
        ],
        hasMore: false,
      },
    ];
    server.reply = (_request, response) => json(response, pages.shift()!);
    const facts: string[] = [];
    const odd: UnreadableRow[] = [];
    const references = new ReferenceData(suiteQl, 'SVC');
    for await (const { id } of listPostedTime({ suiteQl, references }, january, signal, (row) => odd.push(row))) facts.push(id);
    facts.should.deepEqual(['1', '9']);
    odd
      .filter(({ id }) => id !== '0')
      .map(({ key, id, field, value }) => [key, id, field, value])
      .should.deepEqual([
        ['kantata:1', '2', 'hours', undefined],
        ['kantata:3', '3', 'hours', 'seven'],
        ['kantata:1', '4', 'tranDate', '2026-02-31'],
        [undefined, '5', 'externalId', undefined],
        ['kantata:1', 'row 997 after 0', 'id', undefined],
        ['kantata:1', '6', 'rate', 'a lot'],
        ['kantata:1', '7', 'isBillable', undefined],
        ['kantata:8', 'row 1 after 7', 'id', undefined],
      ]);
  });

  it('with the hundred thousandth row is not the end, though NetSuite says so: it gives no more of any query', async () => {
    server.reply = (request, response) => {
      const offset = Number(new URL(request.url!, server.url).searchParams.get('offset'));
      json(response, { items: rows(1_000, offset), count: 1_000, offset, totalResults: 100_000, hasMore: offset < 99_000 });
    };
    (await failureOf(suiteQl.all('SELECT id FROM employee ORDER BY id'))).should.containEql({
      class: 'contract.drift',
      code: 'LIST_WITHOUT_END',
    });
  });

  it('that is whole is read, also without a total, and a long list to its end', async () => {
    server.reply = (_request, response) => json(response, { items: rows(2), hasMore: false });
    (await suiteQl.all('SELECT id FROM job ORDER BY id')).should.have.length(2);
    server.reply = (request, response) => {
      const offset = Number(new URL(request.url!, server.url).searchParams.get('offset'));
      const items = rows(Math.min(1_000, 2_450 - offset), offset);
      json(response, { items, count: items.length, offset, totalResults: 2_450, hasMore: offset + items.length < 2_450 });
    };
    (await suiteQl.all('SELECT id FROM job ORDER BY id')).should.have.length(2_450);
  });
});

describe('The lines of a NetSuite record', () => {
  it('are not taken for all when a part of them came, or only their address', () => {
    const line = { amount: 1 };
    linesOf({ milestone: { items: [line], hasMore: false, totalResults: 1 } }, 'milestone').should.deepEqual([line]);
    linesOf({ milestone: { items: [] } }, 'milestone').should.deepEqual([]);
    linesOf({}, 'milestone').should.deepEqual([]);
    for (const milestone of [{ items: [line], hasMore: true }, { items: [line], totalResults: 2 }, { links: [] }, { items: null }])
      should(() => linesOf({ milestone }, 'milestone')).throw(incomplete);
  });
});

describe('A list of Kantata', () => {
  let server: HostileServer;
  const entry = (id: number) => ({
    id: String(id),
    updated_at: '2026-11-20T10:00:00-08:00',
    time_in_minutes: 60,
    date_performed: '2026-11-20',
  });
  /** what a list says of itself; `rows` come, whatever it says */
  const list = (rows: number[], more: object) => ({
    results: rows.map((id) => ({ key: 'time_entries', id: String(id) })),
    time_entries: Object.fromEntries(rows.map((id) => [id, entry(id)])),
    ...more,
  });
  const meta = (count: number, size = 200) => ({ count, page_count: Math.ceil(count / size), page_number: 1, page_size: size });
  const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);
  const api = () => new KantataApi(kantataSettings({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test' }));
  const read = async () => {
    let found = 0;
    for await (const envelope of api().pages('time_entries', {})) found += envelope.results.length;
    return found;
  };

  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
  });
  afterEach(() => server.stop());

  const some = '3 der 200 Zeilen, die die Seite haben muss (450 insgesamt)';
  const one = { time_entries: { 1: entry(1) } };
  const broken: [string, object, string][] = [
    ['does not say how many there are', list(numbers(3), {}), 'keine Anzahl'],
    ['has fewer rows than there are', list(numbers(3), { count: 450, meta: meta(450) }), some],
    ['has fewer rows than there are, without meta', list(numbers(3), { count: 450 }), some],
    ['says two counts', list(numbers(3), { count: 3, meta: meta(450) }), 'zwei Anzahlen, 3 und 450'],
    [
      'has too few pages for its rows',
      list(numbers(200), { count: 450, meta: { ...meta(450), page_count: 1 } }),
      '1 Seiten für 450 Zeilen',
    ],
    ['has a row twice', list([1, 2, 2], { count: 3, meta: meta(3) }), 'dieselbe Zeile zweimal'],
    ['has none of its rows', list([], { count: 12, meta: meta(12) }), '0 der 12 Zeilen, die die Seite haben muss (12 insgesamt)'],
    [
      'names a row that it does not hold',
      { ...list([1, 2], { count: 2, meta: meta(2) }), ...one },
      'time_entries 2 ist genannt, aber nicht darin',
    ],
    ['has more rows than its count', list(numbers(5), { count: 2, meta: meta(2) }), 'mehr Zeilen als die Anzahl sagt (2)'],
  ];
  for (const [what, body, german] of broken) {
    it(`that ${what} is no success, and the cursor of approved time stays where it was`, async () => {
      server.reply = (_request, response) => json(response, body);
      const failure = await failureOf(read());
      failure.should.containEql(incomplete);
      inGerman(failure).message.should.equal(
        `Die Liste (time_entries) kam unvollständig: ${german}. Sie wird nicht für das Ganze genommen.`,
      );
      const psa = createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test', currency: 'EUR' });
      (await failureOf(psa.operations['approved-time.poll'](undefined, { since: '2026-11-01' }, signal))).should.containEql(incomplete);
      const facts = psa.operations['approved-time.list']({ from: '2026-11-01', to: '2026-11-30' }, signal);
      (await failureOf(facts[Symbol.asyncIterator]().next())).should.containEql(incomplete);
    });
  }

  it('is read to its end, also where it says nothing of its pages', async () => {
    for (const withMeta of [true, false]) {
      server.reply = (request, response) => {
        const page = Number(new URL(request.url!, server.url).searchParams.get('page') ?? 1);
        const rows = numbers(Math.min(200, 450 - (page - 1) * 200), (page - 1) * 200 + 1);
        json(response, list(rows, { count: 450, ...(withMeta ? { meta: { ...meta(450), page_number: page } } : {}) }));
      };
      should(await read()).equal(450);
    }
  });

  it('whose projects name a reference that did not come makes no second project', async () => {
    const posts: string[] = [];
    server.reply = (request, response) => {
      if (request.method === 'POST') posts.push(request.url!);
      const row = { id: '5', title: 'By hand', external_reference_ids: ['9'] };
      const shown = request.url!.includes('workspaces');
      json(response, { count: shown ? 1 : 0, results: shown ? [{ key: 'workspaces', id: '5' }] : [], workspaces: shown ? { 5: row } : {} });
    };
    const psa = createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test' });
    const made = psa.operations['psa-project.create']([project], { effects: new InMemoryEffects(), signal });
    (await failureOf(made)).should.containEql(incomplete);
    posts.should.deepEqual([]);
  });

  it('that grows shorter while it is read is not the list', async () => {
    server.reply = (request, response) => {
      const page = Number(new URL(request.url!, server.url).searchParams.get('page') ?? 1);
      // one of the first page went away, so that 201 is on no page
      json(response, page === 1 ? list(numbers(200), { count: 400 }) : list(numbers(199, 202), { count: 399 }));
    };
    const failure = await failureOf(read());
    failure.should.containEql(incomplete);
    inGerman(failure).message.should.containEql(': insgesamt 399 Zeilen, wo es zuvor 400 waren.');
  });

  it('whose every page is the first one is not the list', async () => {
    server.reply = (_request, response) => json(response, list(numbers(200), { count: 400 }));
    const failure = await failureOf(read());
    failure.should.containEql(incomplete);
    inGerman(failure).message.should.containEql(': 200 von 400 Zeilen.');
  });

  it('of approved time that moves at each reading is not the list: what was passed over is not known', async () => {
    let gone = 0;
    server.reply = (request, response) => {
      const offset = Number(new URL(request.url!, server.url).searchParams.get('offset') ?? 0);
      // with each page that is read one before it goes
      const all = numbers(450).slice(offset === 0 ? gone : ++gone);
      const { pathname } = new URL(request.url!, server.url);
      json(
        response,
        pathname.endsWith('time_entries') ? list(all.slice(offset, offset + 200), { count: all.length }) : list([], { count: 0 }),
      );
    };
    const psa = createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test', currency: 'EUR' });
    const read = async () => {
      const facts = psa.operations['approved-time.list']({ from: '2026-11-01', to: '2026-11-30' }, signal, () => undefined);
      for await (const { id } of facts) id.should.be.ok();
    };
    (await failureOf(read())).should.containEql(incomplete);
  });

  for (const odd of [null, '', 'soon', '2026-11-20T10:00:04', '0000-00-00T00:00:00Z', 20261120]) {
    it(`of approved time is read to its end, though one entry was changed at ${JSON.stringify(odd)}`, async () => {
      const instant = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
      server.reply = (request, response) => {
        const { pathname, searchParams } = new URL(request.url!, server.url);
        if (!pathname.endsWith('time_entries')) return json(response, list([], { count: 0 }));
        const after = searchParams.get('updated_after') ?? '';
        const found = numbers(12).filter((id) => instant(id) > after);
        const offset = Number(searchParams.get('offset'));
        const page = list(found.slice(offset, offset + Number(searchParams.get('limit'))), { count: found.length });
        for (const [id, row] of Object.entries(page.time_entries)) row.updated_at = (id === '5' ? odd : instant(Number(id))) as string;
        json(response, page);
      };
      const psa = createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test', currency: 'EUR' });
      const read = new Set<string>();
      for (let cursor, more = true; more;) {
        const page = await psa.operations['approved-time.poll'](cursor, { since: '2026-11-01', pageSize: 5 }, signal);
        for (const { key } of page.events) read.add(key);
        ({ cursor, more } = page);
      }
      read.size.should.equal(12);
    });
  }

  it('whose pages are smaller than asked for is read to its end', async () => {
    server.reply = (request, response) => {
      const page = Number(new URL(request.url!, server.url).searchParams.get('page') ?? 1);
      const rows = numbers(Math.min(20, 45 - (page - 1) * 20), (page - 1) * 20 + 1);
      json(response, list(rows, { count: 45, meta: { ...meta(45, 20), page_number: page } }));
    };
    should(await read()).equal(45);
  });
});
