import { Ajv2020 } from 'ajv/dist/2020.js';
import { contractIssues, type ContractName, contractNames } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import { schemas } from '../../model/schemas.ts';

describe('A canonical contract', () => {
  const draft = new Ajv2020({ strict: true });
  draft.addKeyword({ keyword: 'x-personal', schemaType: 'boolean' });

  for (const name of contractNames) {
    // the product takes its own schemas as they are: nobody waits at each start for what is known here
    it(`${name} is a JSON Schema of 2020-12`, () => {
      void draft.validateSchema(schemas[name]);
      (draft.errors ?? []).should.deepEqual([]);
    });

    it(`${name} refuses what is no object, and says so`, () => {
      contractIssues(name, undefined).length.should.be.above(0);
      contractIssues(name, 'text').length.should.be.above(0);
    });
  }

  for (const name of ['nothing', 'constructor', '__proto__', 'toString', undefined, null, 7]) {
    it(`of the name ${String(name)} is not known, and those that are known are told`, () => {
      let told: unknown;
      try {
        contractIssues(name as ContractName, {});
      } catch (error) {
        told = error;
      }
      told!.should.be.instanceOf(Failure);
      (told as Failure).class.should.equal('contract.invalid');
      (told as Failure).message.should.containEql('time-entry');
    });
  }
});
