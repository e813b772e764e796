import should from 'should';
import { formerConnectionDeclaration, connectionDeclaration } from '../../connectors/connection-declaration.ts';
import { nameInForm } from '../../declarations/field-of-system.ts';
import { formerConnections, oneConnectionNode } from '../../declarations/migrations/one-connection-node.ts';
import { migrations, upToDate } from '../../declarations/migrations/up-to-date.ts';
import { isCredential } from '../../declarations/node-declaration.ts';

const names = connectionDeclaration().fields.map(({ name }) => name);

describe('A node of an earlier version', () => {
  it('is brought up to date in steps, each from one version to the next, and no two for the same', () => {
    const taken = migrations.flatMap(({ types, from }) => types.map((type) => `${type} ${from}`));
    new Set(taken).size.should.equal(taken.length);
    migrations.map(({ from }) => from).should.deepEqual([...migrations.map(({ from }) => from)].sort((a, b) => a - b));
  });

  it('is left as it is when it is up to date, of another type, or of a version that is still to come', () => {
    for (const node of [
      { type: 'system-connection', config: { schema: 2, system: 'kantata' }, credentials: {} },
      { type: 'run-policy', config: {}, credentials: {} },
      { type: 'erp-connection', config: { schema: 7 }, credentials: {} },
      { type: 'constructor', config: {}, credentials: {} },
    ]) {
      upToDate(node).should.equal(node);
    }
  });
});

describe('A connection node for one kind of system', () => {
  for (const [type, { system, fields, credentials }] of Object.entries(formerConnections)) {
    it(`of the type ${type} becomes one to ${system}: what it keeps has the name of the system, everything else stays`, () => {
      const given = Object.fromEntries([...fields, 'name', 'id', 'z'].map((name) => [name, `the ${name}`]));
      const secrets = Object.fromEntries(credentials.map((name) => [name, `the ${name}`]));
      const before = structuredClone({ given, secrets });
      const { type: now, config, credentials: kept } = upToDate({ type, config: given, credentials: secrets });
      now.should.equal('system-connection');
      config.should.match({ id: 'the id', z: 'the z', name: 'the name', system, schema: 2, former: type });
      for (const name of fields) should(config[nameInForm(system, name)]).equal(`the ${name}`);
      Object.keys(kept).should.deepEqual(credentials.map((name) => nameInForm(system, name)));
      ({ given, secrets }).should.deepEqual(before);
      // and is up to date then
      upToDate({ type: now, config, credentials: kept }).config.should.equal(config);
    });

    it(`of the type ${type} gets only names that the form has, and none of its fields is left behind`, () => {
      for (const name of [...fields, ...credentials]) names.should.containEql(nameInForm(system, name));
      const declared = formerConnectionDeclaration(type).fields.filter(({ name }) => name !== 'name' && name !== 'system');
      for (const field of declared) (isCredential(field) ? credentials : fields).should.containEql(field.name);
    });
  }

  it('keeps the system that its form had chosen, where it had a choice', () => {
    const systemOf = (type: string, system: string) =>
      oneConnectionNode.migrate({ type, config: { system }, credentials: {} }).config['system'];
    should(systemOf('erp-connection', 'netsuite')).equal('netsuite');
    should(systemOf('psa-connection', '')).equal('kantata');
    should(systemOf('erp-connection', 'another')).equal('another');
    should(systemOf('salesforce-connection', 'kantata')).equal('salesforce');
  });
});
