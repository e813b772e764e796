import 'should';
import should from 'should';
import { jsonText } from '../../console/view-models/edited-json.ts';
import { plainJson, plainText } from '../../model/plain-text.ts';

describe('A text from outside', () => {
  it('names what cannot be seen in it and would reorder or hide the rest', () => {
    plainText('invoice\u202efdp.exe').should.equal('invoice[U+202E]fdp.exe');
    plainText('a\u0000b\u0007\u001b[31m\u2066c\u2069\u200f\ufeff').should.equal(
      'a[U+0000]b[U+0007][U+001B][31m[U+2066]c[U+2069][U+200F][U+FEFF]',
    );
    plainText('\u{e0041}').should.equal('[U+E0041]');
  });

  it('is left as it is otherwise, in every script', () => {
    for (const text of ['Müller & Söhne\n\tGmbH', 'שלום', 'مرحبا', '日本', '👩\u200d💻', 'क्\u200dष', '‘quoted’ – 5 €'])
      plainText(text).should.equal(text);
  });

  it('can be edited as JSON, and is the same when nothing was changed', () => {
    const data = { name: 'a\u202eb\u{e0041}\u2028', plain: 'ü' };
    const text = jsonText(data);
    text.should.containEql('a\\u202Eb').and.containEql('ü');
    should(JSON.parse(text)).deepEqual(data);
    plainJson('{\n  "a": 1\n}').should.equal('{\n  "a": 1\n}');
  });
});
