import 'should';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { systems } from '../../connectors/systems.ts';
import { paletteCategory } from '../../declarations/area.ts';
import { gapName } from '../../model/failure-sentence.ts';
import {
  everyNode,
  failureRooms,
  keysOf,
  languages,
  nodeCatalogue,
  pluginCatalogue,
  wordsOfNode,
  readCatalogue,
  systemWords,
  textOf,
} from '../../scripts/build/catalogue.ts';
import { helpHtml } from '../../scripts/build/help.ts';
import { pluginName } from '../../scripts/build/package-map.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';
import { root } from './built-pack.ts';

const main = 'en-US';
/** its own nodes, which its palette calls the same in every language */
const ofNodeRed = new Set(['catch', 'http request', 'switch', 'change', 'inject', 'join', 'e-mail']);
/** the headings every help text has, in the order a reader looks for them */
const sections: Record<string, string[]> = {
  'en-US': ['Inputs', 'Outputs', 'Errors', 'Example'],
  de: ['Eingänge', 'Ausgänge', 'Fehler', 'Beispiel'],
  fr: ['Entrées', 'Sorties', 'Erreurs', 'Exemple'],
  'es-ES': ['Entradas', 'Salidas', 'Errores', 'Ejemplo'],
  'pt-BR': ['Entradas', 'Saídas', 'Erros', 'Exemplo'],
  ja: ['入力', '出力', 'エラー', '例'],
  'zh-CN': ['输入', '输出', '错误', '示例'],
};

describe('the words an analyst reads', () => {
  let palette: PaletteNode[];
  before(async () => {
    palette = await readPalette(root);
  });
  const names = () => [
    ...[everyNode, pluginName, ...palette.map((node) => node.declaration.type)],
    ...systems.map(({ name }) => systemWords(name)),
    ...failureRooms(root, main),
  ];

  for (const language of languages(root)) {
    it(`are complete in ${language}: exactly the texts of English`, () => {
      for (const name of names()) {
        keysOf(readCatalogue(root, language, name))
          .sort()
          .should.eql(keysOf(readCatalogue(root, main, name)).sort(), name);
      }
    });

    it(`are words in ${language}, never the name of a text`, () => {
      for (const name of names()) {
        const catalogue = readCatalogue(root, language, name);
        for (const key of keysOf(catalogue)) {
          const text = textOf(catalogue, key);
          text.should.not.equal(key);
          text.should.not.equal(key.split('.').slice(-2).join('.'), `${language}/${name}: ${key}`);
          text.should.not.match(/^(label|hint|option|status|form|error)\./);
        }
      }
    });

    it(`keep the gaps to be filled in ${language} as in English`, () => {
      const gaps = (text: string) => [...text.matchAll(/__(\w+?)__/g)].map(([, gap]) => gapName(gap!)).sort();
      for (const name of names()) {
        const [own, english] = [readCatalogue(root, language, name), readCatalogue(root, main, name)];
        for (const key of keysOf(english)) gaps(textOf(own, key)).should.eql(gaps(textOf(english, key)), `${language}/${name}: ${key}`);
      }
    });

    it(`name in ${language} every field, choice, output and category`, () => {
      const ofPack = pluginCatalogue(root, language, language === main);
      for (const { declaration } of palette) {
        const catalogue = wordsOfNode(nodeCatalogue(root, language, declaration.type), declaration);
        textOf(catalogue, 'node.label');
        textOf(catalogue, `palette.label.${paletteCategory(declaration.area)}`);
        for (const field of declaration.fields) {
          if (field.kind === 'hidden') continue;
          const saidBy = field.saidOnce ? ofPack : catalogue;
          for (const key of [`label.${field.name}`, `hint.${field.name}`]) {
            // and by nobody else: who reads the one must not find the other
            if (field.saidOnce) keysOf(readCatalogue(root, language, declaration.type)).should.not.containEql(key);
            textOf(saidBy, key);
          }
          if (field.kind !== 'select') continue;
          for (const option of field.options) textOf(catalogue, `option.${field.name}.${option}`);
          for (const option of field.warnings ?? []) textOf(catalogue, `warning.${field.name}.${option}`);
        }
        if (declaration.outputs > 1) for (let n = 1; n <= declaration.outputs; n++) textOf(catalogue, `output.${n}`);
      }
    });

    it(`explain every node in ${language}: what it does, what goes in and out, what can go wrong, an example`, () => {
      for (const { declaration } of palette.filter((node) => !node.declaration.succeededBy)) {
        const markdown = readFileSync(join(root, 'locales', language, `${declaration.type}.md`), 'utf8');
        const html = helpHtml(markdown, declaration, nodeCatalogue(root, language, declaration.type));
        html.should.match(/^<p>[^<]{20,}/, `${language}/${declaration.type} begins with what it does`);
        const headings = [...html.matchAll(/<h3>([^<]+)<\/h3>/g)].map((match) => match[1]);
        headings.slice(0, 4).should.eql(sections[language], `${language}/${declaration.type}`);
        html.should.not.match(/<h3>[^<]+<\/h3>\s*(<h3>|$)/, `${language}/${declaration.type} has an empty section`);
        html.should.not.match(/<\/?script/);
        html.should.not.match(/undefined|\[object/);
      }
    });

    it(`call in the help in ${language} each node, field and choice what it is called there`, () => {
      const nodes = palette.filter((node) => !node.declaration.succeededBy);
      const catalogues = nodes.map(({ declaration: { type } }) => nodeCatalogue(root, language, type));
      const called = new Set(
        catalogues.flatMap((catalogue) =>
          keysOf(catalogue)
            .filter((key) => /^(?:node\.label|label|option|output)\b/.test(key))
            .map((key) => textOf(catalogue, key).toLowerCase()),
        ),
      );
      const wrong = nodes.flatMap(({ declaration: { type } }) =>
        [...readFileSync(join(root, 'locales', language, `${type}.md`), 'utf8').matchAll(/\*\*([^*]+)\*\*/g)]
          .map(([, name]) => name!.toLowerCase())
          .filter((name) => !called.has(name) && !ofNodeRed.has(name) && !/^202\b/.test(name))
          .map((name) => `${type}: ${name}`),
      );
      should(wrong).eql([]);
    });

    it(`are not left over in ${language}: no help or catalogue of a node that does not exist`, () => {
      for (const file of globSync('**/*.{md,json}', { cwd: join(root, 'locales', language) })) {
        names().should.containEql(file.replace(/\.(md|json)$/, ''));
      }
    });
  }

  it('are there for every status that the runtime shows, with what fills their gaps, and for no other', () => {
    const known = readCatalogue(root, main, everyNode);
    const used = new Set<string>();
    for (const file of globSync(['runtime/**/*.ts', 'nodes/*/*/node.ts'], { cwd: root })) {
      for (const [, key, values = ''] of readFileSync(join(root, file), 'utf8').matchAll(
        /\bwords\(\s*'(status\.\w+)'(?:,\s*\{([^}]*)\})?/g,
      )) {
        used.add(key!);
        const given = [...values.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name);
        for (const [, gap] of textOf(known, key!).matchAll(/__(\w+?)__/g)) given.should.containEql(gap);
      }
    }
    keysOf(known)
      .filter((key) => key.startsWith('status.'))
      .sort()
      .should.eql([...used].sort());
  });

  it('are there for everything the forms say', () => {
    const known = keysOf(readCatalogue(root, main, pluginName));
    const missing: string[] = [];
    for (const file of globSync('nodes/editor/*.ts', { cwd: root })) {
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, key] of source.matchAll(/\bwords\([^)]*?'(form\.[\w.]+)'/g)) if (!known.includes(key!)) missing.push(`${file}: ${key}`);
      for (const [, key] of source.matchAll(/\b(?:issue|reasonIssue)\('(\w+)'/g)) {
        if (!known.includes(`form.error.${key}`)) missing.push(`${file}: form.error.${key}`);
      }
    }
    should(missing).eql([]);
  });
});
