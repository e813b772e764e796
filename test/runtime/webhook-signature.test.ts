import { createHmac } from 'node:crypto';
import should from 'should';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { languageOf, type Said, sentence } from '../../model/failure-sentence.ts';
import { type SignatureKind, signatureOf } from '../../runtime/webhook/signature.ts';
import { secret, standardHeaders } from './webhook-sender.ts';

const body = Buffer.from('{"test": 2432232314}');
const code = async (kind: SignatureKind, by: string, headers: Record<string, string>, of = body, now = Date.now()) =>
  (await signatureOf(kind, by, 'X-Hub-Signature-256').refusal(headers, of, now))?.code;

describe('A signature by Standard Webhooks', () => {
  it('is the one that the reference implementation makes', async () => {
    // tests of https://github.com/standard-webhooks/standard-webhooks, and https://docs.svix.com/receiving/verifying-payloads/how-manual
    const vectors = [
      {
        by: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        payload: '{"test": 2432232314}',
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        timestamp: '1614265330',
        signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      {
        by: 'whsec_plJ3nmyCDGBKInavdOK15jsl',
        payload: '{"event_type":"ping","data":{"success":true}}',
        id: 'msg_loFOjxBNrRLzqYUf',
        timestamp: '1731705121',
        signature: 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
      },
    ];
    for (const { by, payload, id, timestamp, signature } of vectors) {
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      should(await code('standard-webhooks', by, headers, Buffer.from(payload), Number(timestamp) * 1000)).equal(undefined, id);
    }
  });

  it('may be one of several, while the secret is being changed; kinds that are not known count for nothing', async () => {
    const headers = standardHeaders(body);
    const good = headers['webhook-signature']!;
    const among = (signatures: string) => code('standard-webhooks', secret, { ...headers, 'webhook-signature': signatures });
    should(await among(`v1,AAAA v1a,${good.slice(3)} ${good}`)).equal(undefined);
    should(await among(good.replace('v1,', 'v1a,'))).equal('SIGNATURE_WRONG');
    should(await among(good.slice(3))).equal('SIGNATURE_WRONG');
    should(await among(`${'v1,AAAA '.repeat(10)}${good}`)).equal('SIGNATURE_WRONG', 'nobody may have a thousand tried at once');
  });

  it('is over id, moment and body: none of them can be exchanged', async () => {
    const headers = standardHeaders(body);
    should(await code('standard-webhooks', secret, headers)).equal(undefined);
    should(await code('standard-webhooks', secret, { ...headers, 'webhook-id': 'msg_2' })).equal('SIGNATURE_WRONG');
    should(await code('standard-webhooks', secret, headers, Buffer.from('{"test": 2432232315}'))).equal('SIGNATURE_WRONG');
    const later = String(Number(headers['webhook-timestamp']) + 1);
    should(await code('standard-webhooks', secret, { ...headers, 'webhook-timestamp': later })).equal('SIGNATURE_WRONG');
    // what base64 would read over
    for (const more of ['%', '\t!', 'A', '=='])
      should(await code('standard-webhooks', secret, { ...headers, 'webhook-signature': `${headers['webhook-signature']}${more}` })).equal(
        'SIGNATURE_WRONG',
      );
  });

  it('is over the whole of a body that is hashed in several turns', async () => {
    const long = Buffer.alloc(3.5 * 1024 * 1024, 'a line of an invoice ');
    const headers = standardHeaders(long);
    should(await code('standard-webhooks', secret, headers, long)).equal(undefined);
    for (const at of [0, 1024 * 1024 - 1, 1024 * 1024, long.length - 1]) {
      const other = Buffer.from(long);
      other[at] = 0x21;
      should(await code('standard-webhooks', secret, headers, other)).equal('SIGNATURE_WRONG', `byte ${at}`);
    }
    should(await code('standard-webhooks', secret, headers, long.subarray(1))).equal('SIGNATURE_WRONG');
  });

  it('is good for five minutes, and for clocks that differ by as much', async () => {
    const now = 1_772_470_800_000;
    const at = (seconds: number) => code('standard-webhooks', secret, standardHeaders(body, { at: now + seconds * 1000 }), body, now);
    should(await at(-300)).equal(undefined);
    should(await at(300)).equal(undefined);
    should(await at(-301)).equal('SIGNATURE_OLD');
    should(await at(301)).equal('SIGNATURE_OLD');
    const strange = { ...standardHeaders(body), 'webhook-timestamp': '1e12' };
    should(await code('standard-webhooks', secret, strange)).equal('SIGNATURE_WRONG');
  });

  it('names the header that is missing', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const headers = standardHeaders(body);
      delete headers[name];
      const refusal = await signatureOf('standard-webhooks', secret, '').refusal(headers, body, Date.now());
      refusal!.should.have.properties({ code: 'SIGNATURE_MISSING', field: name });
    }
  });

  it('may be made with a plain text as secret, but never with a key that is empty or cut off', async () => {
    should(await code('standard-webhooks', 'a plain secret', standardHeaders(body, { by: 'a plain secret' }))).equal(undefined);
    for (const bad of ['whsec_', 'whsec_A', 'whsec_not base64!', 'whsec_====']) {
      should(() => signatureOf('standard-webhooks', bad, '')).throw({ code: 'SECRET_INVALID' });
    }
  });
});

describe('A signature over the body alone', () => {
  it('is the one that GitHub gives as an example', async () => {
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const headers = { 'x-hub-signature-256': signature };
    should(await code('hmac-sha256', "It's a Secret to Everybody", headers, Buffer.from('Hello, World!'))).equal(undefined);
    should(await code('hmac-sha256', "It's a Secret to Everybody", headers, Buffer.from('Hello, World?'))).equal('SIGNATURE_WRONG');
  });

  it('may leave out the name of the hash, and nothing else', async () => {
    const hex = createHmac('sha256', 'key').update(body).digest('hex');
    const by = (value: string) => code('hmac-sha256', 'key', { 'x-hub-signature-256': value });
    should(await by(hex)).equal(undefined);
    should(await by(hex.toUpperCase())).equal(undefined);
    for (const bad of ['', 'sha256=', hex.slice(0, 62), `${hex}00`, `sha1=${hex}`, 'z'.repeat(64), `${hex}x`, `sha256=${hex}sha256=${hex}`])
      should(await by(bad)).equal('SIGNATURE_WRONG');
    should(await code('hmac-sha256', 'key', {})).equal('SIGNATURE_MISSING');
  });
});

describe('A token', () => {
  const by = (authorization?: string) => code('bearer', 'the token', authorization === undefined ? {} : { authorization });
  it('is compared whole', async () => {
    should(await code('bearer', 'token', { authorization: 'Bearer token' })).equal(undefined);
    should(await code('bearer', 'token', { authorization: 'bearer  token' })).equal(undefined);
    for (const bad of ['Bearer toke', 'Bearer tokenn', 'Bearer Token']) {
      should(await code('bearer', 'token', { authorization: bad })).equal('SIGNATURE_WRONG', bad);
    }
  });

  it('is missing where something else is sent', async () => {
    for (const bad of [undefined, '', 'Bearer', 'Basic dG9rZW4=', 'token']) should(await by(bad)).equal('SIGNATURE_MISSING', bad);
  });
});

describe('A signature of a kind that this version does not know', () => {
  it('is no reason to take everything', () => {
    should(() => signatureOf('hmac-md5' as SignatureKind, 'secret', '')).throw({ code: 'SIGNATURE_UNKNOWN' });
  });
});

describe('What a node says whose signature cannot be checked', () => {
  it('is read in German', () => {
    const said = (kind: string, by: string): object => {
      try {
        return signatureOf(kind as SignatureKind, by, '');
      } catch (error) {
        return sentence(error as Said, languageOf('de', german));
      }
    };
    should(said('hmac-md5', 'secret')).deepEqual({
      message: 'Es gibt keine Signatur „hmac-md5“.',
      remedy: 'Wählen Sie im Node eine aus, und führen Sie ein Deploy aus.',
    });
    should(said('standard-webhooks', 'whsec_*')).deepEqual({
      message: 'Was im Geheimnis hinter whsec_ steht, ist kein Base64.',
      remedy: 'Kopieren Sie das Geheimnis vollständig, und führen Sie ein Deploy aus.',
    });
  });
});
