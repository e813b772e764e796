/** The last payload that each mapping node saw, for the preview in its form. In memory only, a few hundred at most. */
const inputs = new Map<string, unknown>();

export function rememberInput(node: string, payload: unknown): void {
  inputs.delete(node);
  inputs.set(node, payload);
  if (inputs.size > 200) inputs.delete(inputs.keys().next().value as string);
}

export function lastInput(node: string): unknown {
  return inputs.get(node);
}
