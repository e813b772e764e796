import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { systems } from '../../connectors/systems.ts';
import { asks } from '../../declarations/node-declaration.ts';
import { operationIds, operations } from '../../declarations/operations.ts';
import { areasOf } from '../../declarations/system.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { redact } from '../../model/redact.ts';
import { readPalette } from '../../scripts/build/palette.ts';
import { systemFacts } from '../../scripts/docs/system-facts.ts';
import { importRules } from '../../scripts/imports/import-rules.ts';
import { sandboxValues } from '../../scripts/start/environment.ts';
import { Simulator } from '../../sandbox/simulator.ts';
import { listedSystems } from '../../sandbox/systems.ts';
import { inGerman } from '../model/in-german.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const connectors = join(root, 'connectors');
const folders = (path: string) => readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const files = (path: string) => globSync('*.ts', { cwd: path }).map((file) => file.replace('.ts', ''));
/** Rooms below the systems: what several speak. `*-platform` are those that bear a vendor's name. */
const rooms = importRules.find(({ from }) => from === 'connectors/*')!.may.flatMap((place) => /^connectors\/(.+)$/.exec(place)?.[1] ?? []);
const isRoom = (folder: string) => rooms.some((room) => (room.startsWith('*') ? folder.endsWith(room.slice(1)) : folder === room));
const simulators = Object.fromEntries(listedSystems);

describe('The systems', () => {
  it('each have a simulator of their name, in their order, since ports are counted by it', () => {
    const names = systems.map(({ name }) => name);
    listedSystems.map(([name]) => name).should.deepEqual(names);
    listedSystems.map(([, definition]) => definition.name).should.deepEqual(names);
  });

  it('are the folders of connectors/, one each, but for what they share', () => {
    const [shared, own] = [true, false].map((is) => folders(connectors).filter((folder) => isRoom(folder) === is)) as [string[], string[]];
    own.sort().should.deepEqual(systems.map(({ name }) => name).sort());
    rooms.filter((room) => !room.startsWith('*') && !shared.includes(room)).should.deepEqual([]);
  });

  for (const system of systems) {
    describe(system.title, () => {
      it('does what it declares, and nothing else', async () => {
        const sim = await new Simulator(simulators[system.name]!, { port: 0 }).start();
        try {
          const values = sandboxValues(system, { ...simulators[system.name]!.credentials(sim), url: sim.url });
          const connector = system.connect(values);
          connector.system.should.equal(system.name);
          Object.keys(connector.operations)
            .sort()
            .should.deepEqual([...system.does].sort());
          await connector.close();
        } finally {
          await sim.stop();
        }
      });

      it('has its parts where every system has them', () => {
        const folder = join(connectors, system.name);
        const onPlatform = /'\.\.\/(\w+-platform)\//.exec(readFileSync(join(folder, 'connector.ts'), 'utf8'))?.[1];
        const found = files(folder);
        const offered = [...found, ...(onPlatform ? files(join(connectors, onPlatform)) : [])];
        const own = ['connector', 'declaration', 'facts', ...system.does.map((id) => id.replace('.', '-'))];
        own.filter((name) => !found.includes(name)).should.deepEqual([], 'missing');
        ['settings', 'wire', 'errors'].filter((name) => !offered.includes(name)).should.deepEqual([], 'missing, on its platform too');
        const known = [...own, 'settings', 'wire', 'errors', 'undo', 'unfit', 'record-address'];
        found.filter((name) => !known.includes(name)).should.deepEqual([], 'has another place');
        // a folder holds the parts of the file beside it, of the records that several operations write, or the default mappings
        const holds = [...known, 'records', 'mappings'];
        folders(folder)
          .filter((name) => !holds.includes(name))
          .should.deepEqual([], 'no part of a system');
      });

      it('says of each operation that it does, and of no other, what it writes and costs', async () => {
        const { operations: told, undo } = await systemFacts(system);
        Object.keys(told)
          .sort()
          .should.deepEqual([...system.does].sort());
        for (const id of system.does) {
          const { shape } = operations[id];
          const { writes = [], calls } = told[id]!;
          // what a lookup has found is remembered, or it is not
          if (shape !== 'lookup')
            should(writes.length > 0).equal(shape === 'one' || shape === 'batch', `${id} writes otherwise than its shape does`);
          should(calls.at(-1)?.upTo).equal(undefined, `${id} says nothing of very many`);
          for (const { code } of [...writes, ...(undo ? [undo] : [])])
            existsSync(join(root, code)).should.be.true(`${id}: there is no ${code}`);
        }
      });

      it('says of each operation that it does which rights it needs, and how much goes into one call', async () => {
        const { operations: told } = await systemFacts(system);
        for (const id of system.does) {
          const { rights, limits = [] } = told[id]!;
          rights.length.should.be.above(0, `${id} says nothing of rights`);
          for (const right of rights) right.should.match(/^\S.*\S$/, id);
          limits.length.should.be.above(0, `${id} says nothing of limits`);
          for (const { most } of limits) should(Number.isInteger(most) && most > 0).be.true(`${id} has the limit ${most}`);
        }
      });

      it('says why where it says that it cannot, in each language', () => {
        for (const [id, why] of Object.entries(system.cannot ?? {})) {
          system.does.should.not.containEql(id);
          inEnglish(why).should.match(/\w+ \w+/);
          inGerman({ message: '', words: why })
            .message.should.match(/\w+ \w+/)
            .and.not.equal(inEnglish(why));
        }
      });

      it('has the persons that it declares masked, by what is made of its declaration', () => {
        const { anywhere = [], ofPersons = [], names = [], persons = [], personsExactly = [], types = [], typeIn = [] } = system.personal;
        const person = 'Anna Keller';
        const records: object[] = [
          ...[...anywhere, ...ofPersons].map((field) => ({ [field]: person })),
          ...[...persons, ...personsExactly].flatMap((field) => [{ [field]: person }, { [field]: { name: person } }]),
          ...names.flatMap((name) => [...persons, ...personsExactly].map((field) => ({ [field]: { [name]: person } }))),
          ...types.flatMap((type) => ['type', ...typeIn].flatMap((path) => names.map((name) => ({ ...at(path, type), [name]: person })))),
        ];
        records.filter((record) => /anna|keller/i.test(JSON.stringify(redact(record)))).should.deepEqual([]);
      });

      it('asks for settings that have no name twice', () => {
        const names = system.fields.map(({ name }) => name);
        new Set(names).size.should.equal(names.length);
        names.should.not.containEql('name');
        names.should.not.containEql('environment');
      });
    });
  }

  it('do every operation between them', () => {
    operationIds.filter((id) => !systems.some(({ does }) => does.includes(id))).should.deepEqual([]);
  });
});

/** A record whose field at a path holds the value: `attributes.type`. */
function at(path: string, value: unknown): Record<string, unknown> {
  return path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Record<string, unknown>;
}

describe('The operations', () => {
  for (const id of operationIds) {
    const operation = operations[id];

    it(`${id} is done by a node that chooses a connection to a system for it`, async () => {
      const nodes = (await readPalette(root)).filter(({ declaration }) => asks(declaration, id));
      nodes.length.should.be.above(0, `no node asks for ${id}`);
      should(systems.some((system) => areasOf(system).includes(operation.area))).be.true();
    });
  }
});
