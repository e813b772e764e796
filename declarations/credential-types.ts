import { isCredential, isSecret, type NodeDeclaration } from './node-declaration.ts';

/** The `credentials` option of `RED.nodes.registerType` in the runtime and of the editor: a password never goes back to the editor. */
export function credentialTypes(declaration: NodeDeclaration): Record<string, { type: 'text' | 'password' }> {
  return Object.fromEntries(
    declaration.fields.filter(isCredential).map((field) => [field.name, { type: isSecret(field) ? 'password' : 'text' }]),
  );
}
