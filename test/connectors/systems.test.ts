import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { systems } from '../../connectors/systems.ts';
import { operationIds, operations } from '../../declarations/operations.ts';
import { isOf } from '../../declarations/system.ts';
import { readPalette } from '../../scripts/build/palette.ts';
import type { SystemAccess } from '../../sandbox/firm/sandbox-access.ts';
import { kantata } from '../../sandbox/kantata/definition.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { Simulator, type SystemDefinition } from '../../sandbox/simulator.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const simulators: Record<string, SystemDefinition<never>> = { salesforce, netsuite, kantata } as never;

describe('The systems', () => {
  it('are the folders of connectors/, one each, but for what they share', () => {
    const folders = readdirSync(join(root, 'connectors'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    folders
      .map(({ name }) => name)
      .filter((name) => name !== 'http')
      .sort()
      .should.deepEqual(systems.map(({ name }) => name).sort());
  });

  for (const system of systems) {
    describe(system.title, () => {
      it('does what it declares, and nothing else', async () => {
        const sim = await new Simulator(simulators[system.name]!, { port: 0 }).start();
        try {
          const access = {
            url: sim.url,
            baseUrl: sim.url,
            loginUrl: sim.url,
            ...simulators[system.name]!.credentials(sim),
          } as SystemAccess;
          const values = Object.fromEntries(
            system.fields.flatMap(({ name }) => (access[name] === undefined ? [] : [[name, access[name]]])),
          );
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

      it('says why where it says that it cannot', () => {
        for (const [id, why] of Object.entries(system.cannot ?? {})) {
          system.does.should.not.containEql(id);
          why.should.match(/\w+ \w+/);
        }
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

describe('The operations', () => {
  for (const id of operationIds) {
    const operation = operations[id];

    it(`${id} is done by nodes that choose a connection to a system for it`, async () => {
      const palette = await readPalette(root);
      for (const type of operation.nodes) {
        const { declaration } = palette.find((node) => node.declaration.type === type)!;
        const connections = declaration.fields.flatMap((field) => (field.kind === 'config' ? [field.type] : []));
        const offered = palette.filter((node) => connections.includes(node.declaration.type) && node.declaration.area === operation.area);
        should(offered.length).equal(1, `${type} offers no connection for ${id}`);
      }
      should(systems.some((system) => isOf(system, operation.area))).be.true();
    });
  }
});
