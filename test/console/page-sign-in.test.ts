import 'should';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { accessToken, isDark } from '../../console/page-host.ts';
import { type PageCatalogue, pageWords } from '../../console/page-words.ts';
import { root } from '../build/built-pack.ts';

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

  describe('speaks', () => {
    const german = () => JSON.parse(readFileSync(join(root, 'dist/locales/de/ps-connect.json'), 'utf8')) as PageCatalogue;
    const catalogues = new Map([['de', async () => german()]]);

    it('the language set in the editor, else the browser’s, else English', async () => {
      (await pageWords('de', ['en-US'], catalogues)).language.should.equal('de');
      (await pageWords(undefined, ['fr-FR', 'de-AT'], catalogues)).language.should.equal('de');
      (await pageWords(undefined, ['fr-FR'], catalogues)).language.should.equal('en-US');
      (await pageWords(undefined, ['en-GB', 'de'], catalogues)).language.should.equal('en-US');
    });

    it('of what it says itself, and of failures', async () => {
      const { words, failures } = await pageWords('de', [], catalogues);
      words('dead.selected.other', { n: 3 }).should.equal('3 ausgewählt');
      should(failures.text('TIME_ZONE_UNKNOWN', 'message')).equal('Eine Zeitzone __zone__ gibt es nicht.');
    });

    it('English where the words do not come', async () => {
      const away = new Map([['de', async () => Promise.reject<PageCatalogue>(new Error('no answer'))]]);
      const { language, words, failures } = await pageWords('de', [], away);
      language.should.equal('en-US');
      words('dead.selected.other', { n: 3 }).should.equal('3 selected');
      should(failures.text('TIME_ZONE_UNKNOWN', 'message')).be.undefined();
    });
  });
});
