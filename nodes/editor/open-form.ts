import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { isSecret } from '../../declarations/node-declaration.ts';
import type { ReadField } from './field-rules.ts';
import { type EditorNode, words } from './node-red-editor.ts';
import { storedSecrets } from './stored-secrets.ts';

/** Node-RED puts this into a password field whose value it keeps (editor-client, ui/editor.js). */
export const keptPassword = '__PWRD__';

const open = new Map<string, { prefix: string }>();

export function formOpened(node: EditorNode): void {
  open.set(node.id, { prefix: node._def.category === 'config' ? 'node-config-input' : 'node-input' });
}

export function formClosed(node: EditorNode): void {
  open.delete(node.id);
}

/** The element of a field in the form of this node, if the form is open. */
export function fieldElement(node: EditorNode, name: string): HTMLInputElement | undefined {
  const form = open.get(node.id);
  const element = form && document.getElementById(`${form.prefix}-${name}`);
  return (element as HTMLInputElement | null) ?? undefined;
}

/** The row of a field in the form, label and hint included. */
export function fieldRow(node: EditorNode, name: string): HTMLElement | undefined {
  return fieldElement(node, name)?.closest<HTMLElement>('.form-row') ?? undefined;
}

/** What the form calls a field. */
export const labelOf = (node: EditorNode, { name, saidOnce }: Pick<Field, 'name' | 'saidOnce'>): string =>
  saidOnce ? words(`label.${name}`) : node._(`label.${name}`);

/** Reads what the analyst has typed where the form is open, what is saved where it is not. */
export function reader(node: EditorNode, declaration: NodeDeclaration): ReadField {
  return (name) => {
    const element = fieldElement(node, name);
    if (element) return element.type === 'checkbox' ? element.checked : element.value;
    const field = declaration.fields.find((candidate) => candidate.name === name);
    return field && 'credential' in field && field.credential ? savedCredential(node, field) : node[name];
  };
}

/** A credential as far as the editor may know it: the text, or for a secret that there is one. */
function savedCredential(node: EditorNode, field: Field): unknown {
  const known = node.credentials ?? storedSecrets(node.id);
  // nothing known yet: it is being asked for, and must not be called missing in the meantime
  if (!known) return keptPassword;
  if (!isSecret(field)) return known[field.name];
  return known[field.name] || (known[`has_${field.name}`] ? keptPassword : '');
}
