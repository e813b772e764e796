/**
 * `npm run conformance` holds every system to its declaration: each operation that it does, by each kind of fault, against its simulator.
 *
 *     npm run conformance -- --system <name>                  one of the listed systems
 *     npm run conformance -- --system ./path/or-package.ts    a system that lives elsewhere: docs/extending.md
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { factsNotKept } from '../test/conformance/hold-to-facts.ts';
import { holdToIt } from '../test/conformance/hold-to-it.ts';
import { listedSystems, unfitSamples } from '../test/conformance/listed-systems.ts';
import { faultMatrix, type Held, operationMatrix, wrongIn } from '../test/conformance/matrix.ts';
import { Stage, type TriedSystem } from '../test/conformance/stage.ts';

const { values } = parseArgs({ options: { system: { type: 'string', multiple: true } } });

async function chosen(names: readonly string[] | undefined): Promise<TriedSystem[]> {
  const listed = await listedSystems();
  if (!names) return listed;
  return Promise.all(names.map(async (name) => listed.find(({ system }) => system.name === name) ?? elsewhere(name)));
}

/** A module that exports `tried`, by its file or by the name of its package. */
async function elsewhere(name: string): Promise<TriedSystem> {
  const file = resolve(name);
  const { tried } = (await import(existsSync(file) ? pathToFileURL(file).href : name)) as { tried?: TriedSystem };
  if (!tried) throw new Error(`${name} exports no \`tried\`: see docs/extending.md`);
  return tried;
}

async function heldOf(tried: TriedSystem): Promise<Held[]> {
  const stage = await Stage.open(tried);
  const held: Held[] = [];
  try {
    for (const id of tried.system.does) {
      for (const sample of tried.data.operations[id] ?? []) {
        const name = sample.title ? `${id}, ${sample.title}` : id;
        held.push({ name, verdicts: await holdToIt(stage, id, sample), facts: await factsNotKept(stage, id, sample) });
      }
    }
  } finally {
    await stage.close();
  }
  return held;
}

const systems = await chosen(values.system);
const wrong = systems.flatMap(unfitSamples);
console.log(`${operationMatrix(systems.map(({ system }) => system))}\n`);
for (const tried of systems) {
  const held = await heldOf(tried);
  wrong.push(...wrongIn(held).map((text) => `${tried.system.title}: ${text}`));
  console.log(`## ${tried.system.title}\n\n${faultMatrix(held)}\n`);
}
for (const text of wrong) console.error(`✗ ${text}`);
process.exitCode = wrong.length > 0 ? 1 : 0;
