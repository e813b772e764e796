import 'should';
import { reactions } from '../../engine/retry-policy.ts';
import { failureClasses } from '../../model/failure.ts';
import { failureClassWords } from '../../scripts/docs/failure-classes.ts';
import { document, found, sources } from './documents.ts';

/** A code of our own where a failure or an issue is made: `code: 'STALLED'`, `missing('TASK_UNKNOWN', …)`, or a line of its own. */
const ownCode =
  /(?:\bcode: |\b(?:missing|wrong|wrongInput|unusable|badRule|invalid|about)\(\s*(?:'\w+',\s*)?)'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g;

describe('docs/errors.md', () => {
  const page = document('docs/errors.md');

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
    const code = sources(
      ['nodes/*/*/*.ts', 'engine/**/*.ts', 'runtime/**/*.ts', 'model/*.ts', 'connectors/**/*.ts'],
      /error-table|token-errors/,
    )
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
    const codes = found(code, ownCode).filter((name) => !tables.has(name) && !/^HTTP_/.test(name));
    codes.length.should.be.above(50);
    codes.filter((name) => !page.includes(`\`${name}\``)).should.deepEqual([]);
  });

  it('gives each of our codes the class with which it is raised', () => {
    const pairs = sources(
      ['nodes/*/*/*.ts', 'engine/**/*.ts', 'runtime/**/*.ts', 'model/*.ts', 'connectors/**/*.ts'],
      /error-table|token-errors/,
    ).flatMap(({ file, text }) =>
      [...text.matchAll(/class: '([a-z.]+)',\s*(?:code: |\.\.\.inWords\()'([A-Z_]+)['.]/g)].map(([, failureClass = '', code = '']) => ({
        file,
        failureClass,
        code,
      })),
    );
    pairs.length.should.be.above(25);
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    const wrong = pairs.filter(({ failureClass, code }) => {
      const naming = rows.filter((row) => row.split('|')[1]?.includes(`\`${code}\``));
      return naming.length > 0 && !naming.some((row) => row.includes(`\`${failureClass}\``));
    });
    wrong.should.deepEqual([]);
  });

  it('explains no code that nobody raises', () => {
    const own = page.slice(page.indexOf('## Our own codes'), page.indexOf('## Salesforce'));
    const all = sources(['nodes/*/*/*.ts', 'engine/**/*.ts', 'runtime/**/*.ts', 'model/*.ts', 'connectors/**/*.ts'])
      .map(({ text }) => text)
      .join('\n');
    const network = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT']);
    const named = found(own, /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`/g).filter(
      (name) => !name.startsWith('SCHEMA_') && !network.has(name) && name.length > 3,
    );
    named
      .filter((name) => name !== 'PSCONNECT_STORE' && ![`'${name}'`, `'${name}.`].some((written) => all.includes(written)))
      .should.deepEqual([]);
  });
});
