import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import should from 'should';
import ts from 'typescript';
import { redact } from '../../model/redact.ts';
import { importCircles } from '../../scripts/imports/import-circles.ts';
import { systemNames } from '../../scripts/imports/system-names.ts';
import { wrongImports } from '../../scripts/imports/wrong-imports.ts';
import { Simulator, type SystemDefinition } from '../../sandbox/simulator.ts';
import type { NodeRedInTest } from '../nodes/node-red-in-test.ts';
import { ExtendedTree } from './extended-tree.ts';

const run = promisify(execFile);
const diff = fileURLToPath(new URL('toy-operation.diff', import.meta.url));

/** Lines that the diff adds and takes away, by file; of one that is new, `new`. */
function touched(): Record<string, string> {
  const files = readFileSync(diff, 'utf8')
    .split(/^diff --git /m)
    .slice(1);
  return Object.fromEntries(
    files.map((text) => {
      const count = (sign: string) => text.split('\n').filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
      return [/ b\/(.+)/.exec(text)![1]!, /^new file/m.test(text) ? 'new' : `+${count('+')} −${count('-')}`];
    }),
  );
}

/** The repository as it is, with the toy system, and the toy operation that it does: a day is closed in the books. */
describe('An operation that is added as a declaration, its words and the system that does it', function () {
  this.timeout(120_000);
  let tree: ExtendedTree;

  before(async () => {
    tree = new ExtendedTree();
    tree.addToySystem();
    tree.apply(diff);
    // it is made anew, whatever there was: two branches may each have made their own
    rmSync(tree.path('model/personal-forms.generated.ts'));
    // `npm run docs` and `npm run build`
    for (const script of ['generate-types', 'docs', 'build']) await run(process.execPath, [`scripts/${script}.ts`], { cwd: tree.root });
  });
  after(() => tree?.remove());

  it('touches these places, and no list of operations, nodes or tests beside them', () => {
    touched().should.deepEqual({
      // what it is
      'declarations/operations.ts': '+1 −0',
      'model/operations.ts': '+3 −0',
      'model/requests.ts': '+6 −0',
      'model/results.v1.schema.json': '+12 −0',
      // the node that does it, with what is special about it, and an example
      'nodes/erp/close-day/declaration.ts': 'new',
      'nodes/erp/close-day/node.ts': 'new',
      'icons/erp-close-day.svg': 'new',
      'flows/close-the-day.json': 'new',
      // its words
      'locales/de/erp-close-day.json': 'new',
      'locales/de/erp-close-day.md': 'new',
      'locales/de/failures/declarations.json': '+3 −0',
      'locales/en-US/erp-close-day.json': 'new',
      'locales/en-US/erp-close-day.md': 'new',
      'locales/en-US/failures/declarations.json': '+3 −0',
      // the system that does it, and its simulator
      'connectors/abaco/connector.ts': '+3 −1',
      'connectors/abaco/day-close.ts': 'new',
      'connectors/abaco/declaration.ts': '+1 −1',
      'connectors/abaco/facts.ts': '+14 −0',
      'sandbox/abaco/conformance.ts': '+15 −0',
      'sandbox/abaco/definition.ts': '+17 −2',
    });
  });

  it('holds the rules of the house: what it takes and answers is typed, imports run one way, and no shared code names the system', async () => {
    const { config } = ts.readConfigFile(tree.path('tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, tree.root);
    // and, of what was made, the type of what the admin API tells
    const files = [...Object.keys(touched()).filter((file) => file.endsWith('.ts')), 'runtime/admin-api/connections-seen.ts'];
    const program = ts.createProgram(
      files.map((file) => tree.path(file)),
      options,
    );
    const wrong = files.flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(tree.path(file))));
    wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).should.deepEqual([]);
    wrongImports(tree.root).should.deepEqual([]);
    importCircles(tree.root).should.deepEqual([]);
    systemNames(tree.root).should.deepEqual([]);
  });

  it('has the persons of its records masked by what its declaration says, and by nothing else', async () => {
    const record = { bookkeeper: 'Anna Keller' };
    const { redact: there } = await tree.import<{ redact: typeof redact }>('model/redact.ts');
    should(there(record)).deepEqual({ bookkeeper: '•••' });
    should(redact(record)).deepEqual(record);
  });

  /** The toy system itself speaks English alone, as one of another package may. */
  it('has words in each language, and a page that Node-RED and its scorecard can read', async () => {
    const mocha = fileURLToPath(new URL('../../node_modules/.bin/mocha', import.meta.url));
    const tests = ['test/build/words.test.ts', 'test/build/failure-words.test.ts', 'test/build/pack-contract.test.ts'];
    const { stdout } = await run(
      process.execPath,
      [mocha, '--no-config', '--require', 'should', '--exit', '--invert', '--grep', 'not written into the code', ...tests],
      {
        cwd: tree.root,
      },
    ).catch((error: { stdout: string }) => error);
    stdout.should.match(/\d+ passing/).and.not.match(/failing/);
  });

  it('has its row in the tables: what it is called, by which node it is done, and which system does it', () => {
    const tables = tree.read('docs/nodes.md');
    tables.should.containEql('| `day.close` | close days | one | `erp-close-day` |  | ClosedDay | `msg.erp.closedDay` |  |  |  |  | yes |');
    tables.should.containEql('**ClosedDay**: A day that takes no more time; answered by `day.close`.');
    tables.should.containEql('| `erp-close-day` | close a day | 1 in, 1 out | Closes a day of a project');
    const settings = tables.split('### erp-close-day\n')[1]!.split('### ')[0]!;
    settings.should.containEql('| `connection` | a `system-connection` to Abaco |');
    settings.should.containEql('| `day` | typed | `msg.payload.day` |');
  });

  it('has its lines in the tables of writes and of calls', () => {
    tree
      .read('docs/in-doubt.md')
      .should.containEql(
        '| Abaco | `day.close` | `day DAY` | `probe` | **closed twice** | Abaco finds closings by their day | **a person**: Abaco opens no day again |',
      );
    tree.read('docs/nodes.md').should.containEql('| Abaco | `day.close` | any number | 2 for each day |');
  });

  it('has its node in the palette, with form, defaults and help, and offers connections to the systems that do it', () => {
    const page = tree.read('dist/erp-close-day.html');
    page.should.match(/day: \{ value: "payload\.day", .*\n\s+dayType: \{ value: "msg" \}/);
    page.should.containEql('id="node-input-day"');
    page.should.containEql('"able":[{"name":"abaco","title":"Abaco"}]');
    page.should.match(/<h3>Settings<\/h3>[^]*<dt>Day<\/dt><dd>The day that is closed, as 2026-03-10\.<\/dd>/);
    tree.read('dist/locales/de/erp-close-day.html').should.containEql('<dt>Tag</dt>');
    const { 'node-red': listed } = JSON.parse(tree.read('package.json')) as { 'node-red': { nodes: Record<string, string> } };
    should(listed.nodes['erp-close-day']).equal('dist/erp-close-day.js');
  });

  it('is told of a connection by the admin API, as its document says', () => {
    const { components, 'x-operations': told } = JSON.parse(tree.read('docs/openapi.json')) as {
      components: { schemas: { Connection: { properties: { does: { items: { enum: string[] } } } }; ClosedDay: { required: string[] } } };
      'x-operations': Record<string, object>;
    };
    components.schemas.Connection.properties.does.items.enum.should.containEql('day.close');
    components.schemas.ClosedDay.required.should.deepEqual(['id']);
    should(told['day.close']).match({ answers: { $ref: '#/components/schemas/ClosedDay' }, result: 'erp.closedDay' });
  });

  it('is held to all that can go wrong by being declared', async () => {
    const { stdout } = await run(process.execPath, ['scripts/conformance.ts', '--system', 'abaco'], { cwd: tree.root });
    stdout.should.match(/\| day\.close \| done \|\n/);
    stdout.should.match(/\| day\.close \|( ✓ \d+ \|){11}\n/);
  });

  describe('in Node-RED', () => {
    let red: NodeRedInTest;
    let sim: Simulator<{ closings: object[] }>;
    before(async () => {
      const { abaco } = await tree.import<{ abaco: SystemDefinition<{ closings: object[] }> }>('sandbox/abaco/definition.ts');
      sim = await new Simulator(abaco, { port: 0 }).start();
      const there = await tree.import<{ NodeRedInTest: typeof NodeRedInTest }>('test/nodes/node-red-in-test.ts');
      red = await there.NodeRedInTest.start();
    });
    afterEach(() => red.unload());
    after(async () => {
      await red?.end();
      await sim?.stop();
    });

    const flow = (system: string) => [
      { id: 'tab', type: 'tab', label: 'Evening' },
      { id: 'books', type: 'system-connection', system, abacoBaseUrl: sim.url },
      { id: 'close', type: 'erp-close-day', z: 'tab', connection: 'books', wires: [['sent']] },
      { id: 'sent', type: 'helper', z: 'tab', wires: [] },
    ];
    const evening = { payload: { day: '2026-03-10', project: 'ENG-0001' } };

    it('is done once, by the settings that the flow leaves out, and its result is where it is declared', async () => {
      await red.load(flow('abaco'), { books: { abacoApiKey: sim.definition.credentials(sim)['apiKey'] } });
      red.receive('close', evening);
      const [ended] = await red.ended();
      should(ended!.failure).equal(undefined);
      sim.state.closings.should.deepEqual([{ id: 'C1', ...evening.payload }]);
      should(red.seen.at('sent')[0]!.erp).deepEqual({ closedDay: { id: 'C1' } });
      const [connection] = await red.ask<{ does: string[] }[]>('/connections');
      connection!.does.should.deepEqual(['time.post', 'posted-time.list', 'day.close']);
    });

    it('is refused by name where the chosen system does not do it', async () => {
      await red.load(flow('kantata'), { books: { kantataAccessToken: 'a token, long enough to be one' } });
      red.receive('close', evening);
      const [ended] = await red.ended();
      should(ended!.failure).match({
        code: 'OPERATION_UNSUPPORTED',
        message: 'Kantata cannot close days.',
        value: 'day.close',
        remedy: /a connection to Abaco and deploy/,
      });
    });
  });
});
