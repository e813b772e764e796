import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { isCredential } from '../../declarations/node-declaration.ts';
import { $, type EditorNode, RED } from './node-red-editor.ts';

const stored = new Map<string, Record<string, unknown>>();

/** What the runtime keeps for a node: `has_<secret>` and the credentials that are plain text. */
export function storedSecrets(id: string): Record<string, unknown> | undefined {
  return stored.get(id);
}

/**
 * Node-RED asks for the credentials of a node only when its form opens, so that a connection imported without its secrets
 * looks healthy until the first call fails. This asks when the node appears, and again after each deploy, so that the
 * node is marked at once.
 */
export function watchStoredSecrets(declarationOf: (type: string) => NodeDeclaration | undefined): void {
  const ask = (node: EditorNode): void => {
    if (!declarationOf(node.type)?.fields.some(isCredential)) return;
    $.ajax({ url: `credentials/${node.type}/${node.id}`, dataType: 'json' })
      .done((body) => {
        stored.set(node.id, typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {});
        revalidate(node);
      })
      // Without the right to read credentials nothing can be said about them; the node stays as it is.
      .fail(() => {});
  };
  RED.events.on('nodes:add', ask);
  RED.events.on('deploy', () => {
    RED.nodes.eachConfig(ask);
    RED.nodes.eachNode(ask);
  });
}

function revalidate(node: EditorNode): void {
  RED.editor.validateNode(node);
  for (const user of node.users ?? []) RED.editor.validateNode(user);
  RED.view.redraw();
}
