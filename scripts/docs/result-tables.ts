import { operationIds, operations } from '../../declarations/operations.ts';
import schemas from '../../model/result-schemas.ts';
import { fieldTable, type Schema } from './contract-tables.ts';

const code = (text: string) => `\`${text}\``;

/** What the operations answer, with all that it is made of. */
export function resultTables(): string {
  return Object.entries(schemas as Record<string, Schema>)
    .map(([name, schema]) => {
      const by = operationIds.filter((id) => operations[id].answers === name).map(code);
      const parts = schema.items?.$ref ? `a list of ${schema.items.$ref.replace('#/$defs/', '')}` : undefined;
      const said = [schema.description, by.length > 0 ? `answered by ${by.join(', ')}` : undefined, parts].filter(Boolean).join('; ');
      return [`**${name}**: ${said}.`, ...(schema.properties ? [fieldTable(schema)] : [])].join('\n\n');
    })
    .join('\n\n');
}
