import { plainText } from '../../model/plain-text.ts';
import type { ConfigField, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { $, type EditorNode, RED, words } from './node-red-editor.ts';
import { isActive } from './field-rules.ts';
import { fieldElement, labelOf, reader } from './open-form.ts';

/** A field for a connection, with the systems that can do what the node asks of them (the build puts them there). */
interface ConnectionField extends ConfigField {
  able?: readonly { name: string; title: string }[];
}

/** What a new connection is to be for, when it is made from the form of a node. */
let wanted: string | undefined;

export function connectionField(declaration: NodeDeclaration | undefined, name: string): ConnectionField | undefined {
  const field = declaration?.fields.find((one) => one.name === name);
  return field?.kind === 'config' ? field : undefined;
}

/** Whether a connection is offered in the list: its system can do it. What the environment says is known at run time only. */
export function isAble({ able }: ConnectionField, connection: EditorNode): boolean {
  const system = String(connection['system'] ?? '');
  return able === undefined || /^\$\{/.test(system) || able.some(({ name }) => name === system);
}

/**
 * What is wrong with the connection of a node, in words; `true` when nothing is. Node-RED leaves all of it to a validator once there is one
 * (editor-client, ui/editor.js, validateNodeProperty).
 */
export function connectionIssue(node: EditorNode, declaration: NodeDeclaration, field: ConnectionField, value: unknown): true | string {
  const label = labelOf(node, field);
  const id = value === undefined || value === null || value === '_ADD_' ? '' : String(value);
  if (!isActive(declaration, field, reader(node, declaration))) return true;
  if (id === '') return field.required ? words('form.error.required', { field: label }) : true;
  const connection = RED.nodes.node(id);
  if (!connection) return words(field.able ? 'form.error.noConnection' : 'form.error.required', { field: label });
  if (!isAble(field, connection)) return words('form.error.unable', { field: label, systems: titles(field) });
  return connection['valid'] === false ? words('form.error.badConnection', { field: label }) : true;
}

/** Brings the list of connections to life: with none that can, it says which systems can, and a new one begins with such a system. */
export function bindConnections(node: EditorNode, field: ConnectionField, list: HTMLInputElement): void {
  if (!field.able) return;
  keepChosen(node, field, list);
  if (field.required && !node[field.name]) chooseOnly(list);
  const note = document.createElement('div');
  note.className = 'psconnect-hint';
  note.textContent = words('form.noConnection', { systems: titles(field) });
  list.closest('.form-row')?.append(note);
  const refresh = () => {
    note.hidden = [...list.querySelectorAll('option')].some(({ value }) => value !== '_ADD_' && isOffered(field, value));
  };
  $(list).on('change', refresh);
  refresh();
  for (const button of ['add', 'edit']) {
    const ask = () => {
      wanted = field.able?.[0]?.name;
    };
    // before Node-RED's own listener, which opens the form of the connection
    document.getElementById(list.id.replace(field.name, `btn-${field.name}-${button}`))?.addEventListener('click', ask, { capture: true });
  }
}

const isOffered = (field: ConnectionField, id: string) => {
  const connection = RED.nodes.node(id);
  return connection === null || isAble(field, connection); // one of a subflow's environment is no node
};

/** The one that is chosen stays to be seen when its system cannot do it, or the environment names it: the list would show another, and save it. */
function keepChosen(node: EditorNode, field: ConnectionField, list: HTMLInputElement): void {
  const id = String(node[field.name] ?? '');
  const chosen = RED.nodes.node(id);
  const isOfEnvironment = /^\$\{/.test(id) && ![...list.querySelectorAll('option')].some(({ value }) => value === id);
  if (!isOfEnvironment && (!chosen || isAble(field, chosen))) return;
  const option = document.createElement('option');
  option.value = id;
  option.textContent = plainText(chosen ? words('form.unable', { name: String(chosen['name'] || id) }) : id);
  list.prepend(option);
  list.value = id;
}

/** Where none is chosen and exactly one can do it, nobody has to be asked. */
export function chooseOnly(list: HTMLInputElement): void {
  if (list.value !== '' && list.value !== '_ADD_') return;
  const [only, ...others] = [...list.querySelectorAll('option')].filter(({ value }) => value !== '' && value !== '_ADD_');
  if (!only || others.length > 0) return;
  list.value = only.value;
  $(list).trigger('change');
}

/** A connection that was made from a node's form begins with a system that can do what the node does. */
export function bindNewConnection(node: EditorNode): void {
  const system = wanted;
  wanted = undefined;
  const element = fieldElement(node, 'system');
  if (!system || !element || RED.nodes.node(node.id)) return;
  element.value = system;
  $(element).trigger('change');
}

function titles({ able = [] }: ConnectionField): string {
  return able.map(({ title }) => title).join(', ');
}
