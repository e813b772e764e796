import 'should';
import should from 'should';
import { accessToken, isDark } from '../../console/page-host.ts';
import { pageWords } from '../../console/page-words.ts';

const storage = (values: Record<string, string>) => ({ getItem: (key: string) => values[key] ?? null });

describe('the console page', () => {
  it('uses the sign-in of the editor at the same address, and not that of another Node-RED beside it', () => {
    const stored = storage({ 'auth-tokens': '{"access_token":"root"}', 'auth-tokens-team-a': '{"access_token":"team a"}' });
    should(accessToken(stored, '/')).equal('root');
    should(accessToken(stored, '/team/a/')).equal('team a');
    should(accessToken(stored, '/team/b/')).be.undefined();
  });

  it('takes a broken sign-in for none', () => {
    should(accessToken(storage({ 'auth-tokens': '{' }), '/')).be.undefined();
    should(accessToken(storage({ 'auth-tokens': '{"access_token":7}' }), '/')).be.undefined();
  });

  it('is light unless the editor was set to dark, or to follow a dark system', () => {
    [isDark(null, true), isDark('light', true), isDark('auto', false), isDark('auto', true), isDark('dark', false)].should.eql([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('speaks the language set in the editor, else the browser’s, else English', () => {
    pageWords('de', ['en-US']).language.should.equal('de');
    pageWords(undefined, ['fr-FR', 'de-AT']).language.should.equal('de');
    pageWords(undefined, ['fr-FR']).language.should.equal('en-US');
    pageWords('de', []).words('dead.selected.other', { n: 3 }).should.equal('3 ausgewählt');
  });
});
