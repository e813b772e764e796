import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { declaredDefaults } from '../../declarations/declared-defaults.ts';
import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { typedConfig } from '../../declarations/typed-config.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { policyFrom } from '../../nodes/run/policy/policy-from.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';
import { readByHand } from './read-by-hand.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sourcesIn = (...patterns: string[]) =>
  globSync(patterns, { cwd: root }).filter(
    (file) => !file.endsWith('/declaration.ts') && !file.endsWith('.generated.ts') && file !== ofProduct,
  );
/** Some of its settings have names that fields have, too. */
const ofProduct = 'runtime/settings.ts';
/** What a connection says of its system stands in the system's settings, and has a test there. */
const ownFields = ({ fields }: NodeDeclaration): Field[] => fields.filter(({ of }) => of === undefined);

/** Choices that are refused where this version does not know them: another one in their place would do something else. */
const refusedByName = ["nodes/data/contract-check/node.ts base.config['contract']"];

describe('What the declaration of a node says', () => {
  let palette: PaletteNode[];
  before(async () => {
    palette = await readPalette(root);
  });

  it('is said nowhere else: neither its defaults, nor the bounds of its numbers', () => {
    const all = palette.flatMap(({ declaration }) => ownFields(declaration));
    const found = [
      ...palette.flatMap(({ declaration, folder }) =>
        sourcesIn(`${folder}/**/*.ts`).flatMap((file) => foundIn(file, ownFields(declaration))),
      ),
      ...sourcesIn('runtime/**/*.ts').flatMap((file) => foundIn(file, all)),
    ];
    found.sort().should.deepEqual(refusedByName);
  });

  it('is said once of a number that several nodes have', () => {
    const declared = sourcesIn('declarations/**/*.ts').concat(globSync('nodes/*/*/declaration.ts', { cwd: root }));
    const code = declared.map((file) => readFileSync(`${root}${file}`, 'utf8')).join('\n');
    const numbers = palette.flatMap(({ declaration }) => ownFields(declaration).filter(({ kind }) => kind === 'number'));
    for (const one of numbers) {
      const others = numbers.filter((other) => other !== one && other.name === one.name);
      // a node may show it at times only
      for (const other of others) ({ ...other, when: one.when }).should.deepEqual({ ...one, when: one.when }, one.name);
      if (others.length > 0) code.split(`name: '${one.name}'`).length.should.equal(2, `${one.name} is declared more than once`);
    }
  });

  it('holds for what a flow leaves out, and for what can be no value', () => {
    for (const { declaration } of palette) {
      const defaults = typedConfig(declaration, declaredDefaults(declaration)) as Record<string, unknown>;
      (typedConfig(declaration, {}) as object).should.deepEqual(defaults, declaration.type);
      for (const field of ownFields(declaration)) {
        if (field.kind !== 'number' && field.kind !== 'select') continue;
        should(defaults[field.name]).equal(field.default);
        for (const odd of [null, [], {}, '__proto__', Number.NaN]) {
          const read = typedConfig(declaration, { [field.name]: odd }) as Record<string, unknown>;
          should(read[field.name]).equal(field.default, `${declaration.type} ${field.name}`);
        }
        if (field.kind === 'select') continue;
        field.default.should.be.within(field.min, field.max);
        const bounded = (value: unknown) => (typedConfig(declaration, { [field.name]: value }) as Record<string, unknown>)[field.name];
        should(bounded(field.max)).equal(field.max);
        should(bounded(String(field.min))).equal(field.min);
        should(bounded(field.max * 2 + 1)).equal(field.max);
        should(bounded(field.min - 1)).equal(field.default);
      }
    }
  });

  it('of a text is what an empty one stands for, unless there has to be one', () => {
    const fields = [
      { name: 'may', kind: 'text', default: 'usual' },
      { name: 'must', kind: 'text', default: 'usual', required: true },
    ] as const;
    const declaration = { type: 'test', area: 'data', inputs: 0, outputs: 0, fields } as const;
    typedConfig(declaration, {}).should.deepEqual({ may: 'usual', must: 'usual' });
    typedConfig(declaration, { may: ' ', must: [] }).should.deepEqual({ may: 'usual', must: '' });
    typedConfig(declaration, { may: ' own ', must: 1 }).should.deepEqual({ may: 'own', must: '1' });
  });

  it('of a run policy is what a node without one keeps to', () => {
    policyFrom({}).should.deepEqual(defaultPolicy);
  });

  const foundIn = (file: string, fields: readonly Field[]) =>
    readByHand(readFileSync(`${root}${file}`, 'utf8'), fields).map((found) => `${file} ${found.replace(/^\d+: /, '')}`);
});

describe('What is said again is found', () => {
  const fields: Field[] = [
    { name: 'lookbackDays', kind: 'number', default: 35, min: 1, max: 366 },
    { name: 'unit', kind: 'select', options: ['hours', 'days'], default: 'days' },
    { name: 'eventType', kind: 'text', default: 'com.firm.event' },
    { name: 'eventSource', kind: 'text', default: '' },
  ];
  const found = (code: string) => readByHand(code, fields);

  for (const [what, code] of [
    ['a number to fall back on', "numberInForm(config, 'lookbackDays', { fallback: 35 });"],
    ['another one', "numberInForm(config, 'lookbackDays', { fallback: 30 });"],
    ['its bounds', "outsideNumber(config['lookbackDays'], { least: 1, most: 36_600 });"],
    ['a bound alone', 'Math.min(form.lookbackDays, 366);'],
    ['an alternative', "const days = config['lookbackDays'] ?? 35;"],
    ['an alternative that is computed', "const days = Number(config['lookbackDays'] || 5 * 7);"],
    ['an alternative by its name', 'const ms = unitMs[unit] ?? unitMs.days;'],
    ['a default of another place', "const unit = known(config['unit']) ?? defaultRule.unit;"],
    ['a choice', "const unit = (config['unit'] as Unit) || 'days';"],
    ['a choice between two', "const unit = form.unit === 'hours' ? 'hours' : 'days';"],
    ['a default of what is taken apart', "const { unit = 'hours' } = base.config;"],
    ['one that has another name there', 'const { lookbackDays: days = 30 } = base.config;'],
    ['a text', "const type = text('eventType') || 'com.firm.other';"],
    ['the same text, wherever it stands', "const standard = 'com.firm.event';"],
    ['a number that is read past its declaration', 'const days = Number(base.config.lookbackDays);'],
    ['a choice that is', "switch (config['unit']) {}"],
  ] as const) {
    it(what, () => {
      found(code).should.not.be.empty();
    });
  }

  it('and nothing else: what the declaration gives, what it leaves empty, what is computed of it', () => {
    for (const code of [
      'const { lookbackDays, unit } = typedConfig(declaration, base.config);',
      'const from = addDays(to, -lookbackDays - 1);',
      'const ms = Math.round(form.lookbackDays * 86_400_000);',
      "const type = form.eventType; const source = form.eventSource || form.path || '/';",
      "const name = config['name'] ?? 'unnamed';",
      "const until = form.unit === 'hours' ? hours() : undefined;",
      "switch (unit) { case 'days': return 1; }",
      'const page = rows.slice(0, 35);',
    ]) {
      found(code).should.deepEqual([], code);
    }
  });
});
