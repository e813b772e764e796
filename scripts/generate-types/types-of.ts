import { compile, type JSONSchema } from 'json-schema-to-typescript';

/** The TypeScript of a JSON Schema, as the repository keeps it. */
export function typesOf(name: string, schema: JSONSchema, bannerComment: string): Promise<string> {
  const style = { singleQuote: true, printWidth: 140 };
  return compile({ ...schema, title: name }, name, { bannerComment, additionalProperties: false, style });
}
