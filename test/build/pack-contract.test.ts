import 'should';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import should from 'should';
import { areaColors, paletteCategory } from '../../declarations/area.ts';
import { isCredential } from '../../declarations/node-declaration.ts';
import { wordKey } from '../../scripts/build/catalogue.ts';
import { packageMap, pluginName } from '../../scripts/build/package-map.ts';
import { type BuiltPack, builtPack, flowFiles, readJson, root } from './built-pack.ts';
import { seenByScorecard } from './scorecard.ts';

const { name: packageName } = readJson(join(root, 'package.json')) as { name: string };

describe('the pack that Node-RED loads', function () {
  this.timeout(60_000);
  let pack: BuiltPack;
  before(async () => {
    pack = await builtPack();
    for (const warning of pack.warnings) console.warn(`    NOT BUILT YET: ${warning}`);
  });
  after(() => pack?.remove());

  it('is listed in package.json with one set for each palette node', () => {
    const { 'node-red': section } = readJson(join(root, 'package.json')) as { 'node-red'?: { nodes?: object; plugins?: object } };
    const expected = packageMap(pack.palette.map((node) => node.declaration));
    should(section?.nodes).eql(expected.nodes);
    should(section?.plugins).eql(expected.plugins);
  });

  it('names every node for its folder, so that a flow tells where its code is', () => {
    for (const { declaration, folder } of pack.palette) {
      const [, area, name] = folder.split('/');
      [`${area}-${name}`, name].should.containEql(declaration.type);
    }
  });

  it('has a page and a loadable function for every node', () => {
    const load = createRequire(import.meta.url);
    for (const { declaration, runtime } of pack.palette) {
      existsSync(join(pack.dist, `${declaration.type}.html`)).should.be.true();
      if (pack.warnings.includes(`${runtime} is missing`)) continue;
      (typeof load(join(pack.dist, `${declaration.type}.js`))).should.equal('function', declaration.type);
    }
  });

  it('shares one core among all nodes instead of a copy in each', () => {
    for (const { declaration, runtime } of pack.palette) {
      if (pack.warnings.includes(`${runtime} is missing`)) continue;
      const bundle = pack.read(`${declaration.type}.js`);
      bundle.should.match(/require\("\.\/core\.js"\)/, declaration.type);
      bundle.should.not.match(/^\/\/ (runtime|engine|model|connectors|declarations)\//m, `${declaration.type} carries what is shared`);
    }
  });

  it("is readable for Node-RED's scorecard: literal types, categories, colours, ports and defaults", () => {
    for (const { declaration } of pack.palette) {
      const [seen, ...more] = seenByScorecard(pack.read(`${declaration.type}.html`));
      more.should.be.empty();
      should(seen?.type).equal(declaration.type);
      const { literals, defaults, credentials } = seen!;
      literals['category']!.should.equal(declaration.config ? 'config' : paletteCategory(declaration.area));
      literals['color']!.should.equal(areaColors[declaration.area]);
      if (!declaration.config) {
        literals['inputs']!.should.equal(declaration.inputs);
        literals['outputs']!.should.equal(declaration.outputs);
      }
      for (const field of declaration.fields) {
        (isCredential(field) ? credentials : defaults).should.containEql(field.name);
        (isCredential(field) ? defaults : credentials).should.not.containEql(field.name);
      }
    }
  });

  it('shows each node with an icon of its own that lies where Node-RED looks', () => {
    const drawings = new Map<string, string>();
    for (const { declaration } of pack.palette) {
      const icon = String(seenByScorecard(pack.read(`${declaration.type}.html`))[0]!.literals['icon']);
      const drawing = pack.read(join('icons', icon));
      should(/^<svg [^>]*viewBox="0 0 40 60"/.test(drawing)).equal(true, icon);
      drawing.should.not.match(/<(script|image|foreignObject)|href/);
      (drawings.get(drawing) ?? declaration.type).should.equal(declaration.type, 'two nodes share a drawing');
      drawings.set(drawing, declaration.type);
    }
  });

  it('has legible labels: dark text on the colour of every area', () => {
    for (const [area, color] of Object.entries(areaColors)) {
      contrast(color, '#333333').should.be.aboveOrEqual(4.5, area);
    }
  });

  it('puts every setting into the form, with its words from the catalogue', () => {
    for (const { declaration } of pack.palette) {
      const page = pack.read(`${declaration.type}.html`);
      if (declaration.succeededBy) {
        page.should.not.containEql('data-template-name');
        continue;
      }
      for (const field of declaration.fields) {
        if (field.kind === 'hidden') continue;
        const id = `${declaration.config ? 'node-config-input' : 'node-input'}-${field.name}`;
        page.should.containEql(`id="${id}"`);
        page.should.containEql(`data-i18n="${wordKey('label', field, packageName)};`);
      }
    }
  });

  it('refers only to settings and to connections that exist', () => {
    const types = pack.palette.filter((node) => node.declaration.config).map((node) => node.declaration.type);
    for (const { declaration } of pack.palette) {
      const names = declaration.fields.map((field) => field.name);
      new Set(names).size.should.equal(names.length, `${declaration.type} has a field twice`);
      for (const field of declaration.fields) {
        if (field.kind === 'config') types.should.containEql(field.type);
        if (field.unless) names.should.containEql(field.unless);
        for (const condition of field.when ? [field.when].flat() : []) {
          const other = declaration.fields.find((candidate) => candidate.name === condition.field);
          if (other?.kind === 'checkbox') condition.is.every((value) => value === 'true' || value === 'false').should.be.true();
          else should(other?.kind).equal('select', `${declaration.type}.${field.name} depends on ${condition.field}`);
          if (other?.kind === 'select') for (const value of condition.is) other.options.should.containEql(value);
        }
        if (field.kind !== 'select') continue;
        field.options.should.containEql(field.default);
        for (const option of field.warnings ?? []) field.options.should.containEql(option);
      }
    }
  });

  it('has one page for what the forms share, with no script that ends early', () => {
    const page = pack.read(`${pluginName}.html`);
    page.match(/<script /g)!.length.should.equal(page.match(/<\/script>/g)!.length);
    page.should.containEql('PSConnect');
  });

  it('shows every palette node in an example that a newcomer can import', function () {
    const flows = flowFiles();
    if (flows.length === 0) {
      console.warn('    NO TEMPLATE FLOWS YET: examples are not checked');
      return this.skip();
    }
    const used = new Set<string>();
    for (const flow of flows) {
      const example = join(pack.out, flow.replace(/^flows/, 'examples'));
      const nodes = readJson(example) as { type: string }[];
      Array.isArray(nodes).should.be.true();
      for (const node of nodes) used.add(node.type);
    }
    for (const { declaration } of pack.palette) {
      if (!declaration.config) used.has(declaration.type).should.equal(true, `${declaration.type} is in no example`);
    }
  });

  it('fills in every setting of every node of an example, so that each form opens filled', () => {
    const fields = new Map(pack.palette.map(({ declaration }) => [declaration.type, declaration.fields]));
    const empty = flowFiles().flatMap((flow) =>
      (readJson(join(root, flow)) as Record<string, unknown>[]).flatMap((node) =>
        (fields.get(String(node['type'])) ?? [])
          // a connection has the settings of the system that is chosen
          .filter((field) => field.of === undefined || field.of.system === node['system'])
          .filter((field) => !isCredential(field) && node[field.name] === undefined)
          .map((field) => `${flow}: ${String(node['id'])} has no ${field.name}`),
      ),
    );
    empty.should.eql([]);
  });

  it('keeps no credential in an example', () => {
    const secret = new Map(
      pack.palette.map(({ declaration }) => [declaration.type, declaration.fields.filter(isCredential).map((field) => field.name)]),
    );
    for (const flow of flowFiles()) {
      for (const node of readJson(join(root, flow)) as Record<string, unknown>[]) {
        for (const name of secret.get(String(node['type'])) ?? []) should(node[name]).equal(undefined, `${flow} ${node['type']}.${name}`);
        should(node['credentials']).equal(undefined, `${flow} ${node['id']}`);
      }
    }
  });

  it('uses in its examples only settings that the nodes have', () => {
    const known = new Map(
      pack.palette.map(({ declaration }) => [
        declaration.type,
        new Set(declaration.fields.flatMap((field) => (field.kind === 'typed' ? [field.name, `${field.name}Type`] : [field.name]))),
      ]),
    );
    const ofNodeRed = new Set(['id', 'type', 'z', 'x', 'y', 'wires', 'g', 'd', 'l', 'info', 'icon', 'inputLabels', 'outputLabels', 'env']);
    for (const flow of flowFiles()) {
      for (const node of readJson(join(root, flow)) as Record<string, unknown>[]) {
        const fields = known.get(String(node['type']));
        if (!fields) continue;
        for (const name of Object.keys(node)) {
          (ofNodeRed.has(name) || fields.has(name)).should.equal(true, `${flow}: ${node['type']} has no setting ${name}`);
        }
      }
    }
  });
});

/** Contrast by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}
