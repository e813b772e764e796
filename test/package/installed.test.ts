import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import should from 'should';
import { type Catalogue, keysOf, languages, textOf } from '../../scripts/build/catalogue.ts';
import { pluginName } from '../../scripts/build/package-map.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';
import { until } from '../until.ts';
import { InstalledNodeRed } from './installed-node-red.ts';
import { type PackedPack, packedPack, readManifest, root } from './packed-pack.ts';

interface SetAnswer {
  id: string;
  name: string;
  module: string;
  enabled: boolean;
  err?: string;
  types: string[];
}

/** The oldest Node-RED line that is supported, and the newest. */
const versions = ['5.0.7', '4.1.15'];

for (const version of versions) {
  describe(`the tarball in a fresh Node-RED ${version}`, function () {
    this.timeout(300_000);
    let pack: PackedPack;
    let palette: PaletteNode[];
    let nodeRed: InstalledNodeRed;
    let name: string;

    before(async () => {
      pack = await packedPack();
      palette = await readPalette(root);
      ({ name } = readManifest(pack.from));
      nodeRed = await InstalledNodeRed.install(version, pack.tarball);
      await nodeRed.start();
    });
    after(async () => {
      await nodeRed?.remove();
      pack?.remove();
    });

    const types = () => palette.map((node) => node.declaration.type);
    const former = () => palette.filter((node) => node.declaration.succeededBy).map((node) => node.declaration.type);

    it('starts without a word of trouble', () => {
      // what Node-RED says of itself in every new user directory
      const usual = /Projects disabled|Encrypted credentials not found/;
      nodeRed.log.filter((line) => /\[(warn|error)\]/.test(line) && !usual.test(line)).should.eql([]);
    });

    it('loads every set without an error and registers its type', async () => {
      const sets = (await nodeRed.json<SetAnswer[]>('/nodes')).filter((set) => set.module === name);
      sets
        .map((set) => set.name)
        .sort()
        .should.eql(types());
      for (const set of sets) {
        should(set.err).equal(undefined, `${set.id}: ${set.err}`);
        set.enabled.should.equal(true, set.id);
        set.types.should.eql([set.name]);
      }
      const plugins = (await nodeRed.json<SetAnswer[]>('/plugins')).filter((set) => set.module === name);
      plugins.map((set) => set.name).should.eql([pluginName]);
      should(plugins[0]!.err).be.undefined();
      plugins[0]!.enabled.should.be.true();
    });

    it('shows the icon of each node, not the one that stands in for a missing icon', async () => {
      for (const type of types()) {
        const shown = Buffer.from(await (await nodeRed.get(`/icons/${name}/${type}.svg`)).arrayBuffer());
        shown.equals(readFileSync(join(root, 'icons', `${type}.svg`))).should.equal(true, type);
      }
    });

    for (const language of languages(root)) {
      it(`serves every word in ${language}, and not the name of the word`, async () => {
        const catalogues = {
          ...(await nodeRed.json<Record<string, Catalogue>>(`/nodes/messages?lng=${language}`)),
          ...(await nodeRed.json<Record<string, Catalogue>>(`/plugins/messages?lng=${language}`)),
        };
        for (const set of [...types(), pluginName]) {
          const served = catalogues[`${name}/${set}`]!;
          const built = JSON.parse(readFileSync(join(pack.from, 'dist/locales', language, `${set}.json`), 'utf8')) as Catalogue;
          should(served).eql(built, set);
          for (const key of keysOf(served)) textOf(served, key).should.not.equal(key);
        }
      });

      it(`serves help for every node in ${language}`, async () => {
        const page = await (await nodeRed.get('/nodes', { accept: 'text/html', 'accept-language': language })).text();
        // a type that another has succeeded has none any more
        for (const type of types().filter((one) => !former().includes(one))) {
          const help = new RegExp(`<script[^>]*data-help-name="${type}"[^>]*>([^]*?)</script>`, 'g');
          const texts = [...page.matchAll(help)].map(([, text]) => text!);
          texts.length.should.be.aboveOrEqual(1, type);
          // the last one wins in the editor
          const built = language === 'en-US' ? `dist/${type}.html` : `dist/locales/${language}/${type}.html`;
          texts.at(-1)!.should.match(/<h3>/, type);
          readFileSync(join(pack.from, built), 'utf8').includes(texts.at(-1)!.trim()).should.equal(true, type);
        }
      });
    }

    it('offers its examples under Import, as they are, and every type in them is known', async () => {
      const offered = await nodeRed.json<(string | object)[]>(`/library/examples/flows/${name}/`);
      const examples = globSync('examples/*.json', { cwd: pack.from }).sort();
      offered
        .map((entry) => (typeof entry === 'string' ? entry : (entry as { fn: string }).fn))
        .sort()
        .should.eql(examples.map((file) => basename(file, '.json')));
      for (const file of examples) {
        const flow = await nodeRed.json(`/library/examples/flows/${name}/${basename(file, '.json')}`);
        should(flow).eql(JSON.parse(readFileSync(join(pack.from, file), 'utf8')));
      }
    });

    it('starts both example flows together without a missing type', async () => {
      const nodes = new Map<string, { id: string }>();
      for (const file of globSync('examples/*.json', { cwd: pack.from })) {
        for (const node of JSON.parse(readFileSync(join(pack.from, file), 'utf8')) as { id: string }[]) nodes.set(node.id, node);
      }
      const before = nodeRed.log.length;
      await nodeRed.deploy([...nodes.values()]);
      const since = () => nodeRed.log.slice(before).join('\n');
      await until(() => /Started (modified )?flows|Waiting for missing types/.test(since()), since);
      since().should.not.match(/missing types|Error: |TypeError/);
    });

    it('keeps its store in the user directory and is ready', async () => {
      const overview = await nodeRed.json<{ ready: boolean }>('/ps-connect/api/v1/overview');
      overview.ready.should.be.true();
    });

    it('serves the console page with its script', async () => {
      const page = await (await nodeRed.get('/ps-connect/', { accept: 'text/html' })).text();
      page.should.match(/<script[^>]+page\.js/);
      const script = await nodeRed.get('/ps-connect/page.js');
      const text = await script.text();
      const shared = await nodeRed.get(`/ps-connect/${/shared-[A-Z0-9]+\.js/.exec(text)![0]}`);
      (await shared.text()).length.should.be.above(10_000);
      const words = /href="(words\/de\.json\?v=[0-9a-f]+)"/.exec(page)![1]!;
      const german = await nodeRed.json<{ console: { toEditor: string } }>(`/ps-connect/${words}`);
      german.console.toEditor.should.match(/Editor/);
    });
  });
}
