import { Ajv2020 } from 'ajv/dist/2020.js';
import { type OperationId, operations } from '../../declarations/operations.ts';
import results from '../../model/results.v1.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addSchema(results, 'results');

/** Where what an operation answered is not what it is declared to answer. */
export function wrongAnswers(id: OperationId, answers: readonly unknown[]): string[] {
  const name = operations[id].answers;
  const validate = ajv.getSchema(`results#/$defs/${name}`);
  if (!validate) throw new Error(`There is no ${name} in model/results.v1.schema.json.`);
  return answers.flatMap((answer) => {
    // as a message or a store has it: what is absent is no field
    if (validate(answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `it answers no ${name}: ${instancePath || 'it'} ${message}`);
  });
}
