import { schemas } from '../../model/schemas.ts';
import { markdownTable } from './markdown-table.ts';

export interface Schema {
  $id?: string;
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
  $defs?: Record<string, Schema>;
  'x-personal'?: boolean;
}

const code = (text: string) => `\`${text}\``;

/** Every canonical object with its fields, from the JSON Schemas. */
export function contractTables(): string {
  return Object.entries(schemas as Record<string, Schema>)
    .map(([name, schema]) => {
      const parts = Object.entries(schema.$defs ?? {}).filter(([, part]) => part.properties);
      return [
        `## ${name}, version 1`,
        `${schema.description ?? ''}. Id: ${code(schema.$id ?? '')}. Schema: ${code(`model/schemas/${name}.v1.schema.json`)}.`,
        fieldTable(schema),
        ...parts.map(
          ([part, partSchema]) => `**${part}**${partSchema.description ? `: ${partSchema.description}` : ''}\n\n${fieldTable(partSchema)}`,
        ),
      ].join('\n\n');
    })
    .join('\n\n');
}

export function fieldTable(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    code(name),
    schema.required?.includes(name) ? 'yes' : '',
    typeOf(field),
    [field.description, field['x-personal'] ? 'personal data' : undefined].filter(Boolean).join('; '),
  ]);
  return markdownTable(['field', 'required', 'form', 'what it is'], rows);
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.replace('#/$defs/', '');
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'values'}`;
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (typeof schema.additionalProperties === 'object') return `any names, each ${typeOf(schema.additionalProperties)}`;
  if (schema.type === 'object' && schema.properties) {
    const parts = Object.entries(schema.properties).map(
      ([name, part]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${typeOf(part)}`,
    );
    return `{${parts.join(', ')}}`;
  }
  const limits = [
    schema.format,
    schema.pattern === '^[A-Z]{3}$' ? 'ISO 4217' : undefined,
    schema.minimum === undefined ? undefined : `${schema.minimum} to ${schema.maximum ?? '…'}`,
    schema.maxLength === undefined ? undefined : `at most ${schema.maxLength} characters`,
  ].filter((limit) => limit !== undefined);
  return [[schema.type ?? 'any'].flat().join(' or '), ...limits].join(', ');
}
