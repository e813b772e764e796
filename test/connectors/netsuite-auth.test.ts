import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import should from 'should';
import type { HttpRequest } from '../../connectors/http/http-call.ts';
import { type NetSuiteConfig, netSuiteSettings } from '../../connectors/netsuite/settings.ts';
import { LoginRefusals } from '../../connectors/netsuite/wire/login-refusals.ts';
import { percent, signatureBase, tbaAuthorization } from '../../connectors/netsuite/wire/tba-signature.ts';
import { checkedConfig } from '../../connectors/salesforce-platform/settings.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';

const pem = { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } } as const;
const rsa = String(generateKeyPairSync('rsa', { modulusLength: 3072, ...pem }).privateKey);
const ec = String(generateKeyPairSync('ec', { namedCurve: 'P-384', ...pem }).privateKey);
const tba = { kind: 'tba', consumerKey: 'ck', consumerSecret: 'c&s', tokenId: 'tk', tokenSecret: 't s' } as const;
const oauth2 = (more: Record<string, unknown> = {}) =>
  ({ kind: 'oauth2', clientId: 'id', certificateId: 'cert', privateKey: rsa, ...more }) as unknown as NetSuiteConfig['auth'];

function failureOf(config: unknown): Failure {
  try {
    netSuiteSettings(config as NetSuiteConfig);
  } catch (error) {
    if (Failure.is(error)) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('NetSuite connection settings', () => {
  it('derive host and realm from the account id', () => {
    const settings = netSuiteSettings({ accountId: '1234567_sb1', auth: tba });
    settings.baseUrl.should.equal('https://1234567-sb1.suitetalk.api.netsuite.com');
    settings.realm.should.equal('1234567_SB1');
    settings.serviceItem.should.equal('SVC-CONSULTING');
    settings.concurrency.should.equal(4);
  });

  it('choose the signature algorithm that the key can do', () => {
    const algorithm = (auth: NetSuiteConfig['auth']) =>
      (netSuiteSettings({ accountId: '1', auth }).auth as { algorithm: string }).algorithm;
    algorithm(oauth2()).should.equal('PS256');
    algorithm(oauth2({ algorithm: 'PS512' })).should.equal('PS512');
    algorithm(oauth2({ privateKey: ec })).should.equal('ES384');
  });

  for (const [what, write] of [
    ['line ends written out', (key: string) => key.replaceAll('\n', '\\n')],
    ['line ends of Windows written out', (key: string) => key.replaceAll('\n', '\\r\\n')],
    ['line ends lost', (key: string) => key.trim().replaceAll('\n', ' ')],
    ['line ends of Windows', (key: string) => key.replaceAll('\n', '\r\n')],
    ['blanks around it', (key: string) => `  \n${key}\n `],
    ['quotation marks around it', (key: string) => `"${key.replaceAll('\n', '\\n')}"`],
  ] as const) {
    it(`take a key with ${what}, as Salesforce's do`, () => {
      for (const key of [rsa, ec]) netSuiteSettings({ accountId: '1', auth: oauth2({ privateKey: write(key) }) });
      checkedConfig({
        loginUrl: 'https://acme.my.salesforce.com',
        flow: 'jwt-bearer',
        clientId: 'c',
        username: 'u',
        privateKey: write(rsa),
      });
    });
  }

  it('refuse a key that cannot sign, with the reason, when it is typed', () => {
    const keyOf = (pair: { privateKey: KeyObject }) => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const pss = String(generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...pem }).privateKey);
    const short = keyOf(generateKeyPairSync('rsa', { modulusLength: 1024 }));
    const edwards = keyOf(generateKeyPairSync('ed25519'));
    for (const [key, reason] of [
      [pss, /RSA-PSS/],
      [short, /1024/],
      [edwards, /ed25519/],
    ] as const) {
      const told = ({ field, message, remedy, class: failureClass }: Failure) => ({
        field,
        class: failureClass,
        words: `${message} ${remedy}`,
      });
      told(failureOf({ accountId: '1', auth: oauth2({ privateKey: key }) })).should.match({ class: 'contract.invalid', words: reason });
      let refused: unknown;
      try {
        checkedConfig({ loginUrl: 'https://acme.my.salesforce.com', flow: 'jwt-bearer', clientId: 'c', username: 'u', privateKey: key });
      } catch (error) {
        refused = error;
      }
      told(Failure.from(refused)).should.match({ class: 'contract.invalid', field: 'privateKey', words: reason });
    }
  });

  for (const [what, config, field] of [
    ['a missing account', { auth: tba }, 'accountId'],
    ['a missing way to sign in', { accountId: '1' }, 'auth.kind'],
    ['a missing secret', { accountId: '1', auth: { ...tba, tokenSecret: '' } }, 'auth.tokenSecret'],
    ['a key that is no key', { accountId: '1', auth: oauth2({ privateKey: 'secret text' }) }, 'auth.privateKey'],
    ['RS256, which NetSuite refuses', { accountId: '1', auth: oauth2({ algorithm: 'RS256' }) }, 'auth.algorithm'],
    ['an algorithm of another key', { accountId: '1', auth: oauth2({ privateKey: ec, algorithm: 'PS256' }) }, 'auth.algorithm'],
    ['no request at a time', { accountId: '1', auth: tba, concurrency: 0 }, 'concurrency'],
    ['an address without encryption', { accountId: '1', auth: tba, baseUrl: 'http://netsuite.example' }, 'url'],
  ] as const) {
    it(`name the field for ${what}`, () => {
      const failure = failureOf(config);
      failure.class.should.equal('contract.invalid');
      should(failure.field).equal(field);
      JSON.stringify(failure).should.not.containEql('secret text');
    });
  }
});

describe('NetSuite token-based signature', () => {
  it('has the base string of the OAuth 1.0 specification (appendix A.5.1)', () => {
    signatureBase('get', new URL('http://photos.example.net/photos?size=original&file=vacation.jpg'), {
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_token: 'nnch734d00sl2jdk',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1191242096',
      oauth_nonce: 'kllo9940pd9333jh',
      oauth_version: '1.0',
    }).should.equal(
      'GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh' +
        '%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal',
    );
  });

  it('has that of RFC 5849 (§3.4.1.1), where a name comes twice, a sign is encoded in a name, and a plus is a blank', () => {
    signatureBase('post', new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2=&a3=2+q'), {
      oauth_consumer_key: '9djdj82h48djs9d2',
      oauth_token: 'kkk9d7dh3k39sjv7',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: '7d8f3e4a',
    }).should.equal(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2' +
        '%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  it('encodes what encodeURIComponent leaves', () => {
    percent("a b!'()*~-._").should.equal('a%20b%21%27%28%29%2A~-._');
  });

  it('signs with both secrets, names the realm and keeps an encoded external id encoded', () => {
    const url = 'https://1.suitetalk.api.netsuite.com/services/rest/record/v1/timeBill/eid:kantata%3A4711';
    const header = tbaAuthorization(tba, '1234567_SB1', 'PUT', url, { timestamp: 1_700_000_000, nonce: 'abcdef123456' });
    header.should.startWith('OAuth realm="1234567_SB1", ');
    const base =
      'PUT&https%3A%2F%2F1.suitetalk.api.netsuite.com%2Fservices%2Frest%2Frecord%2Fv1%2FtimeBill%2Feid%3Akantata%253A4711&' +
      'oauth_consumer_key%3Dck%26oauth_nonce%3Dabcdef123456%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26oauth_token%3Dtk%26oauth_version%3D1.0';
    const expected = createHmac('sha256', 'c%26s&t%20s').update(base).digest('base64');
    header.should.containEql(`oauth_signature="${percent(expected)}"`);
  });
});

describe('NetSuite login refusals', () => {
  const refusal = (code: string): FailureDetails => ({ class: 'auth.denied', code, message: 'Invalid login attempt.' });
  const request = (): HttpRequest => ({ method: 'GET', url: '/x' });

  it('renew the token first, then are denied', () => {
    const logins = new LoginRefusals({ renewable: () => true, atLimit: () => false });
    const call = request();
    logins.judge(refusal('INVALID_LOGIN'), call).class.should.equal('auth.expired');
    logins.judge(refusal('INVALID_LOGIN'), call).class.should.equal('auth.denied');
  });

  it('are taken for overload when as many requests are in flight as the connection allows', () => {
    const logins = new LoginRefusals({ renewable: () => true, atLimit: () => true });
    const call = request();
    logins.judge(refusal('INVALID_LOGIN_ATTEMPT'), call).class.should.equal('auth.expired');
    logins.judge(refusal('INVALID_LOGIN_ATTEMPT'), call).class.should.equal('transient.throttled');
  });

  it('are believed after a few in a row, although the credentials once worked', () => {
    const logins = new LoginRefusals({ renewable: () => false, atLimit: () => false });
    logins.answered();
    const classes = [1, 2, 3, 4].map(() => logins.judge(refusal('INVALID_LOGIN_ATTEMPT'), request()).class);
    classes.should.deepEqual(['transient.throttled', 'transient.throttled', 'transient.throttled', 'auth.denied']);
    logins.answered();
    logins.judge(refusal('INVALID_LOGIN_ATTEMPT'), request()).class.should.equal('transient.throttled');
  });

  for (const code of ['INVALID_LOGIN', 'INVALID_LOGIN_ATTEMPT']) {
    it(`are the account's limit for as long as it is full, by ${code} too, while the credentials worked a moment ago`, () => {
      let now = 0;
      const logins = new LoginRefusals({ renewable: () => false, atLimit: () => true, now: () => now });
      logins.answered();
      for (let refused = 0; refused < 50; refused++) logins.judge(refusal(code), request()).class.should.equal('transient.throttled');
      now = 60_000;
      logins.judge(refusal(code), request()).class.should.equal('auth.denied');
      now = -1;
      logins.judge(refusal(code), request()).class.should.equal('auth.denied', 'a clock that was put back');
    });
  }

  it('of another kind are no overload', () => {
    const logins = new LoginRefusals({ renewable: () => false, atLimit: () => true });
    logins.answered();
    logins.judge(refusal('INSUFFICIENT_PERMISSION'), request()).class.should.equal('auth.denied');
  });

  it('of credentials that never worked are denied at once', () => {
    const logins = new LoginRefusals({ renewable: () => false, atLimit: () => false });
    logins.judge(refusal('INVALID_LOGIN_ATTEMPT'), request()).class.should.equal('auth.denied');
  });
});
