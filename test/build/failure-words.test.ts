import 'should';
import should from 'should';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { failures as english } from '../../locales/en-US/failures.generated.ts';
import { gapName } from '../../model/failure-sentence.ts';
import { failureRooms, languages, readCatalogue } from '../../scripts/build/catalogue.ts';
import { root } from './built-pack.ts';
import { failureSources } from './failure-sources.ts';

type Texts = Record<string, Record<string, string>>;
const catalogues: Record<string, Texts> = Object.fromEntries(
  languages(root).map((language) => [
    language,
    Object.assign({}, ...failureRooms(root, language).map((room) => readCatalogue(root, language, room))) as Texts,
  ]),
);
const generated: Record<string, Texts> = { 'en-US': english, de: german };
const gapsOf = (texts: Record<string, string> = {}) =>
  [...new Set(Object.values(texts).flatMap((text) => [...text.matchAll(/__(\w+?)__/g)].map(([, gap]) => gapName(gap!))))].sort();

describe('what a failure says', () => {
  const { asked, joins, sentences, inGaps } = failureSources();
  /** said by the mechanism itself */
  const always = ['AS_SAID'];

  it('has words in every language, whichever code it has', () => {
    asked.length.should.be.above(30);
    const wordless = asked.flatMap(({ at, by, key }) => {
      if (key === undefined) return [`${at}: the key is not written out`];
      const kind = by === 'inWords' ? 'message' : 'text';
      return languages(root).flatMap((language) =>
        catalogues[language]?.[key]?.[kind] ? [] : [`${at}: ${language} has no ${kind} for ${key}`],
      );
    });
    const unjoined = joins.flatMap((key) =>
      languages(root).flatMap((language) => (catalogues[language]?.[key]?.['text'] ? [] : [`${language}: ${key}`])),
    );
    should([...wordless, ...unjoined]).eql([]);
  });

  it('fills exactly the gaps of its words', () => {
    const wrong = asked.flatMap(({ at, key, params }) => {
      if (params === undefined) return [`${at}: what fills the gaps is not written out`];
      const gaps = gapsOf((english as Texts)[key ?? '']);
      return [...params].sort().join() === gaps.join()
        ? []
        : [`${at}: ${key} has the gaps ${gaps.join(', ')}, given are ${params.join(', ')}`];
    });
    should(wrong).eql([]);
  });

  it('leaves no words over', () => {
    const used = new Set([...asked.map(({ key }) => key), ...joins, ...always]);
    Object.keys(english)
      .filter((key) => !used.has(key))
      .should.eql([]);
  });

  it('stands in one room alone, and in the same of each language', () => {
    for (const language of languages(root)) {
      failureRooms(root, language).should.eql(failureRooms(root, 'en-US'), language);
      const rooms = failureRooms(root, language).map((room) => Object.keys(readCatalogue(root, language, room)));
      const keys = rooms.flat();
      keys.filter((key, at) => keys.indexOf(key) !== at).should.eql([], language);
      const asTypes = generated[language];
      if (asTypes) Object.keys(asTypes).sort().should.eql(keys.sort(), `locales/${language}/failures.generated.ts has every room`);
    }
  });

  it('has no key that ends as a part of another key’s words is called: a catalogue would take one for the other', () => {
    for (const catalogue of Object.values(catalogues)) {
      Object.keys(catalogue)
        .filter((key) => /\.(message|remedy|text)$/.test(key))
        .should.eql([]);
    }
  });

  it('is not written into the code: neither sentences nor what records and writes are called', () => {
    [...sentences].map(([file, sentence]) => `${file}: ${sentence}`).should.eql([]);
  });

  it('is in no gap of its words in English', () => {
    inGaps.should.eql([]);
  });
});
