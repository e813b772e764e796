import 'should';
import { systems } from '../../connectors/systems.ts';
import { document, found, sources } from './documents.ts';

interface Line {
  file: string;
  settles: string;
}

/** How each write declares that a doubt about it is settled. */
const declared: Line[] = sources(['connectors/**/*.ts', 'runtime/*.ts', 'runtime/business-api/*.ts', 'nodes/*/*/*.ts']).flatMap(
  ({ file, text }) => [...text.matchAll(/\bsettle: '(\w+)'/g)].map((match) => ({ file, settles: match[1] as string })),
);

const page = document('docs/in-doubt.md');
const rows: (Line & { system: string; keys: string })[] = page
  .slice(page.indexOf('## Each write'), page.indexOf('## Why probe'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (system|---) /.test(line))
  .map((line) => {
    const [, system = '', , keys = '', settles = '', , , , file = ''] = line.split('|').map((cell) => cell.trim());
    return { system, keys, settles: settles.replaceAll('`', ''), file: file.replaceAll('`', '') };
  });

describe('docs/in-doubt.md', () => {
  it('has a line for each write that is declared, with the way that it is settled', () => {
    declared.length.should.be.aboveOrEqual(7);
    const missing = declared.filter(({ file, settles }) => !rows.some((row) => row.file === file && row.settles === settles));
    missing.should.deepEqual([]);
  });

  it('claims no way to settle that the code does not declare', () => {
    const wrong = rows.filter(({ file, settles }) => !declared.some((line) => line.file === file && line.settles === settles));
    wrong.should.deepEqual([]);
  });

  it('names every kind of record that is written', () => {
    let all = 0;
    for (const { name: system, title } of systems) {
      const names = sources(`connectors/${system}/**/*.ts`).flatMap(({ text }) => found(text, /\bkey: `(?!\$)(\w+) /g));
      const keys = rows.filter((row) => row.system === title).map((row) => row.keys);
      names.filter((name) => !keys.some((key) => key.includes(`\`${name} `))).should.deepEqual([], system);
      all += names.length;
    }
    all.should.be.above(8);
  });

  it('says truly that no write needs a person', () => {
    page.should.containEql('No write of this version needs a person.');
    declared.filter(({ settles }) => settles === 'person').should.deepEqual([]);
  });
});
