import { plainText } from '../../model/plain-text.ts';
import { upToDate } from '../../declarations/migrations/up-to-date.ts';
import { type EditorNode, RED, words } from './node-red-editor.ts';

/** What Node-RED keeps with a node beside its settings. */
const ofTheEditor: ReadonlySet<string> = new Set(['id', 'type', 'z', 'users', '_', '_def', '_config', 'credentials', 'label']);

/**
 * Nodes of a version before become what they are now as soon as they appear, with the id that they have: whatever refers to them, and what is
 * stored for them, stays. The analyst is told, and the workspace is marked, so that a deploy keeps it. Until then the runtime runs them as they are.
 */
export function upgradeNodes(): void {
  const upgraded: EditorNode[] = [];
  const early: EditorNode[] = [];
  const take = (node: EditorNode) => {
    const done = upgrade(node);
    if (done === 'later') early.push(node);
    // what is being loaded or imported has to be there as a whole, or Node-RED takes the mark away again
    if (done === 'upgraded' && upgraded.push(node) === 1) queueMicrotask(() => tell(upgraded.splice(0)));
  };
  RED.events.on('nodes:add', take);
  // after an installation from the palette, the nodes of a set can be made before the next set is there
  RED.events.on('registry:node-type-added', () => {
    for (const node of early.splice(0)) take(node);
  });
}

function upgrade(node: EditorNode): 'as it is' | 'upgraded' | 'later' {
  const before = { type: node.type, config: fieldsOf(node), credentials: node.credentials ?? {} };
  const after = upToDate(before);
  if (after === before) return 'as it is';
  const definition = RED.nodes.getType(after.type);
  if (!definition) return 'later';
  for (const name of Object.keys(before.config)) delete node[name];
  for (const [name, { value }] of Object.entries(definition.defaults)) node[name] = after.config[name] ?? value;
  Object.assign(node, { type: after.type, _def: definition, _: definition._, label: definition.label });
  if (node.credentials) node.credentials = { ...after.credentials };
  return 'upgraded';
}

function fieldsOf(node: EditorNode): Record<string, unknown> {
  return Object.fromEntries(Object.keys(node._def.defaults).flatMap((name) => (ofTheEditor.has(name) ? [] : [[name, node[name]]])));
}

function tell(nodes: readonly EditorNode[]): void {
  for (const node of nodes) node['changed'] = true;
  RED.nodes.dirty(true);
  const names = nodes.map(({ id, name }) => String(name || id)).join(', ');
  // an element: Node-RED takes a text for HTML, and a name can hold some
  const text = document.createElement('p');
  text.textContent = plainText(words('form.upgraded', { names }));
  const notice = RED.notify(text, {
    type: 'warning',
    fixed: true,
    id: 'psconnect-upgraded',
    buttons: [{ text: words('form.understood'), class: 'primary', click: () => notice.close() }],
  });
}
