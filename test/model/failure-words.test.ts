import 'should';
import should from 'should';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { Failure } from '../../model/failure.ts';
import { catalogueLanguage, languageOf, type Said, shortKey, sentence, type Words, wholeSentence } from '../../model/failure-sentence.ts';
import { inEnglish, inWords, phrase, wordsOf } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { called } from '../../model/record-names.ts';
import { concerning, redact } from '../../model/redact.ts';

const de = languageOf('de', german);
const tooLong = () =>
  new Failure({
    class: 'contract.invalid',
    field: 'phases',
    ...inWords('DERIVED_TOO_LONG', {
      record: phrase('DERIVED.phase', { code: 'P1' }),
      value: 'ENG-1-P1',
      length: 8,
      limit: 7,
      what: phrase('DERIVED.code-of-phase'),
    }),
  });

describe('What a failure says', () => {
  it('is stored in English, and read in the language of who reads it', () => {
    const { code, message, remedy } = tooLong();
    code.should.equal('DERIVED_TOO_LONG');
    message.should.equal('Phase P1 would have the code ENG-1-P1: 8 characters, at most 7 are possible.');
    should(remedy).equal('Shorten the code of the engagement or the phase.');
    sentence(JSON.parse(JSON.stringify(tooLong())) as Said, de).should.eql({
      message: 'Die Phase P1 hätte den Code ENG-1-P1: 8 Zeichen, möglich sind höchstens 7.',
      remedy: 'Kürzen Sie den Code des Engagements oder der Phase.',
    });
  });

  it('is as it was stored where a language has no words for it, and where what is stored are no words', () => {
    const stored = { message: 'It is so.', remedy: 'Do this.' };
    const odd: unknown[] = [
      undefined,
      { key: 'NO_SUCH' },
      { key: 'MORE' },
      { key: 'MORE', params: 'left' },
      { key: 'MORE', params: [['left', {}]] },
      'MORE',
    ];
    odd.push(
      { key: 'constructor' },
      {
        key: 'ENTITY_CURRENCY_MIXED',
        params: [
          ['entity', 'NL01'],
          ['currencies', { join: 'x', parts: [] }],
        ],
      },
    );
    for (const words of odd) sentence({ ...stored, words: words as Words }, de).should.eql(stored);
  });

  it('may be said within another: with what it advises', () => {
    const failure = tooLong();
    const { remedy, words } = inWords('GIVEN_UP', { before: wordsOf(failure), attempts: 8 });
    const end = 'Nach 8 Versuchen aufgegeben: Stellen Sie den Lauf erneut zu, wenn die Ursache behoben ist.';
    wholeSentence(failure.with({ remedy, words }), de).should.equal(`${wholeSentence(failure, de)} ${end}`);
    const foreign = new Failure({ class: 'transient.unavailable', code: '503', message: 'Said by a system.' });
    const given = foreign.with(inWords('GIVEN_UP', { before: wordsOf(foreign), attempts: 8 }));
    should(given.remedy).equal('Given up after 8 attempts: replay the run when the cause is gone.');
    wholeSentence(given, de).should.equal(`Said by a system. ${end}`);
  });

  it('is what was said last: words of before do not speak for another message', () => {
    should(tooLong().with({ message: 'Something else.' }).words).equal(undefined);
    should(tooLong().with({ record: 'engagement ENG-1' }).words).eql(tooLong().words);
  });

  it('names its record in English, too, and in the words of whoever reads', () => {
    const failure = new Failure({ class: 'business.rejected', code: 'NO', message: 'No.', record: called.timeEntry('kantata:1') });
    should(failure.record).equal('time entry kantata:1');
    const stored = JSON.parse(JSON.stringify(failure)) as { record: string; recordWords: Words };
    sentence({ message: stored.record, words: stored.recordWords }, de).message.should.equal('Zeiteintrag kantata:1');
    should(Failure.from(failure.with({ outcome: 'not-made' })).recordWords).eql(stored.recordWords);
    should(failure.with({ record: 'job 1' }).toJSON())
      .have.property('record', 'job 1')
      .and.not.have.property('recordWords');
    should(new Failure({ ...failure.toJSON() }).toJSON()).eql(failure.toJSON());
  });

  it('begins a sentence with a capital letter where the language has none in the name', () => {
    const title = phrase('WRITE.in', { record: called.timeEntry('1'), systemName: 'NetSuite' });
    inEnglish(title).should.equal('Time entry 1 in NetSuite');
    inEnglish(phrase('WRITE.undo', { title })).should.equal('Undo: Time entry 1 in NetSuite');
    inEnglish(called.timeEntry('1')).should.equal('time entry 1');
    inEnglish('as it is').should.equal('as it is');
  });

  it('is read of the catalogue of Node-RED, which would fill the gaps itself and answers the key for what it has not', () => {
    const asked: object[] = [];
    const language = catalogueLanguage('de', (key, options) => {
      asked.push(options);
      return key === `failures.${shortKey('MORE')}.message` ? german.MORE.message : `ps-connect:${key}`;
    });
    sentence(inWords('MORE', { left: '$t(secret) __left__' }), language).message.should.equal('Es gibt $t(secret) __left__ weitere.');
    asked[0]!.should.eql({ skipInterpolation: true });
  });

  it('holds no secret, and no more than a person reads', () => {
    const forget = knownSecrets.learn('a-very-secret-token');
    try {
      const failure = new Failure({ class: 'internal', ...inWords('UNEXPECTED', { said: 'token a-very-secret-token' }) });
      JSON.stringify(failure).should.not.containEql('a-very-secret-token');
    } finally {
      forget();
    }
    const said = 'x'.repeat(1_000_000);
    JSON.stringify(new Failure({ class: 'internal', ...inWords('UNEXPECTED', { said }) })).length.should.be.below(10_000);
    const parts = Array.from({ length: 40 }, () => said);
    const many = new Failure({
      class: 'internal',
      ...inWords('ENTITY_CURRENCY_MIXED', { entity: said, currencies: { join: 'LIST_AND', parts } }),
    });
    should(many.words).equal(undefined);
    new Failure(many.toJSON()).toJSON().should.eql(many.toJSON());
    let deep: Words = inWords('UNEXPECTED', { said: 'no' }).words;
    for (let level = 0; level < 100; level++) deep = { key: 'UNEXPECTED', params: [['said', deep]] };
    should(new Failure({ class: 'internal', code: 'X', message: 'no', words: deep }).words).equal(undefined);
  });

  it('is masked in its gaps exactly as in its sentences', () => {
    const said = 'Kim Roe (kim@firm.example, +49 711 1234567) approved token 7';
    const failure = new Failure({ class: 'internal', ...inWords('CURRENCY_MIXED', { field: said, currency: 'EUR', contract: 'USD' }) });
    const shown = redact(concerning({ failure }, { resource: { name: 'Kim Roe', email: 'kim@firm.example' } })) as { failure: Said };
    JSON.stringify(shown.failure).should.not.match(/Kim|Roe|kim@|711/);
    const [first] = shown.failure.words!.params as [string, string][];
    shown.failure.message.should.startWith(first![1]);
    sentence(shown.failure, de).message.should.equal(`${first![1]} ist in EUR, der Vertrag in USD.`);
  });
});
