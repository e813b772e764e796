import { plainText } from '../../model/plain-text.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { type EditorNode, type Link, RED, words } from './node-red-editor.ts';
import { reader } from './open-form.ts';

/** What a node lacks that is wired as this one is, and what puts it there. */
interface Offer {
  says: string;
  does: string;
  take(): void;
}

type DeclarationOf = (type: string) => NodeDeclaration | undefined;

/** Says above the fields what is missing around the node, and puts it there with one click, which one undo takes back. Subflows are left alone. */
export function offerMissing(node: EditorNode, declaration: NodeDeclaration, declarationOf: DeclarationOf): void {
  const form = document.querySelector('.red-ui-tray:last-child .psconnect-form');
  if (!form || declaration.inputs === 0 || RED.nodes.subflow(String(node['z']))) return;
  for (const offer of [mapBefore(node, declaration, declarationOf), deadLetterBehind(node, declaration)]) {
    if (!offer) continue;
    const row = document.createElement('div');
    row.className = 'form-row psconnect-offer';
    const text = document.createElement('span');
    text.className = 'psconnect-answer';
    text.textContent = plainText(offer.says);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'red-ui-button red-ui-button-small';
    button.textContent = offer.does;
    button.addEventListener('click', () => {
      offer.take();
      row.remove();
    });
    row.append(text, button);
    form.prepend(row);
  }
}

/** A node that checks or takes a canonical object gets none from a source that sends records as their system has them. */
function mapBefore(node: EditorNode, declaration: NodeDeclaration, declarationOf: DeclarationOf): Offer | undefined {
  const contract = declaration.fields.some(({ name }) => name === 'contract') ? reader(node, declaration)('contract') : undefined;
  if (!contract || contract === 'none' || declaration.extra === 'mapping-preview') return undefined;
  const unmapped = RED.nodes.filterLinks({ target: node }).filter(({ source }) => declarationOf(source.type)?.mappedBy !== undefined);
  const [first] = unmapped;
  if (!first) return undefined;
  return {
    says: words('form.needsMap', { source: nameOf(first.source) }),
    does: words('form.addMap'),
    take() {
      const mappings = Map.groupBy(unmapped, ({ source }) => String(declarationOf(source.type)?.mappedBy));
      const links: Link[] = [];
      const made = [...mappings].map(([preset, from], place) => {
        const map = nodeAt('canonical-map', node, { x: -200, y: 60 * place });
        const [, makes = ''] = preset.split('-to-');
        Object.assign(map, { preset, contract: makes, policy: node['policy'] ?? '' });
        for (const { source, sourcePort } of from) links.push({ source, sourcePort, target: map });
        links.push({ source: map, sourcePort: 0, target: node });
        return map;
      });
      change(made, links, unmapped);
    },
  };
}

/** What a node refuses, and nothing is wired for, would end without a word. */
function deadLetterBehind(node: EditorNode, { refusesAt }: NodeDeclaration): Offer | undefined {
  if (refusesAt === undefined) return undefined;
  const sourcePort = refusesAt - 1;
  if (RED.nodes.filterLinks({ source: node, sourcePort }).length > 0) return undefined;
  return {
    says: words('form.needsDeadLetter'),
    does: words('form.addDeadLetter'),
    take() {
      const dead = nodeAt('dead-letter', node, { x: 220, y: 60 });
      change([dead], [{ source: node, sourcePort, target: dead }], []);
    },
  };
}

/** A node of the palette with its defaults, beside another one. */
function nodeAt(type: string, { z, x, y }: EditorNode, by: { x: number; y: number }): EditorNode {
  const { node } = RED.view.createNode(type, Math.max(100, Number(x) + by.x), Number(y) + by.y, String(z));
  return node;
}

/** All of it is one step of the history. */
function change(nodes: readonly EditorNode[], links: readonly Link[], removedLinks: readonly Link[]): void {
  const dirty = RED.nodes.dirty();
  for (const node of nodes) RED.nodes.add(node);
  for (const link of removedLinks) RED.nodes.removeLink(link);
  for (const link of links) RED.nodes.addLink(link);
  for (const node of nodes) RED.editor.validateNode(node);
  RED.history.push({ t: 'add', nodes: nodes.map(({ id }) => id), links, removedLinks, dirty });
  RED.nodes.dirty(true);
  RED.view.redraw(true);
}

const nameOf = (node: EditorNode) => String(node['name'] || node._('node.label'));
