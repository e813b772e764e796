import 'should';
import { echoEncodings } from './inputs/hostile-answer.ts';
import { inputOf } from './inputs/input-of.ts';
import type { HttpInput } from './inputs/input.ts';
import { jsonText, RawJson } from './inputs/raw-json.ts';
import { person } from './inputs/samples.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeRun } from './judge-runs.ts';
import { Ledger } from './ledger.ts';
import { encoded, Secrets } from './secrets.ts';
import type { Answered } from './send.ts';

const asked = (more: Partial<HttpInput> = {}): HttpInput => ({
  ...{ kind: 'admin', family: 'a route', house: 'users', method: 'GET', path: '/x', headers: [], expects: { ours: true } },
  ...more,
});
const answered = (status: number, text: string, contentType = 'application/json'): Answered => ({
  ...{ status, text, contentType },
  bytes: Buffer.from(text),
});
const kindsIn = (input: HttpInput, answer: Answered) => judgeAnswer(input, answer).map(([kind]) => kind);
const run = (more: object) => ({ id: 'r', seq: 1, entry: 'in-none', event: { id: 'fz7x', subject: 's' }, status: 'done', ...more });

describe('The fuzzer', () => {
  it('makes the same input of a seed and a number each time', () => {
    for (let n = 0; n < 300; n++) JSON.stringify(inputOf(5, n)).should.equal(JSON.stringify(inputOf(5, n)));
    JSON.stringify(inputOf(5, 1)).should.not.equal(JSON.stringify(inputOf(6, 1)));
  });

  it('writes JSON that no value can be written as', () => {
    jsonText({ a: [new RawJson('1e400'), { b: new RawJson('{"c":1,"c":2}') }] }).should.equal('{"a":[1e400,{"b":{"c":1,"c":2}}]}');
  });

  for (const encoding of echoEncodings) {
    it(`finds a secret that is given away in ${encoding}, wherever it begins`, () => {
      const secrets = new Secrets();
      secrets.add('password', 'p4ss/Word+With?Signs');
      for (const before of ['', 'a', 'ab', 'Bearer ']) {
        secrets.in(Buffer.from(encoded(`${before}p4ss/Word+With?Signs and more`, encoding))).should.not.be.empty();
      }
      secrets.in(Buffer.from('•••')).should.be.empty();
    });
  }

  it('finds any line of a key', () => {
    const secrets = new Secrets();
    secrets.add('key', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nAAAABBBBCCCCDDDD\n-----END PRIVATE KEY-----');
    secrets.in(Buffer.from('it was AAAABBBBCCCCDDDD')).should.deepEqual(['key (plain)']);
  });

  it('finds answers that let somebody in, show a person, or say nothing', () => {
    kindsIn(asked({ expects: { refused: true, ours: true } }), answered(200, '{}')).should.deepEqual(['admitted']);
    kindsIn(asked({ expects: { hidesPersons: true } }), answered(200, `{"by":"${person.name}"}`)).should.deepEqual(['leak']);
    kindsIn(asked(), answered(400, '<html></html>', 'text/html')).should.deepEqual(['unclassified']);
    kindsIn(asked(), answered(500, '{"message":"oh"}')).should.deepEqual(['unclassified']);
    kindsIn(asked(), answered(503, '{"failure":{"class":"internal","code":"UNEXPECTED"}}')).should.deepEqual(['unclassified']);
    kindsIn(asked(), answered(503, '{"failure":{"class":"transient.unavailable","code":"STORE"}}')).should.be.empty();
    kindsIn(asked(), answered(409, '{"message":"The run does not wait."}')).should.be.empty();
  });

  it('finds runs that failed as a defect, or neither end nor wait', () => {
    (judgeRun(run({ status: 'running' })) === undefined).should.equal(false);
    (judgeRun(run({ status: 'ready' })) === undefined).should.equal(false);
    (judgeRun(run({ status: 'ready', withoutEntry: true })) === undefined).should.equal(true);
    (judgeRun(run({ status: 'waiting' })) === undefined).should.equal(false);
    (judgeRun(run({ status: 'dead', failure: { class: 'internal', code: 'UNEXPECTED', message: 'm' } })) === undefined).should.equal(false);
    (judgeRun(run({ status: 'waiting', waitingFor: { reason: 'a person' } })) === undefined).should.equal(true);
  });

  it('finds events that were acknowledged and are not stored, or refused and stored', () => {
    const ledger = new Ledger();
    const sent = (events: string[]) => asked({ kind: 'webhook', expects: { events } });
    ledger.note(7, sent(['fz7x']), answered(202, '{"accepted":1,"duplicates":0}'));
    ledger.note(8, sent(['fz8x']), answered(202, '{"accepted":1,"duplicates":0}'));
    ledger.note(9, sent(['fz9x']), answered(400, '{}'));
    const stored = [run({}), run({ event: { id: 'fz9x', subject: 's' } })];
    ledger.compare(stored).should.deepEqual([
      { n: 8, what: 'events were acknowledged and are not stored' },
      { n: 9, what: 'events were refused and are stored' },
    ]);
  });
});
