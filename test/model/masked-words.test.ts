import 'should';
import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { skippedFields } from '../../model/left-out.ts';
import { concerning, redact, unseen } from '../../model/redact.ts';
import { called } from '../../model/record-names.ts';

const shown = (value: unknown) => JSON.stringify(redact(value));
const event = { payload: { id: 'ENG-1', resource: { id: '17', name: 'Anna Keller' }, owner: { email: 'a.keller@firm.example' } } };

/** A failure as every part of it may name somebody: in a gap, in a gap of a gap, in one of a list, and in what the record is called. */
const failure = (name: string) =>
  new Failure({
    class: 'mapping.missing',
    ...inWords('EMPLOYEE_UNKNOWN', { employee: phrase('RECORD_ID.of', { name, id: '17' }) }),
    record: called.resource(name),
    issues: [{ field: 'resource', ...inWords('UNDO_IN_DOUBT', { titles: { join: 'LIST_AND', parts: [name, called.timeEntry(name)] } }) }],
  }).toJSON();

describe('What fills the gaps of words', () => {
  it('is masked as the sentence is: the names of persons that the event marks, and e-mail addresses', () => {
    for (const name of ['Anna Keller', 'Keller, Anna', 'Keller', 'KELLER, ANNA', 'a.keller@firm.example', 'Anna%20Keller']) {
      const text = shown(concerning({ failure: failure(name) }, event));
      text.should.not.match(/Keller|a\.keller/i, name);
      text.should.containEql('EMPLOYEE_UNKNOWN');
    }
  });

  it('is masked where nobody has looked at the event: there a sentence is not shown, and a gap with one word is a part of it', () => {
    for (const name of ['Anna Keller', 'Keller']) {
      const text = shown(concerning({ failure: failure(name), title: `Time of ${name}`, titleWords: called.timeEntry(name) }, unseen));
      text.should.not.match(/Keller/, name);
    }
    shown(concerning({ failure: failure('kantata:17') }, unseen)).should.containEql('kantata:17');
  });

  it('is masked where the same record marks the name: in differences, in what was left out, in a break', () => {
    const words = phrase('RECORD_ID.of', { name: 'Anna Keller', id: '17' });
    for (const record of [
      {
        differences: [{ field: 'resource.name', value: 'Anna Keller', message: 'Anna Keller (17)', words }],
        resource: event.payload.resource,
      },
      {
        leftOut: [{ field: 'resource.email', value: 'a.keller@firm.example', code: 'X', message: 'Anna Keller (17)', words }],
        ...event.payload,
      },
      { kind: 'other', record: 'kantata:1', explained: { failure: { message: 'Anna Keller (17)', words } }, resource: 'Anna Keller' },
    ]) {
      shown(record).should.not.match(/Keller/i);
    }
  });

  it('holds no known secret, and none that was cut', () => {
    const secret = 'w7Kq-93mZ-pL0x-Tt5v-Yb2n';
    const forget = knownSecrets.learnAll([secret]);
    try {
      const long = `${'x'.repeat(990)}${secret}`;
      for (const said of [secret, long, `Bearer ${secret}`]) {
        const text = JSON.stringify(failure(said));
        text.should.not.containEql(secret.slice(0, 12));
        const { message, words } = inWords('EMPLOYEE_UNKNOWN', { employee: said });
        JSON.stringify(knownSecrets.withoutIn({ differences: [{ field: 'code', message, words }] })).should.not.containEql(
          secret.slice(0, 12),
        );
      }
    } finally {
      forget();
    }
  });

  it('is what a field that was left out held in one place only, where its name masks it', () => {
    const words = phrase('RECORD_ID.of', { name: 'phone', id: '+49 711 5550199' });
    const [note] = skippedFields(
      { phone: '+49 711 5550199' },
      { phone: 'account.phone' },
      { code: 'X', message: 'no phone +49 711 5550199', words },
    );
    JSON.stringify({ ...note, value: undefined }).should.not.containEql('5550199');
    shown(note).should.not.containEql('5550199');
  });
});
