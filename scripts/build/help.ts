import { marked } from 'marked';
import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { isOfSwitch } from '../../declarations/offer.ts';
import { type Catalogue, textOf } from './catalogue.ts';

/**
 * Help in the form Node-RED's own nodes have it, from Markdown. A list of `` - `property` *type*: meaning `` becomes the
 * message table (`dl.message-properties`); the settings are added from the labels and hints of the form, said once.
 */
export function helpHtml(markdown: string, declaration: NodeDeclaration, catalogue: Catalogue): string {
  return `${toHtml(markdown)}${settings(declaration, catalogue)}`;
}

export function helpScript(type: string, html: string): string {
  return `<script type="text/html" data-help-name="${type}">\n${html}</script>`;
}

const property = /^- `([^`]+)` \*([^*]+)\*: (.+)$/;

function toHtml(markdown: string): string {
  const lines = markdown.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!property.test(lines[i]!)) {
      out.push(lines[i]!);
      continue;
    }
    const rows: string[] = [];
    for (; i < lines.length && property.test(lines[i]!); i++) rows.push(propertyRow(lines[i]!));
    i--;
    // one block without empty lines: Markdown leaves raw HTML alone up to the next empty line
    out.push('', `<dl class="message-properties">${rows.join('')}</dl>`, '');
  }
  return marked.parse(out.join('\n'), { async: false });
}

function propertyRow(line: string): string {
  const [, name, type, meaning] = property.exec(line)!;
  return `<dt>${name} <span class="property-type">${type}</span></dt><dd>${marked.parseInline(meaning!, { async: false })}</dd>`;
}

function settings({ fields }: NodeDeclaration, catalogue: Catalogue): string {
  // what the switch is, and the run policy, is said under the one and by the help of the other, once for all nodes
  const shown = fields.filter((field) => field.kind !== 'hidden' && field.name !== 'name' && field.name !== 'policy' && !isOfSwitch(field));
  if (shown.length === 0) return '';
  const list = (some: readonly Field[]) =>
    `<dl class="message-properties">${some.map(({ name }) => `<dt>${text(`label.${name}`)}</dt><dd>${text(`hint.${name}`)}</dd>`).join('')}</dl>\n`;
  const text = (key: string) => escapeHtml(textOf(catalogue, key));
  const systems = new Set(shown.flatMap(({ of }) => of?.system ?? []));
  return [
    `<h3>${text('help.settings')}</h3>\n${list(shown.filter(({ of }) => !of))}`,
    ...[...systems].map(
      (system) => `<h4>${text(`option.system.${system}`)}</h4>\n${list(shown.filter(({ of }) => of?.system === system))}`,
    ),
  ].join('');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
