import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import 'should';
import { importCircles } from '../../scripts/imports/import-circles.ts';
import { importsOf, sourceFiles } from '../../scripts/imports/imports-of.ts';
import { wrongImports } from '../../scripts/imports/wrong-imports.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Each kind of violation, and beside it what looks alike and is allowed. */
const cases: { what: string; file: string; wrong: string; right: string }[] = [
  { what: 'the model knows nothing else', file: 'model/money.ts', wrong: '../engine/clock.ts', right: './minutes.ts' },
  { what: 'the engine knows no Node-RED', file: 'engine/engine.ts', wrong: '../runtime/pack.ts', right: '../model/failure.ts' },
  { what: 'the engine knows no system', file: 'engine/sqlite/store.ts', wrong: '../../connectors/registry.ts', right: '../clock.ts' },
  {
    what: 'a connector does not know the store',
    file: 'connectors/netsuite/wire.ts',
    wrong: '../../engine/store.ts',
    right: '../http/client.ts',
  },
  {
    what: 'a declaration knows no system',
    file: 'declarations/system.ts',
    wrong: '../connectors/kantata/connector.ts',
    right: './node-declaration.ts',
  },
  { what: 'a system knows no other system', file: 'connectors/netsuite/wire.ts', wrong: '../kantata/wire.ts', right: './settings.ts' },
  {
    what: 'the HTTP client knows no system',
    file: 'connectors/http/client.ts',
    wrong: '../netsuite/wire.ts',
    right: '../../model/json.ts',
  },
  {
    what: 'a protocol knows no system that speaks it',
    file: 'connectors/oauth2/token-answer.ts',
    wrong: '../kantata/wire.ts',
    right: '../http/http-call.ts',
  },
  {
    what: 'a platform knows no system that stands on it',
    file: 'connectors/salesforce-platform/wire.ts',
    wrong: '../salesforce/connector.ts',
    right: '../oauth2/token-answer.ts',
  },
  {
    what: 'the list of systems knows systems only',
    file: 'connectors/systems.ts',
    wrong: '../engine/store.ts',
    right: './kantata/connector.ts',
  },
  {
    what: 'the runtime knows no node',
    file: 'runtime/a/b.ts',
    wrong: '../../nodes/erp/customer/node.ts',
    right: '../../declarations/node-declaration.ts',
  },
  {
    what: 'a node knows no system',
    file: 'nodes/erp/customer/node.ts',
    wrong: '../../../connectors/netsuite/customer-ensure.ts',
    right: '../../../runtime/action-node.ts',
  },
  { what: 'a node knows no other node', file: 'nodes/erp/customer/node.ts', wrong: '../project/node.ts', right: './declaration.ts' },
  {
    what: 'a form does not load the server',
    file: 'nodes/editor/index.ts',
    wrong: '../../runtime/pack.ts',
    right: '../../declarations/node-declaration.ts',
  },
  {
    what: 'what nodes share knows no node',
    file: 'declarations/shared-fields.ts',
    wrong: '../nodes/erp/customer/node.ts',
    right: './node-declaration.ts',
  },
  {
    what: 'the console does not load the server',
    file: 'console/parts/list.ts',
    wrong: '../../engine/store.ts',
    right: '../../model/exact-money.ts',
  },
  { what: 'the console loads no failures', file: 'console/parts/list.ts', wrong: '../../model/money.ts', right: '../../model/json.ts' },
  { what: 'nor by a detour', file: 'model/exact-money.ts', wrong: './failure.ts', right: './exact-decimal.ts' },
  { what: 'nor by a declaration', file: 'declarations/system.ts', wrong: '../model/failure.ts', right: '../model/outside-number.ts' },
  {
    what: 'the sandbox is written without the connectors',
    file: 'sandbox/netsuite/api.ts',
    wrong: '../../connectors/netsuite/wire.ts',
    right: '../clock.ts',
  },
  {
    what: 'a simulator knows no other simulator',
    file: 'sandbox/netsuite/api.ts',
    wrong: '../kantata/definition.ts',
    right: '../firm/firm.ts',
  },
  { what: 'the made-up firm knows no system', file: 'sandbox/firm/firm.ts', wrong: '../systems.ts', right: './people.ts' },
  { what: 'no part leans on scripts or tests', file: 'engine/engine.ts', wrong: '../scripts/build.ts', right: './clock.ts' },
];

describe('the direction of imports', () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'psconnect-imports-'));
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  const write = (file: string, text: string) => {
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };

  for (const { what, file, wrong, right } of cases) {
    it(`is held: ${what}`, () => {
      write(file, `import { a } from '${right}';\n\nimport { b } from '${wrong}';\nexport const c = a + b;\n`);
      const found = wrongImports(tree);
      found.map((each) => `${each.file}:${each.line}`).should.eql([`${file}:3`]);
      found[0]!.imports.should.equal(join(dirname(file), wrong));
    });
  }

  it('is held for what is loaded late, passed on or used as a type', () => {
    write(
      'engine/engine.ts',
      [
        "export * from '../runtime/a.ts';",
        "const b = await import('../runtime/b.ts');",
        "export type C = import('../runtime/c.ts').C;",
        "import type { D } from '../runtime/d.ts';",
        "import axios from 'axios';",
      ].join('\n'),
    );
    wrongImports(tree)
      .map(({ line }) => line)
      .should.eql([1, 2, 3, 4]);
  });

  it('lets the console read the shape of an answer, but not the code that makes it', () => {
    write('console/answers.ts', "import type { Run } from '../engine/store.ts';\nimport { type Effect } from '../engine/store.ts';\n");
    wrongImports(tree).should.eql([]);
    write('console/answers.ts', "import { type Run, openStore } from '../engine/store.ts';\n");
    wrongImports(tree)[0]!.why.should.equal('console may import it for its types only');
  });

  it('fails the lint with file and line, and says which import it is', () => {
    write('model/money.ts', "\nimport { clock } from '../engine/clock.ts';\n");
    const lint = spawnSync(process.execPath, [join(root, 'scripts/check-imports.ts'), tree], { encoding: 'utf8' });
    lint.status!.should.equal(1);
    lint.stderr.should.equal('model/money.ts:2 imports engine/clock.ts: model may import only locales/en-US/failures.generated.ts\n');
  });

  it('goes round nowhere, over however many files, also for types only', () => {
    write('engine/a.ts', "import type { B } from './b.ts';\n");
    write('engine/b.ts', "import { c } from './c/c.ts';\n");
    write('engine/c/c.ts', "export { a } from '../a.ts';\n");
    write('engine/d.ts', "import { a } from './a.ts';\n");
    importCircles(tree).should.eql([['engine/a.ts', 'engine/b.ts', 'engine/c/c.ts']]);
    write('engine/c/c.ts', "import { nothing } from '../e.ts';\n");
    importCircles(tree).should.eql([]);
    write('test/engine/one.ts', "import { two } from './two.ts';\n");
    write('test/engine/two.ts', "import type { One } from './one.ts';\n");
    importCircles(tree).should.eql([['test/engine/one.ts', 'test/engine/two.ts']]);
  });

  it('is kept by this repository', () => {
    wrongImports(root).should.eql([]);
    importCircles(root).should.eql([]);
  });

  it('leads no page to failures, to their English words or to the search for secrets', () => {
    const files = sourceFiles(root);
    const loaded = new Set<string>();
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      if (!files.includes(file)) return;
      for (const { imports, typesOnly } of importsOf(file, readFileSync(join(root, file), 'utf8'))) if (!typesOnly) load(imports);
    };
    for (const page of ['console/page.ts', 'console/sidebar.ts', 'nodes/editor/index.ts']) load(page);
    const heavy = ['model/failure.ts', 'locales/en-US/failures.generated.ts', 'model/secret-search.ts', 'model/known-secrets.ts'];
    for (const file of heavy) existsSync(join(root, file)).should.be.true(file);
    heavy.filter((file) => loaded.has(file)).should.eql([]);
    loaded.has('model/currency-decimals.ts').should.be.true();
  });

  it('leaves in the runtime nothing that one node alone uses', () => {
    const users = new Map<string, Set<string>>();
    for (const file of sourceFiles(root)) {
      const user = /^nodes\/\w+\/[\w-]+(?=\/)/.exec(file)?.[0] ?? file;
      for (const { imports } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
        users.set(imports, (users.get(imports) ?? new Set()).add(user));
      }
    }
    const ofOneNode = [...users].filter(
      ([file, by]) => /^runtime\/[\w-]+\.ts$/.test(file) && by.size === 1 && /^nodes\//.test([...by][0]!),
    );
    ofOneNode.map(([file, by]) => `${file} is used by ${[...by].join()} alone`).should.eql([]);
  });
});
