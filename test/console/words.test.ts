import 'should';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { runLook, stepLook } from '../../console/view-models/look.ts';
import { counted, textIn } from '../../console/words.ts';
import german from '../../locales/de/ps-connect.json' with { type: 'json' };
import english from '../../locales/en-US/ps-connect.json' with { type: 'json' };
import { failureClasses } from '../../model/failure.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const has = (key: string) => textIn(english.console, key) !== key;
const sources = globSync('console/**/*.ts', { cwd: root }).map((file) => ({ file, source: readFileSync(root + file, 'utf8') }));

describe('the words of the console', () => {
  it('are there for every text that a part asks for', () => {
    const missing: string[] = [];
    let asked = 0;
    for (const { file, source } of sources) {
      // each text that may be chosen, as in words(ready ? 'status.ready' : 'status.notReady')
      for (const [, argument] of source.matchAll(/\bwords\(([^(),`]*)/g)) {
        for (const [, key] of argument!.matchAll(/'([\w.-]+)'/g)) {
          asked++;
          if (!has(key!)) missing.push(`${file}: ${key}`);
        }
      }
      for (const [, key] of source.matchAll(/\bcounted\(\s*'([\w.-]+)'/g)) {
        asked++;
        for (const form of ['one', 'other']) if (!has(`${key}.${form}`)) missing.push(`${file}: ${key}.${form}`);
      }
    }
    asked.should.be.above(50);
    should(missing).eql([]);
  });

  it('name every status, step, class of failure and kind of break', () => {
    const kinds = [
      ...['missing-in-erp', 'missing-in-psa', 'minutes-differ', 'amount-differs', 'date-differs', 'twice-in-psa', 'twice-in-erp'],
      ...['unreadable-in-psa', 'unreadable-in-erp'],
    ];
    const keys = [
      ...Object.keys(runLook).map((name) => `run.status.${name}`),
      ...Object.keys(stepLook).map((name) => `step.state.${name}`),
      ...failureClasses.map((name) => `class.${name.replace('.', '-')}`),
      ...kinds.map((name) => `reconcile.kind.${name}`),
    ];
    keys.filter((key) => !has(key)).should.eql([]);
  });

  it('count as each language counts', () => {
    const inGerman = (key: string, values?: Record<string, string | number>) => textIn(german.console, key, values);
    counted(inGerman, 'de', 'dead.discarded', 1).should.equal('1 Dead Letter wurde verworfen.');
    counted(inGerman, 'de', 'dead.discarded', 1200).should.equal('1.200 Dead Letters wurden verworfen.');
  });

  it('are never put on the page as markup', () => {
    for (const { file, source } of sources) source.should.not.match(/innerHTML|unsafeHTML|insertAdjacentHTML|outerHTML/, file);
  });
});
