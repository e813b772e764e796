import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import should from 'should';
import ts from 'typescript';
import { languages } from '../../scripts/build/catalogue.ts';
import { pluginName } from '../../scripts/build/package-map.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';
import { seenByScorecard } from '../build/scorecard.ts';
import { npmInstall } from './npm-command.ts';
import { freshlyPacked, type Manifest, type PackedPack, packedPack, readManifest, root } from './packed-pack.ts';

const run = promisify(execFile);
const semver = createRequire(createRequire(import.meta.url).resolve('node-red/package.json'))('semver') as {
  satisfies(version: string, range: string): boolean;
};

/** Node-RED's scorecard (node-red-dev 0.1.6, `validate`): what it can judge without the network, on what npm would publish. */
describe('the package that npm would publish', function () {
  this.timeout(120_000);
  let pack: PackedPack;
  let manifest: Manifest;
  let palette: PaletteNode[];

  before(async () => {
    pack = await packedPack();
    manifest = readManifest(pack.from);
    palette = await readPalette(root);
  });
  after(() => pack?.remove());

  const text = (file: string) => readFileSync(join(pack.from, file), 'utf8');

  describe("in Node-RED's scorecard", () => {
    it('P01 has a licence', () => {
      should(manifest.license).equal('Apache-2.0');
    });

    it('P03 says where its source is and where a fault is reported', () => {
      should(manifest.repository).be.ok();
      should(manifest.bugs).be.ok();
    });

    it('P04, P08 has a scoped name with a tail of its own', () => {
      manifest.name.should.match(/^@[a-z]+\/node-red-[a-z-]+$/);
    });

    it('P05 is found under the keyword node-red', () => {
      should(manifest.keywords).containEql('node-red');
    });

    it('P06 runs on the Node-RED of today and on the one before', () => {
      const range = manifest['node-red'].version!;
      for (const version of ['4.1.0', '4.1.15', '5.0.0', '5.0.7']) semver.satisfies(version, range).should.equal(true, version);
      semver.satisfies('4.0.9', range).should.be.false();
    });

    it('P07 accepts the oldest Node that Node-RED accepts', () => {
      semver.satisfies('22.9.0', manifest.engines!.node!).should.be.true();
    });

    it('N01 shows its types where the scorecard looks: one literal type per page', () => {
      const seen = Object.entries(manifest['node-red'].nodes).map(([set, file]) => {
        const found = seenByScorecard(text(file.replace('.js', '.html')));
        found.length.should.equal(1, set);
        return found[0]!.type;
      });
      seen.sort().should.eql(palette.map((node) => node.declaration.type).sort());
    });

    it('N02 uses every palette node in an example', () => {
      const used = new Set(
        globSync('examples/**/*.json', { cwd: pack.from }).flatMap((file) =>
          (JSON.parse(text(file)) as { type: string }[]).map(({ type }) => type),
        ),
      );
      const inPalette = Object.values(manifest['node-red'].nodes)
        .flatMap((file) => seenByScorecard(text(file.replace('.js', '.html'))))
        .filter(({ literals }) => literals['category'] !== 'config');
      inPalette.filter(({ type }) => !used.has(type)).should.eql([]);
    });

    it('D01 brings at most six packages along, and none by a back door', () => {
      Object.keys(manifest.dependencies ?? {}).length.should.be.belowOrEqual(6);
      for (const key of ['bundleDependencies', 'optionalDependencies', 'peerDependencies'] as const) should(manifest[key]).be.undefined();
    });

    it('runs nothing on the machine that installs it', () => {
      Object.keys(manifest.scripts ?? {})
        .filter((name) => /^(pre|post)?install$|^prepare$/.test(name))
        .should.eql([]);
    });
  });

  describe('holds', () => {
    it('what Node-RED and a reader need, and nothing else', () => {
      const types = palette.map((node) => node.declaration.type);
      // a type that another has succeeded has no help any more
      const helped = palette.filter((node) => !node.declaration.succeededBy).map((node) => node.declaration.type);
      const wanted = [
        'package.json',
        'README.md',
        'LICENSE',
        'THIRD_PARTY.md',
        'dist/package.json',
        'dist/core.js',
        'dist/store-thread.js',
        'dist/expression-process.js',
        'dist/structured-log.js',
        'dist/event-libraries.js',
        'dist/parquet-library.js',
        'dist/failure-words.js',
        'dist/contract-schemas.js',
        'dist/linear-expressions.js',
        'dist/ps-connect-apis.js',
        'dist/ps-connect-journal.js',
        ...[...types, pluginName].flatMap((name) => [`dist/${name}.js`, `dist/${name}.html`]),
        ...types.map((type) => `dist/icons/${type}.svg`),
        ...languages(root).flatMap((language) => [
          ...[...types, pluginName].map((name) => `dist/locales/${language}/${name}.json`),
          ...(language === 'en-US' ? [] : helped.map((type) => `dist/locales/${language}/${type}.html`)),
        ]),
        ...globSync('flows/*.json', { cwd: root }).map((file) => file.replace(/^flows/, 'examples')),
      ];
      const held = pack.files.map(({ path }) => path);
      const consolePage = held.filter((path) => /^dist\/console\/[\w-]+\.(html|css|js|svg|ico)(\.(br|gz))?$/.test(path));
      const rest = held.filter((path) => !consolePage.includes(path));
      ({ tooMuch: rest.filter((path) => !wanted.includes(path)), missing: wanted.filter((path) => !rest.includes(path)) }).should.eql({
        tooMuch: [],
        missing: [],
      });
      consolePage.should.containDeep(['dist/console/page.js', 'dist/console/sidebar.js']);
    });

    it('no path of the machine it was built on, no simulator and no map of its source', () => {
      for (const { path } of pack.files) {
        const content = text(path);
        content.includes(root.slice(0, -1)).should.equal(false, `${path} names ${root}`);
        /__sandbox|sourceMappingURL|BEGIN (RSA )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/.test(content).should.equal(false, path);
      }
    });

    it('little enough to install in a moment', () => {
      console.log(
        `        ${Math.round(pack.size / 1024)} kB packed, ${Math.round(pack.unpackedSize / 1024)} kB unpacked, ${pack.files.length} files`,
      );
      // English and German as before there were more, and for each further language what its help, forms and failures come to
      const further = languages(root).length - 2;
      pack.size.should.be.below(1024 * 1024 + further * 140 * 1024);
    });

    it('the same bytes when it is built and packed again', async () => {
      const again = await freshlyPacked();
      try {
        again.files.should.eql(pack.files);
        again.shasum.should.equal(pack.shasum);
      } finally {
        again.remove();
      }
    });
  });

  describe('in an empty project', () => {
    let project: string;
    before(async () => {
      project = mkdtempSync(join(tmpdir(), 'psconnect-installed-'));
      writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
      await npmInstall([pack.tarball], project);
    });
    after(() => rmSync(project, { recursive: true, force: true }));

    it('loads every file with what its dependencies brought, and nothing more', async () => {
      const installed = join(project, 'node_modules', manifest.name);
      for (const file of globSync('dist/*.js', {
        cwd: installed,
        exclude: ['dist/store-thread.js', 'dist/expression-process.js', 'dist/ps-connect-apis.js', 'dist/ps-connect-journal.js'],
      })) {
        const load = 'const loaded = require(process.argv[1]); process.stdout.write(typeof loaded)';
        const { stdout } = await run(process.execPath, ['-e', load, join(installed, file)], { cwd: project });
        stdout.should.equal(
          [
            'dist/core.js',
            'dist/event-libraries.js',
            'dist/parquet-library.js',
            'dist/failure-words.js',
            'dist/contract-schemas.js',
            'dist/linear-expressions.js',
          ].includes(file)
            ? 'object'
            : 'function',
          file,
        );
      }
    });

    it('checks a journal by a command that needs no Node-RED', async () => {
      const file = join(project, 'journal.jsonl');
      writeFileSync(file, `${JSON.stringify({ end: { seq: 0, hash: '0'.repeat(64) }, exportedAt: '' })}\n`);
      const { stdout } = await run(join(project, 'node_modules/.bin/ps-connect-journal'), ['check', file]);
      (JSON.parse(stdout) as object).should.containDeep({ whole: true, head: { seq: 0 } });
    });

    it('asks a server what its flows offer by a command that needs no Node-RED, and says why it was not told', async () => {
      const asked = run(join(project, 'node_modules/.bin/ps-connect-apis'), ['http://127.0.0.1:1', '--check', project]);
      const { code, stdout } = await asked.then(
        () => ({ code: 0, stdout: '{}' }),
        (error: { code: number; stdout: string }) => error,
      );
      ({ code, said: JSON.parse(stdout) as object }).should.match({
        code: 2,
        said: { same: null, message: /cannot be read at http:\/\/127\.0\.0\.1:1\// },
      });
    });

    it('opens its embedded store in a thread', async () => {
      const thread = join(project, 'node_modules', manifest.name, 'dist/store-thread.js');
      const open = `
        const workerData = { file: process.argv[2], closed: new Int32Array(new SharedArrayBuffer(4)) };
        const worker = new (require('node:worker_threads').Worker)(process.argv[1], { workerData });
        worker.once('message', (answers) => (process.stdout.write(answers), worker.terminate()));
        worker.postMessage(JSON.stringify([[1, 'open', ['Node-RED']]]));`;
      const { stdout } = await run(process.execPath, ['-e', open, thread, join(project, 'store.db')], { cwd: project });
      JSON.parse(stdout).should.match([[1, { recovered: 0 }]]);
    });

    it('names no package that it does not declare', () => {
      const declared = Object.keys(manifest.dependencies ?? {});
      for (const { path } of pack.files.filter(({ path }) => /^dist\/[\w-]+\.js$/.test(path))) {
        for (const name of requiredBy(text(path))) {
          (declared.includes(name) || isBuiltIn(name)).should.equal(true, `${path} requires ${name}`);
        }
      }
    });
  });
});

/** Packages that a script really asks for; the same words inside a text do not count. */
function requiredBy(script: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name) && !name.text.startsWith('.')) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('bundle.js', script, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS));
  return names;
}

function isBuiltIn(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}
