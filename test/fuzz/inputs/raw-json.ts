/** A piece of JSON text that stands where a value stands: what no value can be written as (depth, double names, 1e400). */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value as JSON text, with its raw pieces put in as they are. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  const pieces: string[] = [];
  const text = JSON.stringify(value, (_name, part: unknown) =>
    part instanceof RawJson ? `\u0000raw ${pieces.push(part.text) - 1}` : part,
  );
  if (text === undefined) return 'null';
  return pieces.length === 0 ? text : text.replace(/"\\u0000raw (\d+)"/g, (_all, index: string) => pieces[Number(index)] as string);
}
