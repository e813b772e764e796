import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import 'should';
import { systems } from '../../connectors/systems.ts';
import { placesOfSystems, systemNames } from '../../scripts/imports/system-names.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('Shared code names no system', () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'psconnect-names-'));
    for (const system of ['sage', 'time-book']) write(`connectors/${system}/declaration.ts`, '');
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  const write = (file: string, text: string) => {
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  const found = () => systemNames(tree).map(({ file, line, system }) => `${file}:${line} ${system}`);

  const planted: [what: string, code: string][] = [
    ['a text', "const a = 'sage';"],
    ['a text among other words', "const a = 'psc-sage-in';"],
    ['a template', `const a = \`\${b} in Sage, \${b}\`;`],
    ['a regular expression', 'const a = /^sage:/;'],
    ['a name', 'const sageClient = 1;'],
    ['a name at the end of others', 'const askSage = 1;'],
    ['a type', 'interface SageRecord {}'],
    ['a constant', 'const SAGE_URL = 1;'],
    ['a field', 'const a = { sage: 1 };'],
    ['a field that is asked for', 'a.sage;'],
    ['an import', "import { a } from '../connectors/sage/wire.ts';"],
    ['a type that is imported', "let a: import('../connectors/sage/wire.ts').A;"],
  ];
  for (const [what, code] of planted) {
    it(`in ${what}, wherever that stands`, () => {
      const files = ['bench', 'connectors/http', 'engine', 'model', 'nodes/erp/customer', 'sandbox/firm', 'scripts'].map(
        (room) => `${room}/a.ts`,
      );
      for (const file of files) write(file, `\nexport const before = 1;\n${code}\n`);
      found()
        .sort()
        .should.deepEqual(files.map((file) => `${file}:3 sage`));
    });
  }

  it('in the middle of a long text either', () => {
    write('model/long.ts', 'const a = `one\ntwo\nin Sage\n`;\n');
    found().should.deepEqual(['model/long.ts:3 sage']);
  });

  it('of several words, however it is written', () => {
    write('model/a.ts', "const TimeBook = 'time-book';\nconst TIME_BOOK = 1;\nconst b = 'a timebook';\nconst c = timeBookUrl;\n");
    found().should.deepEqual([1, 2, 3, 4].map((line) => `model/a.ts:${line} time-book`));
  });

  it('though words may hold its letters, and comments give it as a source', () => {
    write('model/a.ts', "// Sage says so\nconst message = 'usage';\n/** as Sage does */\nconst atTime = 'book';\n");
    found().should.deepEqual([]);
  });

  it('and no system another; its simulator, which is a firm among systems, may', () => {
    for (const room of ['connectors', 'sandbox', 'nodes']) write(`${room}/sage/a.ts`, "const sage = 'time-book';\n");
    write('connectors/sage-platform/a.ts', "const sage = 'sage';\n");
    write('declarations/migrations/a.ts', "const sage = 'sage';\n");
    found().should.deepEqual(['connectors/sage/a.ts:1 time-book', 'nodes/sage/a.ts:1 time-book']);
  });

  describe('nor uses a word of its own', () => {
    beforeEach(() => {
      write('connectors/sage/facts.ts', "export const facts: SystemFacts = {\n  ownWords: ['sql', 'sobject'],\n  operations: {},\n};\n");
    });
    const words = () => systemNames(tree).map(({ file, line, system, word }) => `${file}:${line} ${word} of ${system}`);

    it('in a name, a field or a text', () => {
      write('model/a.ts', "interface Request {\n  sobject: string;\n}\nconst b = 'an sObject';\nconst ofSql = (sqlText: string) => 1;\n");
      words().should.deepEqual(['model/a.ts:2 sobject of sage', 'model/a.ts:4 sobject of sage', 'model/a.ts:5 sql of sage']);
      write('runtime/a.ts', '\nconst rule = { sql: 1 };\n');
      const lint = spawnSync(process.execPath, [join(root, 'scripts/check-imports.ts'), tree], { encoding: 'utf8' });
      lint.status!.should.equal(1);
      lint.stderr.should.match(/^runtime\/a\.ts:2 says sql, a word of sage: shared code asks/m);
    });

    it('but where the system itself may be named, and in what only looks like it', () => {
      const text = "const sobject = 'sql';\n";
      for (const file of ['connectors/sage/a.ts', 'connectors/sage-platform/a.ts', 'sandbox/sage/a.ts', 'nodes/sage/in/a.ts'])
        write(file, text);
      write('model/a.ts', '// as sql does\nconst a = "the node\'s object";\nconst b = isObject(mysql);\n');
      words().should.deepEqual([]);
      write('connectors/time-book/a.ts', text);
      words().should.deepEqual(['connectors/time-book/a.ts:1 sobject of sage', 'connectors/time-book/a.ts:1 sql of sage']);
    });
  });

  it('or the lint fails with file and line, and says what to do', () => {
    write('runtime/a.ts', "\nexport const a = { system: 'sage' };\n");
    const lint = spawnSync(process.execPath, [join(root, 'scripts/check-imports.ts'), tree], { encoding: 'utf8' });
    lint.status!.should.equal(1);
    lint.stderr.should.equal('runtime/a.ts:2 names sage: shared code asks what the declarations of connectors/systems.ts say\n');
  });

  it('in this repository, and each place that may needs to', () => {
    const named = systemNames(root, []);
    const within = (file: string, place: string) =>
      systems.some(({ name }) => `${file}/`.startsWith(`${place.replace('<system>', name)}/`));
    const placeOf = (file: string) => placesOfSystems.find(({ place }) => within(file, place))?.place;
    systemNames(root).should.deepEqual([]);
    [...new Set(named.map(({ file }) => placeOf(file)))].sort().should.deepEqual(placesOfSystems.map(({ place }) => place).sort());
  });
});
