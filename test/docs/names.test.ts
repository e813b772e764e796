import 'should';
import { join } from 'node:path';
import { defaultMappings } from '../../connectors/default-mappings.ts';
import { systems } from '../../connectors/systems.ts';
import { failureClasses } from '../../model/failure.ts';
import { environmentVariable } from '../../declarations/environment-variable.ts';
import { operationIds } from '../../declarations/operations.ts';
import { OBJECTS } from '../../sandbox/salesforce/schema/catalogue.ts';
import { nodeCatalogue, textOf } from '../../scripts/build/catalogue.ts';
import { readPalette } from '../../scripts/build/palette.ts';
import { document, documents, found, root, sources } from './documents.ts';

const everything = documents.map(({ text }) => text).join('\n');

describe('Names in the documents', () => {
  it('list every variable of the environment that the code reads, and no other', () => {
    const code = sources(['nodes/*/*/*.ts', 'runtime/**/*.ts', 'commands/*.ts', 'scripts/**/*.ts', 'sandbox/**/*.ts'])
      .map(({ text }) => text)
      .join('\n');
    const settingsFile = sources('runtime/settings.ts')[0]?.text ?? '';
    const settings = found(settingsFile, /\b(?:text|number)\(\s*(?:text\(\s*)?'(\w+)'\)/g).map((name) => `PSCONNECT_${name.toUpperCase()}`);
    const direct = found(code, /process\.env\['([A-Z_]+)'\]/g).filter((name) => name.startsWith('PSCONNECT_'));
    const known = new Set([...settings, ...direct]);
    settings.length.should.be.aboveOrEqual(4);
    found(everything, /\b(PSCONNECT_[A-Z_]+)/g).should.deepEqual([...known].sort());
    for (const name of known) document('README.md').should.containEql(`\`${name}\``);
  });

  it('give connections only variables that a connection reads', () => {
    const known = systems.flatMap(({ prefix, fields }) => fields.map(({ name }) => environmentVariable(prefix, name)));
    const named = found(everything, /\b((?:SALESFORCE|NETSUITE|KANTATA)_[A-Z_]+)\b/g);
    named.length.should.be.above(15);
    named.filter((name) => !known.includes(name)).should.deepEqual([]);
  });

  it('advise only settings that the form of a connection has, by the names that it shows', async () => {
    const { type, fields } = (await readPalette(root)).find(({ declaration }) => declaration.type === 'system-connection')!.declaration;
    const code = ['nodes/*/*/*.ts', 'connectors/**/*.ts', 'runtime/**/*.ts', 'engine/**/*.ts'];
    for (const [language, files, advice] of [
      ['en-US', [...code, 'locales/en-US/failures/*.json'], /“([^”]+)” (?:of|in) the connection/g],
      ['de', ['locales/de/failures/*.json'], /„([^“]+)“ (?:in )?der Verbindung/g],
    ] as const) {
      const catalogue = nodeCatalogue(root, language, type);
      const labels = fields.filter(({ kind }) => kind !== 'hidden').map(({ name }) => textOf(catalogue, `label.${name}`));
      const advised = sources([...files]).flatMap(({ text }) => found(text, advice));
      advised.length.should.be.above(2, language);
      advised.filter((label) => !labels.includes(label)).should.deepEqual([], language);
    }
  });

  it('let everything that a connection has a default for be set in its form', async () => {
    for (const { name: system, fields } of systems) {
      const names = fields.map(({ name }) => name);
      const { file } = sources(`connectors/{${system},${system}-platform}/settings.ts`)[0]!;
      const { defaults } = (await import(join(root, file))) as { defaults: object };
      Object.keys(defaults).should.not.be.empty();
      Object.keys(defaults)
        .filter((name) => !names.includes(name))
        .should.deepEqual([], system);
    }
  });

  it('call nodes by types that are in the palette', async () => {
    const types = (await readPalette(root)).map(({ declaration }) => declaration.type);
    const named = found(everything, /`((?:system|salesforce|erp|psa|run|canonical|contract|dead|business|entity|ownership)-[a-z-]+)`/g);
    named.filter((name) => !types.includes(name) && !(name in defaultMappings)).should.deepEqual([]);
    for (const type of types) document('docs/nodes.md').should.containEql(`\`${type}\``);
  });

  it('call error classes by their names', () => {
    const prefixes = [...new Set(failureClasses.map((name) => name.split('.')[0]))].join('|');
    const named = found(everything, new RegExp(`\`((?:${prefixes})\\.[a-z]+)\``, 'g'));
    named.length.should.be.above(10);
    const known: readonly string[] = [...failureClasses, ...operationIds];
    named.filter((name) => !known.includes(name)).should.deepEqual([]);
  });

  it('tell the Salesforce administrator every custom field and object that mapping and template flow use', () => {
    const used = sources(['connectors/salesforce/mappings/*.ts', 'flows/*.json'])
      .map(({ text }) => text)
      .join('\n');
    const names = found(used, /\b(\w+__[cr])\b/g);
    names.length.should.be.above(35);
    const guide = document('docs/salesforce-setup.md');
    names.filter((name) => !guide.includes(`\`${name}\``)).should.deepEqual([]);
  });

  it('ask for no Salesforce field or object that the simulated org does not have', () => {
    const org = new Set(OBJECTS.flatMap((object) => [object.name, ...object.fields.map((field) => field.name)]));
    const relationships = sources('sandbox/salesforce/schema/objects/*.ts').flatMap(({ text }) => found(text, /'(\w+__r)'/g));
    const named = found(`${document('docs/salesforce-setup.md')}${document('README.md')}`, /`(\w+__[cr])`/g);
    named.filter((name) => !org.has(name) && !relationships.includes(name)).should.deepEqual([]);
  });
});
