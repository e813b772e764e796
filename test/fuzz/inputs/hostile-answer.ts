import { hostileTexts, hostileValue } from './hostile-values.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { jsonText } from './raw-json.ts';

/** What a system that is broken, or no system at all, answers. */
export interface HostileAnswer {
  /** absent = what the simulator says */
  status?: number;
  headers: [string, string][];
  /**
   * `mutated`: the simulator's own answer, changed by chance from `seed`; `elsewhere`: with links that lead there; `echo`: what we sent, secrets and all, in the encoding
   * `text`; `zip`: gzip of so many megabytes of one letter; `zeros`: so many megabytes
   */
  body:
    | { kind: 'mutated'; seed: number }
    | { kind: 'elsewhere' }
    | { kind: 'text'; text: string }
    | { kind: 'echo'; encoding: string; within: string }
    | { kind: 'zip' | 'zeros'; megabytes: number };
  /** how it is sent */
  manner: 'whole' | 'drip' | 'cut' | 'no answer' | 'wrong length' | 'bad chunks' | 'not http';
}

export const echoEncodings = [
  ...(['plain', 'uri', 'base64', 'base64url', 'hex', 'json escapes', 'html', 'upper'] as const),
  ...(['uri of Python', 'html of Go', 'json of Gson'] as const),
] as const;

const shortRetryAfters = ['0', '-1', 'NaN', '', ' ', 'Infinity', 'soon', '1, 2', '٣', '1e-9'];
const retryAfters = [
  ...shortRetryAfters,
  '1e300',
  '3000000',
  '2147483648',
  '99999999999999999999',
  '0x10',
  '1.5',
  'Wed, 21 Oct 2099 07:28:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
];

/** @param again what is asked waits as it is told to, and others would find it waiting: it is not told to for long */
export function hostileAnswer(random: Random, n: number, again: boolean): [string, HostileAnswer] {
  const whole = (
    status: number | undefined,
    body: HostileAnswer['body'],
    headers: [string, string][] = [['content-type', 'application/json']],
  ): HostileAnswer => ({ ...(status === undefined ? {} : { status }), headers, body, manner: 'whole' });
  const text = (words: string): HostileAnswer['body'] => ({ kind: 'text', text: words });
  const anyStatus = () =>
    random.pick([
      200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 418, 422, 423, 424, 429, 431, 451, 499, 500,
      501, 502, 503, 504, 507, 520, 599, 999,
    ]);
  return weighted<() => [string, HostileAnswer]>(random, [
    [35, () => ['mutated', whole(undefined, { kind: 'mutated', seed: n })]],
    [
      12,
      () => {
        const encoding = random.pick(echoEncodings);
        return [
          `echo ${encoding}`,
          whole(anyStatus(), {
            kind: 'echo',
            encoding,
            within: random.pick(['salesforce', 'netsuite', 'kantata', 'oauth', 'text', 'html', 'list']),
          }),
        ];
      },
    ],
    [
      10,
      () => [
        'retry-after',
        whole(random.pick([429, 503, 500, 403, 202, 200]), text('{"message":"slow down"}'), [
          ['content-type', 'application/json'],
          ['retry-after', random.pick(again ? shortRetryAfters : retryAfters)],
        ]),
      ],
    ],
    [8, () => ['error of any status', whole(anyStatus(), text(jsonText(errorOf(random))))]],
    [
      5,
      () => [
        'page',
        whole(
          random.pick([200, 200, 401, 403, 502, 503]),
          text(`<!doctype html><html><body>${'<p>Maintenance</p>'.repeat(random.pick([1, 1_000, 40_000]))}`),
          [['content-type', 'text/html']],
        ),
      ],
    ],
    [5, () => ['hostile value', whole(random.pick([200, 201, 400, 500]), text(jsonText(hostileValue(random))))]],
    [4, () => ['cut JSON', whole(200, text('{"records":[{"Id":"006'))]],
    [3, () => ['nothing', whole(random.pick([200, 201, 204, 400, 500]), text(''))]],
    [
      3,
      () => {
        const bomb = random.pick(Object.keys(bombs));
        const inError = random.chance(50);
        const raw = bombs[bomb]!(random).text;
        return [
          `bomb ${bomb}${inError ? ' in an error' : ''}`,
          whole(inError ? 400 : 200, text(inError ? `[{"message":${raw},"errorCode":${raw}}]` : raw)),
        ];
      },
    ],
    [
      5,
      () => [
        'redirect',
        whole(random.pick([301, 302, 303, 307, 308]), text(''), [
          [
            'location',
            random.pick([
              '{elsewhere}/',
              '{elsewhere}/',
              'http://127.0.0.1:9/',
              'http://evil.example/',
              '//evil.example',
              'javascript:1',
              '',
              'file:///etc/passwd',
              '/loop',
            ]),
          ],
        ]),
      ],
    ],
    [4, () => ['points elsewhere', whole(undefined, { kind: 'elsewhere' })]],
    [3, () => ['headers', whole(random.pick([200, 429, 500]), text('{}'), oddHeaders(random))]],
    [
      3,
      () => [
        'zip bomb',
        whole(random.pick([200, 500]), { kind: 'zip', megabytes: random.pick([2, 20, 150]) }, [
          ['content-type', 'application/json'],
          ['content-encoding', random.pick(['gzip', 'gzip', 'deflate', 'br'])],
        ]),
      ],
    ],
    [3, () => ['much', whole(random.pick([200, 500]), { kind: 'zeros', megabytes: random.pick([2, 20, 100]) })]],
    [
      6,
      () => {
        const manner = random.pick(['drip', 'cut', 'no answer', 'wrong length', 'bad chunks', 'not http'] as const);
        return [manner, { ...whole(random.pick([200, 201, 500]), text(`{"id":"1","message":"${'m'.repeat(400)}"}`)), manner }];
      },
    ],
  ])();
}

/** An error in the form of one of the systems, with values of any sort in it. */
function errorOf(random: Random): unknown {
  const value = () => (random.chance(50) ? random.pick(hostileTexts) : hostileValue(random));
  return random.pick([
    [
      {
        message: value(),
        errorCode: random.pick(['UNABLE_TO_LOCK_ROW', 'INVALID_SESSION_ID', 'REQUEST_LIMIT_EXCEEDED', value()]),
        fields: value(),
      },
    ],
    {
      type: value(),
      title: value(),
      status: value(),
      'o:errorDetails': [
        { detail: value(), 'o:errorCode': random.pick(['INVALID_LOGIN', 'CONCURRENCY_LIMIT_EXCEEDED', value()]), 'o:errorPath': value() },
      ],
    },
    { errors: [{ type: random.pick(['oauth', 'validation', 'system', value()]), message: value() }] },
    { error: random.pick(['invalid_grant', 'invalid_client', value()]), error_description: value() },
    { access_token: value(), instance_url: value(), expires_in: value(), token_type: value() },
    { count: value(), results: value(), meta: { count: value(), page_count: value(), page_number: value() } },
  ]);
}

function oddHeaders(random: Random): [string, string][] {
  return random.pick<[string, string][]>([
    [
      ['content-type', 'application/json'],
      ['date', random.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'never', 'Fri, 31 Dec 9999 23:59:59 GMT', '1e300'])],
    ],
    [['content-type', 'application/json; charset=utf-16']],
    [['content-type', `application/json;${'a=b;'.repeat(1_000)}`]],
    [
      [
        'sforce-limit-info',
        random.pick(['api-usage=1e400/1', 'api-usage=9/0', 'api-usage=-1/-1', 'nonsense', `api-usage=${'9'.repeat(400)}/1`]),
      ],
      ['content-type', 'application/json'],
    ],
    [
      ['set-cookie', 'a=b'],
      ['set-cookie', `c=${'d'.repeat(4_000)}`],
      ['content-type', 'application/json'],
    ],
    [
      ['location', random.pick(['/1', '/-1', `/${'9'.repeat(400)}`, 'x', ''])],
      ['content-type', 'application/json'],
    ],
    [
      ['content-encoding', random.pick(['gzip', 'nonsense', 'gzip, gzip'])],
      ['content-type', 'application/json'],
    ],
    [
      ['retry-after', '1'],
      ['retry-after', '1e300'],
      ['content-type', 'application/json'],
    ],
    [
      ['x-long', 'h'.repeat(random.pick([7_000, 14_000]))],
      ['content-type', 'application/json'],
    ],
    [
      ['x-ratelimit-reset', '1e300'],
      ['x-ratelimit-remaining', '-1'],
      ['content-type', 'application/json'],
    ],
  ]);
}
