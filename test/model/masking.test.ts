import should from 'should';
import { KnownSecrets } from '../../model/known-secrets.ts';
import { maskEmails, maskText } from '../../model/mask-text.ts';
import { concerning, redact, redactText, unseen } from '../../model/redact.ts';
import { cpuMs } from '../cpu-time.ts';

const shown = (value: unknown) => JSON.parse(JSON.stringify(redact(value))) as unknown;

describe('An e-mail address in a sentence', () => {
  const cases: [string, string, string][] = [
    ['with a plus and a dot', 'to anna.keller+time@firm.example.', 'to •••@firm.example.'],
    ['with letters of other scripts', 'Jürgen.Müller@münchen.example 李雷@例子.example', '•••@münchen.example •••@例子.example'],
    ['with combining marks', 'mu\u0308ller@firma.example', '•••@firma.example'],
    ['in quotation marks of its own', '"anna keller"@firm.example', '•••@firm.example'],
    ['in the text of JSON', '{"email":"anna@firm.example"}', '{"email":"•••@firm.example"}'],
    ['in escaped JSON', String.raw`{\"to\":\"anna@firm.example\"}`, String.raw`{\"to\":\"•••@firm.example\"}`],
    ['in a link', 'mailto:anna@firm.example?cc=bob@other.example', 'mailto:•••@firm.example?cc=•••@other.example'],
    ['percent-encoded', 'https://x.example/?to=anna.keller%40firm.example', 'https://x.example/?to=•••%40firm.example'],
    ['percent-encoded twice', 'anna%2540firm.example', '•••%2540firm.example'],
    ['as HTML', 'anna&#64;firm.example', '•••&#64;firm.example'],
    ['at the start and the end', 'a@b.example, c@d.example', '•••@b.example, •••@d.example'],
    ['of a machine without a domain', 'root@localhost', '•••@localhost'],
    ['of a machine by its number', 'anna@[192.168.0.1] anna@[IPv6:::1]', '•••@[192.168.0.1] •••@[IPv6:::1]'],
    ['with several signs', 'a@b@c.example', '•••@•••@c.example'],
    ['with a letter that is not seen', 'anna\u200b@firm.example', '•••@firm.example'],
    ['as Markdown', String.raw`anna\@firm.example`, String.raw`•••\@firm.example`],
    ['in JSON that is escaped once more', String.raw`anna\\u0040firm.example`, String.raw`•••\\u0040firm.example`],
    ['as an escape of JavaScript', String.raw`anna\x40firm.example`, String.raw`•••\x40firm.example`],
    ['as HTML with zeros', 'anna&#064;firm.example anna&#x0040;firm.example', '•••&#064;firm.example •••&#x0040;firm.example'],
    ['as HTML without its end', 'anna&#64firm.example', '•••&#64firm.example'],
    ['as HTML in HTML', 'anna&amp;#64;firm.example anna&amp;commat;firm.example', '•••&amp;#64;firm.example •••&amp;commat;firm.example'],
    [
      'with something unseen behind the sign',
      'anna@\u200bfirm.example anna@\u00adfirm.example',
      '•••@\u200bfirm.example •••@\u00adfirm.example',
    ],
    ['with a sign of full width', 'anna＠firm.example', '•••＠firm.example'],
    ['that is a password in an address', 'https://user:pass@host.example/', 'https://user:•••@host.example/'],
  ];
  for (const [what, text, wanted] of cases) it(`${what} keeps only its domain`, () => maskEmails(text).should.equal(wanted));

  it('is told from a sign that parts other things', () => {
    for (const text of ['3 @ 4', '@', 'a @', '@@', '40 % of 40', 'x @, y']) maskEmails(text).should.equal(text);
  });

  it('stands beside a telephone number, which is masked too, and a moment, which is not', () => {
    maskText('Call +49 (711) 555-0199 or +1 303 5550199.').should.equal('Call ••• or •••.');
    maskText('+49\u00a0711\u202f1234567, +49–711–1234567, ＋49 711 1234567, tel%3A%2B497111234567, +49 - 711 - 1234567').should.equal(
      '•••, •••, •••, tel%3A•••, •••',
    );
    maskText('2026-03-02T10:00:00.000+0000 2026-03-02T10:00:00+01:00 1+1').should.equal(
      '2026-03-02T10:00:00.000+0000 2026-03-02T10:00:00+01:00 1+1',
    );
  });

  it('is masked in time that grows with the text, whatever the text', async () => {
    const letters = 10_000_000;
    const parts = [
      'a',
      '@',
      'a@',
      '"@',
      '"',
      '%40',
      '%25',
      '+1 ',
      '+1234567890123456789',
      'ü',
      '&#',
      'a@b.c ',
      'a.',
      "'",
      '\u200b',
      '[',
      'a@[',
    ];
    const slow: { part: string; ms: number }[] = [];
    for (const part of parts) {
      const text = `${part.repeat(letters / part.length)}@`;
      const ms = Math.round(await cpuMs(() => maskText(text), 300));
      // a quarter of it on a machine that does nothing else
      if (ms > 300) slow.push({ part, ms });
    }
    slow.should.deepEqual([]);
  });
});

describe('A record that is shown to who may not see persons', () => {
  it('keeps the name of a project and not that of a person', () => {
    should(shown({ name: 'ERP renewal', project: { name: 'P', code: 'ENG-1' }, resource: { id: '7', name: 'Anna Keller' } })).deepEqual({
      name: 'ERP renewal',
      project: { name: 'P', code: 'ENG-1' },
      resource: { id: '7', name: '•••' },
    });
  });

  const persons: [string, object][] = [
    ['a canonical resource', { id: '7', kind: 'named', name: 'Anna Keller', role: 'Consultant' }],
    ['the owner of an opportunity', { Name: 'Deal', Owner: { attributes: { type: 'User' }, Name: 'Anna Keller' } }],
    ['a lookup of an org’s own', { Delivery_Manager__r: { Name: 'Anna Keller' } }],
    ['a field of an org’s own', { Project_Lead_Name__c: 'Anna Keller', Delivery_Manager__c: 'Anna Keller' }],
    [
      'a contact',
      { Contacts: { records: [{ attributes: { type: 'Contact' }, Name: 'Anna Keller', FirstName: 'Anna', LastName: 'Keller' }] } },
    ],
    ['a column of a query', { 'Owner.Name': 'Anna Keller' }],
    ['an employee of NetSuite', { entityId: 'Anna Keller', firstName: 'Anna', lastName: 'Keller' }],
    ['a reference to an employee', { employee: { id: '12', refName: 'Anna Keller' }, supervisor: { refName: 'Anna Keller' } }],
    ['a user of Kantata', { users: { 12: { full_name: 'Anna Keller', headline: 'Anna Keller' } } }],
    ['somebody who stands there by name', { manager: 'Anna Keller', participants: ['Anna Keller'], approved_by: 'Anna Keller' }],
    ['a name in parts', { resource: { name: { first: 'Anna', last: 'Keller' } } }],
    ['a record within a text', { body: '{"contact":{"name":"Anna Keller"}}' }],
    [
      'a field and its value',
      {
        issues: [
          { field: 'resource.name', value: 'Anna Keller' },
          { name: 'Contact name', value: 'Anna Keller' },
        ],
      },
    ],
    [
      'a message about a person of the event',
      { resource: { name: 'Anna Keller' }, failure: { message: 'KELLER, ANNA is inactive; so is anna_keller, Keller’s ticket' } },
    ],
  ];
  for (const [what, record] of persons) {
    it(`does not name ${what}`, () => JSON.stringify(shown(record)).should.not.match(/anna|keller/i));
  }

  it('is masked in JSON however that stands in a text', () => {
    const json = JSON.stringify({ lastName: 'Quorra', projectManager: 'Xanthippe Quorra', code: 'ENG-1' });
    const texts = {
      'behind blanks': `\n  ${json}\n`,
      'behind a byte order mark': `\ufeff${json}`,
      'written over again': JSON.stringify(json),
      'written over again twice': JSON.stringify(JSON.stringify(json)),
      'line by line': `${json}\n${json}\n`,
      'cut off': json.slice(0, json.indexOf(' Quorra') + 3),
      'in a sentence': `Could not read ${json} here`,
      'escaped in a sentence': `Could not read ${JSON.stringify(json)} here`,
      'too long to be read': JSON.stringify({ lastName: 'Quorra', pad: 'x'.repeat(200_000) }),
    };
    for (const [how, text] of Object.entries(texts)) JSON.stringify(shown({ text })).should.not.match(/Quorra|Xanthippe/, how);
    JSON.stringify(shown({ text: texts['behind blanks'] })).should.containEql('ENG-1');
  });

  it('is known by names of fields in letters of full width, and in sentences that are encoded', () => {
    should(shown({ ｌａｓｔＮａｍｅ: 'Quorra' })).deepEqual({ ｌａｓｔＮａｍｅ: '•••' });
    should(shown({ vorname: 'Xanthippe', nachname: 'Quorra', name: 'Quorra', projekt: 'ENG-1' })).deepEqual({ vorname: '•••', nachname: '•••', name: '•••', projekt: 'ENG-1' }); // prettier-ignore
    JSON.stringify(shown({ [`${'x'.repeat(200)}LastName`]: 'Quorra' })).should.not.containEql('Quorra');
    const said = (message: string) => (shown({ message, resource: { name: 'Jürgen Müller' } }) as { message: string }).message;
    for (const message of ['?name=J%C3%BCrgen%20M%C3%BCller', String.raw`who:\nJ\u00fcrgen M\u00fcller`, 'J&#252;rgen M&#xFC;ller'])
      said(message).should.not.match(/ller|rgen/);
    said('100%25 of ENG-1').should.equal('100%25 of ENG-1');
  });

  it('keeps ids, codes and what says nothing of persons', () => {
    const record = {
      resource: '4711',
      userId: '12',
      owner: '005000000000001AAA',
      status: 'done',
      billable: true,
      email: null,
      token: 3,
      account: { name: 'Keller AG' },
      role: 'Consultant',
    };
    should(shown(record)).deepEqual(record);
  });

  it('shows no secret', () => {
    const text = JSON.stringify(
      shown({ password: 'x1', headers: { Authorization: 'x2' }, config: { client_secret: 'x3', accessToken: 'x4', privateKey: ['x5'] } }),
    );
    text.should.not.match(/x\d/);
  });

  it('are masked in an answer, too, from which a secret had to be removed', () => {
    const known = new KnownSecrets();
    known.learn('a-secret-that-was-repeated');
    const entry = concerning({ title: 'Leave of Anna Keller', said: 'a-secret-that-was-repeated' }, { resource: { name: 'Anna Keller' } });
    should(shown(known.withoutIn([entry]))).deepEqual([{ title: 'Leave of •••', said: '•••' }]);
    should(shown(known.withoutIn({ lines: [concerning({ ...entry }, unseen)] }))).deepEqual({ lines: [{ title: '•••', said: '•••' }] });
  });

  it('knows the last person of many lines too, and shows no sentence where there are more persons than it looks for', () => {
    const line = (name: string) => ({ resource: { name }, minutes: 60 });
    const lines = [...Array.from({ length: 600 }, () => line('Anna Keller')), line('Bodo Zangerl')];
    redactText('Zangerl is inactive.', { lines }).should.equal('••• is inactive.');
    const alike = Array.from({ length: 60 }, (_, n) => line(`Anna van ${letters(n)}`));
    redactText(`Told by Anna van ${letters(59)}.`, { lines: alike }).should.equal('Told by •••.');
    const crowd = Array.from({ length: 6_000 }, (_, n) => line(`${letters(n)} Muster`));
    redactText('Zangerl is inactive.', { lines: [...crowd, line('Bodo Zangerl')] }).should.equal('•••');
    should(redact({ message: 'Zangerl is inactive.', code: 'INACTIVE', lines: [...crowd, line('Bodo Zangerl')] })).containEql({
      message: '•••',
      code: 'INACTIVE',
    });
  });

  it('masks in an entry what the event behind it says of persons', () => {
    const entry = concerning({ title: 'Leave of Anna Keller', at: 1 }, { resource: { name: 'Anna Keller' } });
    should(shown([entry, { title: 'ERP renewal' }])).deepEqual([{ title: 'Leave of •••', at: 1 }, { title: 'ERP renewal' }]);
    redactText('Anna Keller, anna@x.example', { resource: { name: 'Anna Keller' } }).should.equal('•••, •••@x.example');
    redactText('用户李雷已停用', { resource: { name: '李雷' } }).should.equal('用户•••已停用');
  });

  it('keeps two addresses apart that are names of fields', () => {
    should(shown({ 'a@x.example': 1, 'b@x.example': 2 })).deepEqual({ '•••@x.example': 1, '•••@x.example (2)': 2 });
  });

  it('can be as deep, as long and as wide as anybody likes', async () => {
    let deep: unknown = 'anna@firm.example';
    for (let level = 0; level < 100_000; level++) deep = { deep };
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_none, index) => [`k${index}@x.example`, `v${index}`]));
    const names = {
      resource: { name: 'Anna Keller' },
      text: 'Anna '.repeat(2_000_000),
      json: '['.repeat(200_000),
      more: '{"a":'.repeat(30_000),
    };
    const ms = await cpuMs(() => {
      JSON.stringify(redact(deep)).should.not.match(/anna/);
      JSON.stringify(redact(wide)).should.not.match(/k\d/);
      JSON.stringify(redact(names)).should.not.match(/Anna/);
    }, 1_000);
    ms.should.be.below(1_000);
  });

  it('is shown up to where nobody reads any more, and tells that there is more', () => {
    const wide = shown({ id: 'x', map: Object.fromEntries(Array.from({ length: 60_000 }, (_none, index) => [`n${index}`, index])) });
    const { id, map } = wide as { id: string; map: Record<string, unknown> };
    id.should.equal('x');
    Object.keys(map).length.should.equal(2_001);
    should(map['…']).equal('…');
    const list = shown(Array.from({ length: 2 }, () => ({ many: Array.from({ length: 150_000 }, () => 'a@x.example') }))) as {
      many: string[];
    }[];
    for (const { many } of list) {
      many.length.should.be.within(10_000, 100_000);
      new Set(many).should.deepEqual(new Set(['•••@x.example', '…']));
    }
  });

  it('does not hold everybody up with a field for each letter', async () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_none, index) => [`n${index}`, 'x'])));
    const record = { data: JSON.parse(text) as object };
    // a third of it on a machine that does nothing else
    (await cpuMs(() => redact(record), 150)).should.be.below(150);
  });

  it('hides the sentences about an event that nobody has looked at', () => {
    const about = concerning({ id: 'r', message: 'Anna Keller is inactive.' }, unseen);
    should(shown(about)).deepEqual({ id: 'r', message: '•••' });
    redactText('Anna is inactive.', unseen).should.equal('•••');
  });

  it('is looked through as fast as a list of 500 needs', async () => {
    const run = {
      id: 'r',
      failure: { class: 'business.rejected', code: 'X', message: 'Employee is inactive.', field: 'resource.email', value: 'a@x.example' },
      event: { id: 'e', subject: 's' },
    };
    const data = { resource: { id: '7', name: 'Anna Keller', email: 'a@b.example' }, project: { id: '1', code: 'E' }, minutes: 60 };
    const list = Array.from({ length: 500 }, () => concerning(structuredClone(run), data));
    (await cpuMs(() => redact(list), 300)).should.be.below(300);
  });

  it('does not keep a log line waiting when a flow’s own object has no end', async () => {
    const person = { resource: { name: 'Anna Keller' } };
    const itself: Record<string, unknown> = { ...person };
    Object.assign(itself, { one: itself, other: { itself, again: [itself, itself] } });
    let many: unknown = person;
    for (let level = 0; level < 100; level++) many = { one: many, other: many };
    const failing = {
      get amount(): never {
        throw new Error('no amount');
      },
      toJSON: undefined,
      part: {
        toJSON: () => {
          throw new Error('no JSON');
        },
      },
      ...person,
    };
    const empty: unknown[] = [];
    empty.length = 2 ** 32 - 1;
    const ms = await cpuMs(() => {
      for (const event of [itself, many, failing]) redactText('Keller is inactive.', event).should.equal('••• is inactive.');
      for (const event of [endless(), { empty }]) redactText('Anna is inactive.', event).should.equal('•••');
    }, 1_500);
    ms.should.be.below(1_500);
  });
});

/** Of two parts each, which have two parts each. */
function endless(): object {
  return new Proxy({ one: 1, other: 2 }, { get: (_object, name) => (name === 'one' || name === 'other' ? endless() : undefined) });
}

/** A word of its own for each number. */
function letters(n: number): string {
  return [...String(n)].map((digit) => 'bcdfghklmn'[Number(digit)]).join('a');
}
