import 'should';
import should from 'should';
import { systems } from '../../connectors/systems.ts';
import { type OperationId, operationIds } from '../../declarations/operations.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { Failure } from '../../model/failure.ts';
import { PackNode } from '../../runtime/pack-node.ts';
import { inGerman } from '../model/in-german.ts';

/** What a node says whose connection is to a system that does nothing of what is asked. */
function refusal(system: string, id: OperationId): Failure {
  const node = Object.create(PackNode.prototype, { connector: { value: () => ({ system, operations: {} }) } }) as PackNode;
  try {
    node.operation(id);
  } catch (error) {
    return Failure.from(error);
  }
  throw new Error(`${system} is asked for ${id}.`);
}

describe('A node whose connection is to a system that does not do what it does', () => {
  it('says why, in each language, where the system cannot', () => {
    const failure = refusal('netsuite', 'staffing.request');
    failure.should.have.properties({
      ...{ class: 'contract.invalid', code: 'OPERATION_UNSUPPORTED', system: 'netsuite', field: 'connection', value: 'staffing.request' },
      message:
        'NetSuite cannot take staffing demands: NetSuite’s REST services show neither resource allocations nor the people of a project or task.',
      remedy: 'Open the node, choose a connection to Kantata and deploy.',
    });
    inGerman(failure).message.should.match(/Der Grund: Die REST-Dienste von NetSuite zeigen weder Ressourcenzuweisungen noch/);
    inGerman(failure).remedy!.should.match(/eine Verbindung zu Kantata/);
  });

  it('says no more than that where nobody knows why', () => {
    const failure = refusal('kantata', 'time.post');
    failure.message.should.equal('Kantata cannot take approved time.');
    inGerman(failure).message.should.not.match(/Grund/);
  });

  it('says each reason that a system declares', () => {
    const told = systems.flatMap(({ name, cannot = {} }) =>
      operationIds.flatMap((id) => (cannot[id] ? [{ name, id, why: cannot[id] }] : [])),
    );
    told.length.should.be.above(0);
    for (const { name, id, why } of told) should(refusal(name, id).message).endWith(`: ${inEnglish(why)}.`);
  });
});
