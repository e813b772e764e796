import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { wordKey } from './catalogue.ts';

/** The rows of the edit form. Words come from the catalogue of the node by `data-i18n`. */
export function formRows(declaration: NodeDeclaration, packageName: string): string {
  const prefix = declaration.config ? 'node-config-input' : 'node-input';
  const rows = declaration.fields.filter(({ kind }) => kind !== 'hidden').map((field) => row(field, prefix, packageName));
  if (declaration.extra) rows.push(extras[declaration.extra]);
  return rows.join('\n');
}

function row(field: Field, prefix: string, packageName: string): string {
  const id = `${prefix}-${field.name}`;
  const [called, meant] = [wordKey('label', field, packageName), wordKey('hint', field, packageName)];
  const label = `<label for="${id}" data-i18n="${called};[title]${meant}"></label>`;
  const hint = field.hintShown ? `\n  <div class="psconnect-hint" data-i18n="${meant}"></div>` : '';
  return `<div class="form-row">\n  ${label}\n  ${input(field, id)}${hint}${warnings(field)}\n</div>`;
}

function input(field: Field, id: string): string {
  const placeholder = field.placeholder ? ` placeholder="${attribute(field.placeholder)}"` : '';
  const text = (type: string) => `<input type="${type}" id="${id}"${placeholder} autocomplete="off" spellcheck="false">`;
  switch (field.kind) {
    case 'select':
      return `<select id="${id}">${field.options
        .map((option) => `<option value="${option}" data-i18n="option.${field.name}.${option}"></option>`)
        .join('')}</select>`;
    case 'checkbox':
      return `<input type="checkbox" id="${id}">`;
    case 'number':
      return `<input type="number" id="${id}" min="${field.min}" max="${field.max}" step="${field.integer ? '1' : 'any'}">`;
    case 'date':
      return `<input type="date" id="${id}">`;
    case 'config':
      return `<input type="text" id="${id}">`;
    case 'secret':
      return `<input type="password" id="${id}" autocomplete="new-password">`;
    case 'multiline-secret':
      // the hidden input stands first so that the style can mark the box behind it
      return `<input type="hidden" id="${id}">\n  <textarea id="${id}-box" rows="4" spellcheck="false" autocomplete="off" placeholder="-----BEGIN PRIVATE KEY-----"></textarea>`;
    case 'typed':
      return `<input type="text" id="${id}">\n  <input type="hidden" id="${id}Type">`;
    case 'jsonata':
    case 'json':
      return `<input type="hidden" id="${id}">\n  <div class="psconnect-wide node-text-editor" id="${id}-editor"></div>`;
    default:
      return text('text');
  }
}

/** One for each option that the form warns of; the form shows that of the chosen one. */
function warnings(field: Field): string {
  const options = field.kind === 'select' ? (field.warnings ?? []) : [];
  return options
    .map(
      (option) =>
        `\n  <div class="psconnect-hint psconnect-warning" data-of="${option}" data-i18n="warning.${field.name}.${option}" role="status" hidden></div>`,
    )
    .join('');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const extras: Record<NonNullable<NodeDeclaration['extra']>, string> = {
  'test-connection': `<div class="form-row">
  <button type="button" class="red-ui-button" id="psconnect-test"><i class="fa fa-plug"></i> <span data-i18n="extra.test"></span></button>
  <span class="psconnect-answer" id="psconnect-test-answer" role="status" aria-live="polite"></span>
</div>`,
  'mapping-preview': `<div class="psconnect-section"><span data-i18n="extra.sample"></span>
  <button type="button" class="red-ui-button red-ui-button-small" id="psconnect-last-input"><i class="fa fa-history"></i> <span data-i18n="extra.lastInput"></span></button>
</div>
<div class="form-row">
  <input type="hidden" id="psconnect-sample">
  <div class="psconnect-wide node-text-editor" id="psconnect-sample-editor"></div>
</div>
<div class="psconnect-section"><span data-i18n="extra.preview"></span></div>
<div class="psconnect-answer" id="psconnect-preview-verdict" role="status" aria-live="polite"></div>
<pre class="psconnect-preview-output" id="psconnect-preview-output" hidden></pre>`,
};
