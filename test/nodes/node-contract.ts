import 'should';
import { join } from 'node:path';
import should from 'should';
import { declaredDefaults } from '../../declarations/declared-defaults.ts';
import { plainName } from '../../declarations/field-of-system.ts';
import { isOfSwitch } from '../../declarations/offer.ts';
import { conditionsOf, isCredential, type Field, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { measuredEvery } from '../../runtime/kpis/kpi-keeper.ts';
import { releasedEvery } from '../../runtime/mapped-runs.ts';
import { keysOf, languages, nodeCatalogue, readCatalogue, textOf } from '../../scripts/build/catalogue.ts';
import { inGerman } from '../model/in-german.ts';
import { readJson, root } from '../build/built-pack.ts';
import { refusedSignIn } from './connection-facts.ts';
import { NodeAtWork, type NodeFacts } from './node-at-work.ts';

/**
 * What every palette node keeps, made from its declaration and the few facts that a declaration does not hold; `special` adds what is
 * that node's own.
 */
export function nodeContract(declaration: NodeDeclaration, facts: NodeFacts, special: (at: NodeAtWork) => void): void {
  const { type, fields, config, inputs, outputs } = declaration;
  const words = nodeCatalogue(root, 'en-US', type);

  describe(`The palette node ${type}`, function () {
    this.timeout(60_000);
    const at = new NodeAtWork(declaration, facts);
    before(() => at.start());
    afterEach(async () => {
      const { statuses } = at.red.seen;
      const said = at.red.said(at.id);
      await at.red.unload();
      for (const { text = '' } of statuses.get(at.id) ?? []) isOfCatalogue(text, said).should.equal(true, `the status “${text}”`);
    });
    after(() => at.end());

    /** A status is words of the catalogue, or, of a node that cannot be set up, the beginning of the reason that it logs. */
    const isOfCatalogue = (text: string, said: string[]) =>
      statusPatterns.some((pattern) => pattern.test(text)) || said.some((line) => line.startsWith(text.replace(/…$/, '')));
    const statusPatterns = keysOf(words)
      .filter((key) => key.startsWith('status.'))
      .map(
        (key) =>
          new RegExp(
            `^${textOf(words, key)
              .split(/__\w+__/)
              .map(literally)
              .join('.*')}`,
          ),
      );

    it('is loaded by Node-RED from the set that package.json lists for it', async () => {
      const { 'node-red': listed } = readJson(join(root, 'package.json')) as { 'node-red': { nodes: Record<string, string> } };
      should(listed.nodes[type]).equal(`dist/${type}.js`);
      await at.deploy({ name: 'as deployed' });
      at.node.should.have.properties({ type, name: 'as deployed' });
      should(at.node.listenerCount('input') > 0 || takesMessages(at)).equal(inputs === 1);
      at.red
        .said(at.id)
        .filter((line) => !facts.warns?.test(line))
        .should.deepEqual([]);
    });

    it('names each of its outputs in every language, and no other', () => {
      const ports = Array.from({ length: outputs }, (_, index) => `output.${index + 1}`);
      for (const language of languages(root)) {
        const named = keysOf(readCatalogue(root, language, type)).filter((key) => key.startsWith('output.'));
        // one output, or none, needs no name
        if (outputs > 1 || named.length > 0) named.should.deepEqual(ports, language);
      }
    });

    // those of the switch show to callers alone: test/runtime/offered-operations.test.ts
    const own = fields.filter((field) => !isOfSwitch(field));
    const defaults = Object.keys(declaredDefaults(declaration)).filter((name) => name !== 'name' && hasDefault(own, name));
    if (defaults.length > 0) {
      it(`takes the declared defaults for what a flow leaves out: ${defaults.join(', ')}`, async () => {
        if (!facts.behaves) throw new Error(`${type} has defaults: the test must say how they show`);
        const given = facts.fields ?? {};
        await at.deploy();
        const whole = await facts.behaves(at);
        await at.red.unload();
        const left = [...defaults.filter((name) => !(name in given)), ...ofOtherChoices(declaration, given)];
        await at.deploy(Object.fromEntries(left.map((name) => [name, undefined])));
        should(await facts.behaves(at)).deepEqual(whole);
        for (const name of facts.keepDefault ?? []) {
          await at.red.unload();
          await at.deploy({ [name]: '' });
          should(await facts.behaves(at)).deepEqual(whole);
        }
      });
    }

    for (const { what, message, fields: changed, field, says, german } of facts.refuses ?? []) {
      it(`refuses ${what}, in words${field ? ` that name ${String(field)}` : ''}, and is done with it once`, async () => {
        await at.deploy(changed);
        at.receive(message);
        const [run] = await at.red.ended();
        should(run).have.property('status', 'dead');
        run!.failure!.message.should.match(says);
        if (german) inGerman(run!.failure!).message.should.match(german);
        if (field) should(run!.failure!.field).match(typeof field === 'string' ? new RegExp(`^${literally(field)}$`) : field);
        should(run!.failure!.remedy).be.ok();
        await at.red.until(() => at.red.seen.at('caught').length > 0, 'the Catch node has the message');
        // one for the message that became a run, one for the run's own
        at.done().should.deepEqual({ ofRuns: 1, ofOthers: 1 });
        const [caught] = at.red.seen.at('caught');
        caught!.error!.message!.replace(/^Failure: /, '').should.match(says);
        await at.shows(/^dead letter/, 'red');
      });
    }

    if (facts.takes && !config) {
      it('is done once with a message that it takes, and sends at the outputs that it has', async () => {
        const lengths: number[] = [];
        await at.deploy();
        at.node.on(
          'call:send' as 'close',
          ((call: { args: unknown[] }) => {
            if (Array.isArray(call.args[0])) lengths.push(call.args[0].length);
          }) as never,
        );
        at.receive();
        await at.red.until(() => {
          if (facts.collectsFor) at.red.timers.pass(facts.collectsFor);
          return at.done().ofRuns > 0;
        }, 'the node is done with it');
        at.done().should.deepEqual({ ofRuns: 1, ofOthers: 1 });
        for (const length of lengths) length.should.equal(outputs);
      });
    }

    for (const field of fields.filter((one) => mustBeFilled(one) && !facts.keepDefault?.includes(one.name))) {
      it(`says that ${field.name} is missing, and the rest of the flow goes on`, async () => {
        const conditions = field.when ? [field.when].flat() : [];
        const kindOf = (name: string) => fields.find((other) => other.name === name)?.kind;
        const hasToBe = Object.fromEntries(
          conditions.map((condition) => [
            condition.field,
            kindOf(condition.field) === 'checkbox' ? condition.is[0] === 'true' : condition.is[0],
          ]),
        );
        const empty = isCredential(field) ? [{}, { [field.name]: '' }] : [{ [field.name]: '' }, {}];
        await at.deploy({ ...hasToBe, ...(field.unless ? { [field.unless]: '' } : {}), ...empty[0] }, empty[1]);
        const failure = await complaint(at);
        // by the name in the form, or by that in the flow
        const named = new RegExp(`${literally(textOf(words, `label.${field.name}`))}|\\b${plainName(field)}\\b`, 'i');
        failure.should.match(named);
        if (field.kind === 'config') failure.should.containEql(`“${textOf(words, `label.${field.name}`)}”`);
        at.red.receive('beside', { payload: 'goes on' });
        await at.red.until(() => at.red.seen.at('passed').length === 1, 'the node beside it works');
      });
    }

    it('leaves nothing behind when it is closed', async function () {
      this.timeout(60_000);
      const traces = () => JSON.stringify(at.red.traces());
      const looks = () => traces().includes('one more look');
      // what the pack does time and again by itself is there before and after, but not while it is done
      const rests = () => [measuredEvery, releasedEvery].every((ms) => at.red.timers.lengths.includes(ms));
      await at.red.until(() => !looks() && rests(), 'nothing is looked at', 40);
      const before = traces();
      await at.deploy();
      if (facts.behaves) await facts.behaves(at);
      else if (facts.takes) at.receive();
      await at.red.unload();
      await at.red.until(
        () => traces() === before,
        () => `its timers and listeners are gone: ${traces()} is ${before}`,
        looks() ? 40 : 10,
      );
    });

    special(at);
  });
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What Node-RED knows of its input: our nodes have one handler, and it takes `done`. */
function takesMessages(at: NodeAtWork): boolean {
  return (at.node as unknown as { _inputCallback?: unknown })._inputCallback instanceof Function;
}

/** Given fields that belong to another choice than the default: where the choice is left out they would make it. */
function ofOtherChoices(declaration: NodeDeclaration, given: Record<string, unknown>): string[] {
  const defaults = declaredDefaults(declaration);
  const others = declaration.fields.filter((field) =>
    conditionsOf(field).some(({ field: choice, is }) => !(choice in given) && !is.includes(String(defaults[choice]))),
  );
  return others.map(({ name }) => name);
}

function hasDefault(fields: readonly Field[], name: string): boolean {
  const field = fields.find((one) => one.name === name || (one.kind === 'typed' && `${one.name}Type` === name));
  return field !== undefined && 'default' in field && field.default !== undefined && field.default !== '';
}

/** Numbers and choices fall back to their default; what else is required has to be said when it is empty. */
function mustBeFilled(field: Field): boolean {
  return field.required === true && field.kind !== 'number' && field.kind !== 'select';
}

/** What the node, or the connection that it is, says of what is missing. */
async function complaint(at: NodeAtWork): Promise<string> {
  const { declaration, facts, red } = at;
  if (declaration.extra === 'test-connection' || declaration.succeededBy) return refusedSignIn(at);
  if (declaration.inputs === 1) at.receive(facts.takes!());
  const failedRead = () => red.pack.sources.get(at.id)?.failure?.field;
  const said = () => [
    ...red.said(at.id),
    ...red.seen.at('caught').map(({ error, psConnect }) => `${error!.message} ${psConnect!.failure!.field}`),
  ];
  await red.until(() => {
    if (facts.collectsFor) red.timers.pass(facts.collectsFor);
    red.letStatusPass();
    return at.status?.fill === 'red' && said().length > 0;
  }, 'the node says what is missing');
  return [...said(), failedRead() ?? ''].join(' ');
}
