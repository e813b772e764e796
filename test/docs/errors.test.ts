import 'should';
import { reactions } from '../../engine/retry-policy.ts';
import { failureClasses } from '../../model/failure.ts';
import { failureClassWords } from '../../scripts/docs/failure-classes.ts';
import { failureSources } from '../build/failure-sources.ts';
import { document, found, sources } from './documents.ts';

/** A code of our own where a failure or an issue is made without words: `code: 'STALLED'`, `missing('TASK_UNKNOWN', …)`, or a line of its own. */
const ownCode =
  /(?:\bcode: |\b(?:missing|wrong|wrongInput|unusable|badRule|invalid|about)\(\s*(?:'\w+',\s*)?)'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g;

const rooms = ['nodes/*/*/*.ts', 'engine/**/*.ts', 'runtime/**/*.ts', 'model/*.ts', 'connectors/**/*.ts'];
const tablesOfSystems = /error-table|token-errors/;

/** Words that give nothing its code, which the call itself does not show: what a system or a schema said has theirs, and the others are parts of sentences. */
const noCodes = new Set([
  'API',
  'AS_SAID',
  'CHANGE',
  'EXPENSE_BREAK',
  'OBSTACLE',
  'PERMISSION',
  'SCHEMA_OTHER',
  'SIGN_IN_PASSING',
  'TIME_BREAK',
]);

describe('docs/errors.md', () => {
  const page = document('docs/errors.md');
  /** `inWords('RULE_INVALID.since', …)` where it gives a failure or an issue its code */
  const asked = failureSources().asked.flatMap(({ file, code, class: failureClass }) => (code ? [{ file, code, failureClass }] : []));
  const worded = asked.filter(({ code }) => !noCodes.has(code));

  it('explains every class: what it means, what happens, what to do', () => {
    for (const name of failureClasses) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` | ${failureClassWords[name].means}`));
      (row ?? `no row for ${name}`).should.containEql(failureClassWords[name].todo);
    }
    Object.keys(reactions)
      .sort()
      .should.deepEqual([...failureClasses].sort());
  });

  it('explains every code that we raise ourselves', () => {
    const code = sources(rooms, tablesOfSystems)
      .map(({ text }) => text)
      .join('\n');
    const tables = new Set(
      found(
        sources('connectors/*/errors/error-table.ts')
          .map(({ text }) => text)
          .join('\n'),
        /\b([A-Z][A-Z0-9_]{3,})\b/g,
      ),
    );
    const inWords = worded.filter(({ file }) => !tablesOfSystems.test(file)).map((one) => one.code);
    inWords.length.should.be.above(200);
    const codes = [...new Set([...found(code, ownCode), ...inWords])].filter((name) => !tables.has(name) && !/^HTTP_/.test(name)).sort();
    codes.length.should.be.above(150);
    codes.filter((name) => !page.includes(`\`${name}\``)).should.deepEqual([]);
    [...noCodes].filter((name) => !asked.some(({ code }) => code === name)).should.deepEqual([], 'these are words no more');
  });

  it('gives each of our codes the class with which it is raised', () => {
    const wordless = sources(rooms, tablesOfSystems).flatMap(({ file, text }) =>
      [...text.matchAll(/class: '([a-z.]+)',\s*code: '([A-Z_]+)'/g)].map(([, failureClass = '', code = '']) => ({
        file,
        failureClass,
        code,
      })),
    );
    const pairs = [...wordless, ...worded.filter((one) => one.failureClass !== undefined && !tablesOfSystems.test(one.file))];
    pairs.length.should.be.above(100);
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    const wrong = pairs.filter(({ failureClass, code }) => {
      const naming = rows.filter((row) => row.split('|')[1]?.includes(`\`${code}\``));
      return naming.length > 0 && !naming.some((row) => row.includes(`\`${failureClass}\``));
    });
    wrong.should.deepEqual([]);
  });

  it('explains no code that nobody raises', () => {
    const own = page.slice(page.indexOf('## Our own codes'), page.indexOf('## Salesforce'));
    const wordless = sources(rooms)
      .map(({ text }) => text.replaceAll(/\b(?:inWords|phrase)\(\s*'[^']*'/g, ''))
      .join('\n');
    const raised = new Set(worded.map(({ code }) => code));
    const network = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT']);
    const named = found(own, /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`/g).filter(
      (name) => !name.startsWith('SCHEMA_') && !network.has(name) && name.length > 3,
    );
    named.filter((name) => name !== 'PSCONNECT_STORE' && !raised.has(name) && !wordless.includes(`'${name}'`)).should.deepEqual([]);
  });
});
