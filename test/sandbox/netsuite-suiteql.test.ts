import 'should';
import should from 'should';
import { NetSuiteAccount, refusal, smallFirm, timeEntry } from './netsuite-account.ts';

describe('NetSuite simulator: SuiteQL', () => {
  let account: NetSuiteAccount;
  before(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
    account.load({
      records: {
        employee: [{ externalId: 'EMP-2', firstName: 'Ben', lastName: "O'Hara", subsidiary: { externalId: 'NL01' }, isInactive: true }],
        timeBill: [
          { ...timeEntry(), externalId: 'TE-1', lastModifiedDate: '2026-10-06T06:30:00Z' },
          { ...timeEntry({ hours: '1:20', memo: null, isBillable: false }), externalId: 'TE-2', lastModifiedDate: '2026-10-06T07:30:00Z' },
          {
            ...timeEntry({ hours: 7.5, tranDate: '2026-11-02', employee: { externalId: 'EMP-2' } }),
            externalId: 'TE-3',
            lastModifiedDate: '2026-11-03T00:00:00Z',
          },
        ],
        invoice: [
          {
            externalId: 'INV-1',
            entity: { externalId: 'ACC-1' },
            tranDate: '2026-10-31',
            item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 3, rate: 100 }] },
          },
        ],
      },
    });
  });
  after(() => account.sim.stop());
  afterEach(() => account.load({ timeZone: 'UTC' }));

  it('demands the header Prefer: transient', async () => {
    const refused = await account.call('POST', '/query/v1/suiteql', { body: { q: 'SELECT id FROM job' } });
    refused.status.should.equal(400);
    refused.body['o:errorDetails'][0]['o:errorHeader'].should.equal('Prefer');
  });

  it('answers everything as text: booleans T or F, dates of the account, NULL left out, columns in lower case', async () => {
    const answer = await account.query(
      `SELECT ID, externalId, employee, customer, caseTaskEvent, item, hours, tranDate, memo, isBillable, rate, subsidiary, approvalStatus, lastModifiedDate
       FROM timebill WHERE externalid = 'TE-2'`,
    );
    const [employee] = await account.rows(`SELECT id FROM employee WHERE externalid = 'EMP-1'`);
    const [job] = await account.rows(`SELECT id, customer FROM job WHERE externalid = 'PRJ-1'`);
    answer.body.items.should.deepEqual([
      {
        links: [],
        id: '2',
        externalid: 'TE-2',
        employee: employee?.id,
        customer: job?.id,
        casetaskevent: '1',
        item: '1',
        hours: '1.333333',
        trandate: '10/5/2026',
        isbillable: 'F',
        subsidiary: '1',
        approvalstatus: '1',
        lastmodifieddate: '10/6/2026',
      },
    ]);
    answer.body.should.have.properties({ count: 1, hasMore: false, offset: 0, totalResults: 1 });
    answer.headers.get('content-type')?.should.startWith('application/vnd.oracle.resource+json; type=collection');
    should.exist(job?.customer);
  });

  it('compares instants in the time zone of the user, and shows them in it', async () => {
    const since = `SELECT externalid, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS changed FROM timebill
      WHERE lastmodifieddate >= TO_DATE('2026-10-06 00:00:00', 'YYYY-MM-DD HH24:MI:SS') ORDER BY lastmodifieddate, id`;
    (await account.rows(since)).map(({ externalid }) => externalid).should.deepEqual(['TE-1', 'TE-2', 'TE-3']);
    account.load({ timeZone: 'America/Los_Angeles' });
    (await account.rows(since)).should.deepEqual([
      { externalid: 'TE-2', changed: '2026-10-06 00:30:00' },
      { externalid: 'TE-3', changed: '2026-11-02 16:00:00' },
    ]);
  });

  it('filters by AND, OR, brackets, IN, LIKE, IS NULL, BETWEEN and comparison, with quotes doubled', async () => {
    const ids = async (where: string) =>
      (await account.rows(`SELECT externalid FROM timebill WHERE ${where} ORDER BY id`)).map(({ externalid }) => externalid);
    (await ids(`(isbillable = 'T' OR memo IS NULL) AND trandate < TO_DATE('2026-11-01', 'YYYY-MM-DD')`)).should.deepEqual(['TE-1', 'TE-2']);
    (await ids(`externalid IN ('TE-3', 'TE-1', 'TE-9')`)).should.deepEqual(['TE-1', 'TE-3']);
    (await ids(`memo LIKE 'Work%' AND NOT id = 1`)).should.deepEqual(['TE-3']);
    (await ids(`memo IS NOT NULL AND hours BETWEEN 4 AND 5`)).should.deepEqual(['TE-1']);
    (await ids(`hours <> 4 AND trandate = '10/5/2026'`)).should.deepEqual(['TE-2']);
    (await account.rows(`SELECT entityid FROM employee WHERE lastname = 'O''Hara' AND isinactive = 'T'`)).should.deepEqual([
      { entityid: "Ben O'Hara" },
    ]);
  });

  it('compares with LIKE over all lines of a text, exactly by case, with % and _ alone for any signs', async () => {
    account.load({
      records: {
        customer: ['A line\r\nCRM id a_1\r\nand more', 'CRM id aX1', 'crm id a_1', 'CRM id a.1', null].map((comments, at) => ({
          externalId: `LIKE-${at}`,
          companyName: `Like ${at}`,
          subsidiary: { externalId: 'DE01' },
          comments,
        })),
      },
    });
    const found = async (pattern: string) =>
      (await account.rows(`SELECT externalid FROM customer WHERE comments LIKE '${pattern}' ORDER BY id`)).map((row) => row['externalid']);
    (await found('%CRM id a_1%')).should.deepEqual(['LIKE-0', 'LIKE-1', 'LIKE-3']);
    (await found('%CRM id a.1%')).should.deepEqual(['LIKE-3']);
    (await found('CRM id a_1')).should.deepEqual(['LIKE-1', 'LIKE-3']);
    // a customer may be of several subsidiaries: its own record alone says its main one
    refusal(await account.query('SELECT subsidiary FROM customer')).detail.should.match(/'subsidiary' for record 'customer' was not found/);
  });

  it('never matches NULL, neither with = nor with <>', async () => {
    (await account.rows(`SELECT id FROM timebill WHERE memo <> 'Workshop'`)).should.deepEqual([]);
    (await account.rows(`SELECT id FROM timebill WHERE memo NOT IN ('Workshop')`)).should.deepEqual([]);
  });

  it('joins, counts, sums and groups', async () => {
    (
      await account.rows(
        `SELECT e.externalid AS who, COUNT(*) AS entries, SUM(t.hours) AS hours FROM timebill t INNER JOIN employee e ON t.employee = e.id
         GROUP BY e.externalid HAVING SUM(t.hours) > 1 ORDER BY who`,
      )
    ).should.deepEqual([
      { who: 'EMP-1', entries: '2', hours: '5.333333' },
      { who: 'EMP-2', entries: '1', hours: '7.5' },
    ]);
    (
      await account.rows(
        `SELECT c.companyname, j.externalid, t.title FROM customer c LEFT JOIN job j ON j.parent = c.id LEFT OUTER JOIN projecttask t ON t.project = j.id WHERE c.externalid = 'ACC-1'`,
      )
    ).should.deepEqual([{ companyname: 'Nordwind AG', externalid: 'PRJ-1', title: 'Design' }]);
    (await account.rows('SELECT COUNT(*) AS n FROM timebill WHERE id > 99')).should.deepEqual([{ n: '0' }]);
    (await account.rows(`SELECT DISTINCT BUILTIN.DF(customer) AS project FROM timebill`)).should.deepEqual([{ project: 'Core banking' }]);
    (
      await account.rows(
        `SELECT CASE WHEN hours >= 4 THEN 'long' ELSE 'short' END AS size FROM timebill ORDER BY id DESC FETCH FIRST 2 ROWS ONLY`,
      )
    ).should.deepEqual([{ size: 'long' }, { size: 'short' }]);
  });

  it('shows an invoice as a transaction with its lines: the subsidiary is on the lines, sales are negative there', async () => {
    (
      await account.rows(
        `SELECT t.tranid, t.type, t.trandate, t.status, t.foreigntotal, t.foreignamountunpaid, l.subsidiary, l.quantity, l.foreignamount
         FROM transaction t JOIN transactionline l ON l.transaction = t.id WHERE t.externalid = 'INV-1' AND l.mainline = 'F'`,
      )
    ).should.deepEqual([
      {
        tranid: 'INV1001',
        type: 'CustInvc',
        trandate: '10/31/2026',
        status: 'A',
        foreigntotal: '300',
        foreignamountunpaid: '300',
        subsidiary: '1',
        quantity: '-3',
        foreignamount: '-300',
      },
    ]);
    refusal(await account.query('SELECT subsidiary FROM transaction')).detail.should.containEql(
      "Field 'subsidiary' for record 'transaction' was not found",
    );
  });

  it('knows the lists of the account', async () => {
    (
      await account.rows(`SELECT s.externalid, c.symbol FROM subsidiary s JOIN currency c ON s.currency = c.id ORDER BY s.externalid`)
    ).should.deepEqual([
      { externalid: 'CH01', symbol: 'CHF' },
      { externalid: 'DE01', symbol: 'EUR' },
      { externalid: 'GB01', symbol: 'GBP' },
      { externalid: 'JP01', symbol: 'JPY' },
      { externalid: 'NL01', symbol: 'EUR' },
      { externalid: 'US01', symbol: 'USD' },
    ]);
    (
      await account.rows(
        `SELECT periodname, enddate, closed FROM accountingperiod WHERE startdate <= TO_DATE('2024-02-15','YYYY-MM-DD') AND enddate >= TO_DATE('2024-02-15','YYYY-MM-DD')`,
      )
    ).should.deepEqual([{ periodname: 'Feb 2024', enddate: '2/29/2024', closed: 'F' }]);
    (await account.rows('SELECT MIN(startdate) AS first, MAX(enddate) AS last, COUNT(*) AS n FROM accountingperiod')).should.deepEqual([
      { first: '1/1/2015', last: '12/31/2027', n: '156' },
    ]);
    (await account.rows(`SELECT itemid FROM item WHERE externalid = 'SVC-CONSULTING'`)).should.deepEqual([{ itemid: 'Consulting' }]);
  });

  for (const [why, q, text] of [
    ['an unknown column', 'SELECT nonsense FROM timebill', "Field 'nonsense' for record 'timebill' was not found."],
    ['an unknown table', 'SELECT id FROM invoice', "Record 'invoice' was not found."],
    ['broken syntax', 'SELECT id FROM timebill WHERE', 'unexpected'],
    ['an ISO date without TO_DATE', `SELECT id FROM timebill WHERE trandate = '2026-10-05'`, 'failed with date format'],
    ['an ambiguous column', 'SELECT id FROM timebill t JOIN employee e ON t.employee = e.id', 'ambiguously defined'],
  ] as const) {
    it(`refuses ${why} as an invalid search query`, async () => {
      const refused = refusal(await account.query(q));
      refused.should.have.properties({ status: 400, code: 'INVALID_PARAMETER' });
      refused.detail.should
        .startWith('Invalid search query. Detailed unprocessed description follows. Search error occurred: ')
        .and.containEql(text);
    });
  }

  it('numbers the rows that pass, before they are ordered', async () => {
    const numbered = async (condition: string) =>
      (await account.rows(`SELECT id, rownum FROM accountingperiod WHERE ${condition} ORDER BY id DESC`)).length;
    (await numbered('ROWNUM <= 5')).should.equal(5);
    (await numbered('ROWNUM = 1')).should.equal(1);
    (await numbered('ROWNUM > 1')).should.equal(0);
    (await numbered("closed = 'F' AND rownum < 4")).should.equal(3);
    (await account.rows('SELECT rownum AS n FROM accountingperiod WHERE rownum <= 3')).should.deepEqual([
      { n: '1' },
      { n: '2' },
      { n: '3' },
    ]);
  });

  it('gives pages that fit together only when the order is unique', async () => {
    const paged = async (order: string) => {
      const ids: unknown[] = [];
      for (let offset = 0; offset < 156; offset += 52)
        ids.push(...(await account.rows(`SELECT id FROM accountingperiod ${order}`, `?limit=52&offset=${offset}`)));
      return new Set(ids.map((row) => JSON.stringify(row))).size;
    };
    (await paged('ORDER BY lastmodifieddate, id')).should.equal(156);
    (await paged('')).should.be.below(156);
    (await paged('ORDER BY lastmodifieddate')).should.be.below(156);
    const page = (await account.query('SELECT id FROM accountingperiod ORDER BY id', '?limit=100')).body;
    page.should.have.properties({ count: 100, hasMore: true, totalResults: 156 });
    page.links.find((link: { rel: string }) => link.rel === 'next').href.should.endWith('/query/v1/suiteql?limit=100&offset=100');
  });

  it('tells the time of the account', async () => {
    account.sim.clock.set(new Date('2026-12-01T12:00:00Z'));
    try {
      const answer = await account.query(`SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI') AS now FROM dual`);
      answer.body.items[0].now.should.equal('2026-12-01 12:00');
      answer.headers.get('date')?.should.startWith('Tue, 01 Dec 2026 12:00:0');
    } finally {
      account.sim.clock.set(new Date());
    }
  });
});
