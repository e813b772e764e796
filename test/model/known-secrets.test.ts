import 'should';
import { KnownSecrets, withoutSecrets } from '../../model/known-secrets.ts';
import { isTellable } from '../../model/secret-forms.ts';
import { TextSearch } from '../../model/text-search.ts';
import { cpuMs } from '../cpu-time.ts';

const secret = 'sekrit-+/=&<"x\'(1) ü';

describe('A secret that is known', () => {
  it('is removed in every form in which a system repeats it', () => {
    const known = new KnownSecrets();
    known.learn(secret);
    const percent = encodeURIComponent(secret);
    const forms = {
      plain: secret,
      url: percent,
      'url, small letters': percent.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
      'url twice': encodeURIComponent(percent),
      form: new URLSearchParams([['s', secret]]).toString(),
      json: JSON.stringify({ a: secret }),
      'json in json': JSON.stringify(JSON.stringify(secret)),
      'json of PHP': JSON.stringify(secret).replaceAll('/', '\\/'),
      'json of .NET': JSON.stringify(secret).replace(/[&<>'"=+]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).slice(6, -6), // prettier-ignore
      html: secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
      'html with apostrophes': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
      'html by number': secret.replace(/[^]/g, (sign) => `&#${sign.charCodeAt(0)};`),
      'html by number in hex': secret.replace(/[^]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
      'json of escapes alone': secret.replace(/[^]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
      'url of escapes alone': Buffer.from(secret).toString('hex').toUpperCase().replace(/../g, '%$&'),
      'capital letters': secret.toUpperCase(),
      hex: Buffer.from(secret).toString('hex'),
      'user and password': Buffer.from(`id:${secret}`).toString('base64'),
      'in base64 at another place': Buffer.from(`x${secret}yz`).toString('base64'),
      'in base64 at a third place': Buffer.from(`xx${secret}`).toString('base64url'),
    };
    for (const [form, text] of Object.entries(forms)) {
      const left = known.without(`before ${text} after`);
      left.should.match(/^before .*•••.* after$/, form);
      left.should.not.match(/sekrit|1\)|73656b|c2Vrcml0|&#115;|&#x73;|u0073|%73|SEKRIT/, form);
    }
  });

  it('is removed where an encoder leaves signs as they are that another one writes in its own way', () => {
    const odd = `sekrit/4+7=With"Signs'&<ü>`;
    const base64 = 'c2Vrcml0/WFi+Y2Rl/Zm9v+YmFyYmF6cXV4==';
    const known = new KnownSecrets();
    known.learnAll([odd, base64]);
    const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const unicode = (signs: RegExp) => (text: string) =>
      JSON.stringify(text).replace(signs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const encoders: Record<string, (text: string) => string> = {
      'an address, slashes as they are (Python)': (text) => encodeURIComponent(text).replaceAll('%2F', '/'),
      'a whole address': encodeURI,
      'a part of a path': (text) => encodeURIComponent(text).replaceAll('%2B', '+').replaceAll('%3D', '=').replaceAll('%26', '&'),
      'an address in an address': (text) => encodeURIComponent(encodeURIComponent(text).replaceAll('%2F', '/')),
      'HTML of Go': (text) => html(text).replaceAll('"', '&#34;').replaceAll("'", '&#39;').replaceAll('+', '&#43;'),
      'HTML of PHP': (text) => html(text).replaceAll('"', '&quot;').replaceAll("'", '&#039;'),
      XML: (text) => html(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
      'HTML of Handlebars': (text) => html(text).replaceAll('"', '&quot;').replaceAll("'", '&#x27;').replaceAll('=', '&#x3D;'),
      'HTML in HTML': (text) => html(html(text).replaceAll('"', '&quot;')),
      'JSON of Gson': unicode(/[<>&='\u2028\u2029]/g),
      'JSON of System.Text.Json': unicode(/[<>&+'"\u0080-\uffff]/g),
      'JSON of Go': unicode(/[<>&]/g),
      'JSON in ASCII': unicode(/[\u0080-\uffff]/g),
      'JSON in JSON in JSON': (text) => JSON.stringify(JSON.stringify(JSON.stringify(text))),
      'JSON in an address': (text) => encodeURIComponent(JSON.stringify(text)),
      'JSON in HTML': (text) => html(JSON.stringify(text)).replaceAll('"', '&quot;'),
      JavaScript: (text) => text.replace(/[^A-Za-z0-9]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`),
    };
    for (const [form, encode] of Object.entries(encoders)) {
      for (const text of [odd, base64]) {
        const left = known.without(`before ${encode(text)} after ${encode(text)} end`);
        left.should.match(/^before .{0,9}•••.{0,9} after .{0,9}•••.{0,9} end$/, form);
        known.areIn({ a: [encode(text)] }).should.be.true(form);
      }
    }
    known.without('100 % of \\uFFFF &c; &amp; %zz %C3 %41').should.equal('100 % of \\uFFFF &c; &amp; %zz %C3 %41');
  });

  it('is looked for in time that grows with the text, however much of it is written in another way', () => {
    const known = new KnownSecrets();
    known.learn(secret);
    for (const part of ['%41', '%25', '&amp;', '&a', '\\\\', '\\u0041', '%C3%BC', '%f0%9f%98%80', '&#x41;']) {
      const text = part.repeat(4_000_000 / part.length);
      const look = () => {
        const began = process.cpuUsage();
        known.areIn([text]).should.be.false();
        return process.cpuUsage(began).user / 1000;
      };
      Math.min(look(), look(), look()).should.be.below(400, part); // a fifth of it on a machine that does nothing else
    }
  });

  it('that is a key is removed line by line, however its lines are broken', () => {
    const known = new KnownSecrets();
    const body = Buffer.from(Array.from({ length: 300 }, (_none, n) => (n * 37) % 251)).toString('base64');
    const pem = `-----BEGIN PRIVATE KEY-----\n${body.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
    known.learn(pem);
    for (const text of [
      pem,
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('\n', ' '),
      body,
      JSON.stringify(pem),
      encodeURIComponent(pem),
      pem.split('\n')[2]!,
    ])
      // prettier-ignore
      for (let at = 0; at + 16 <= body.length; at += 8) known.without(text).includes(body.slice(at, at + 16)).should.be.false();
  });

  it('is removed from names and values as deep as they go, and what holds none is handed on as it is', () => {
    const known = new KnownSecrets();
    known.learn('token-of-the-test-1');
    const value = { a: [{ 'x token-of-the-test-1': 'y token-of-the-test-1 z' }, 5, null], b: 'nothing' };
    known.withoutIn(value).should.deepEqual({ a: [{ 'x •••': 'y ••• z' }, 5, null], b: 'nothing' });
    const clean = { b: ['nothing', { c: 1 }] };
    known.withoutIn(clean).should.equal(clean);
    let deep: unknown = 'token-of-the-test-1';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    known.areIn(deep).should.be.true();
  });

  it('is not looked for when it could be a word or a number of anybody’s data', () => {
    const known = new KnownSecrets();
    for (const weak of ['postgres', 'psconnect', '20261231', 'secret', 'k', 'Passwort']) {
      isTellable(weak).should.be.false(weak);
      known.learn(weak);
    }
    known.without('postgres of psconnect, 20261231: secret, Passwort').should.equal('postgres of psconnect, 20261231: secret, Passwort');
    for (const good of ['passw0rd', 'abcdefghijklmnop', 'a b c d e']) isTellable(good).should.be.true(good);
  });

  it('is forgotten when nobody uses it any more and others came after it, and their number is bounded', () => {
    const known = new KnownSecrets();
    const [one, other] = [known.learn('shared-secret-1'), known.learn('shared-secret-1')];
    one();
    one();
    known.without('shared-secret-1').should.equal('•••');
    other();
    known.without('shared-secret-1').should.equal('•••'); // a late failure may still speak of it
    for (let n = 0; n < 120; n++) known.learn(`passing-token-${n}-x`)();
    known.without('shared-secret-1').should.equal('shared-secret-1');
    for (let n = 0; n < 1_100; n++) known.learn(`standing-token-${n}-x`);
    known.without('standing-token-1-x standing-token-1099-x').should.equal('standing-token-1-x •••');
  });

  it('costs next to nothing where there is none: an event in microseconds, a page of 3 MB in milliseconds', async () => {
    const known = new KnownSecrets();
    for (let n = 0; n < 20; n++) known.learn(`${n}-00D000000000001!AQ4AQFakeTokenFakeTokenFake`);
    const event = { id: '4711', subject: 'ENG-0007', data: { note: 'Worked on the design of the thing and on another', hours: ['7.5'], resource: { email: 'a@b.example' } } }; // prettier-ignore
    known.areIn(event).should.be.false();
    const page = JSON.stringify(Array.from({ length: 20_000 }, () => event));
    known.without(page).should.equal(page);
    (await cpuMs(() => known.without(page), 200)).should.be.below(200);
    const events = await cpuMs(() => {
      for (let n = 0; n < 20_000; n++) known.areIn(event);
    }, 400);
    events.should.be.below(400); // 20 µs each
  });
});

describe('Words of a failure', () => {
  it('hold nothing that says of itself that it is a secret', () => {
    withoutSecrets('GET https://ada:pw@h/x?access_token=abc&b=1 failed').should.equal('GET https://•••@h/x?access_token=•••&b=1 failed');
    withoutSecrets('client_secret=x1&grant_type=y').should.equal('client_secret=•••&grant_type=y');
    withoutSecrets('header Authorization: Bearer abcdefghijkl was sent').should.equal('header Authorization: Bearer ••• was sent');
    withoutSecrets('postgres://u:p@db.example:5432/x').should.equal('postgres://•••@db.example:5432/x');
    const ordinary = 'The amount a = b of jana@firm.example is basic; see https://x.example/a?code=7.';
    withoutSecrets(ordinary).should.equal(ordinary);
  });

  it('are read in time that grows with their length alone', async () => {
    for (const text of [
      '//'.repeat(500_000),
      'password='.repeat(100_000),
      `//${'a'.repeat(1_000_000)}`,
      '?a='.repeat(300_000),
      'Bearer '.repeat(150_000),
    ]) {
      (await cpuMs(() => withoutSecrets(`${text} @ `), 500)).should.be.below(500);
    }
  });
});

describe('Looking for many texts at once', () => {
  it('finds what looking for each of them finds, also when some were added later and others dropped', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const text = (length: number) => Array.from({ length }, () => 'abü'[random(3)]).join('');
    for (let round = 0; round < 500; round++) {
      const texts = Array.from({ length: 1 + random(6) }, () => text(3 + random(5)));
      const where = text(random(60));
      const others = Array.from({ length: random(6) }, () => text(3 + random(5)));
      const search = new TextSearch([...others, ...texts.slice(0, 2)]);
      search.add(texts.slice(2));
      search.drop(others);
      const found = search.find(where);
      const at = Math.min(...texts.map((one) => where.indexOf(one)).filter((index) => index >= 0));
      (found?.at ?? Number.POSITIVE_INFINITY).should.equal(at);
      if (found) found.length.should.equal(Math.max(...texts.filter((one) => where.startsWith(one, at)).map((one) => one.length)));
    }
  });
});
