import { Cron } from 'croner';
import { type Field, isCredential, type NodeDeclaration } from '../../declarations/node-declaration.ts';
import { webhookPath } from '../../declarations/webhook-path.ts';
import { bindConnections } from './connection-list.ts';
import { isActive } from './field-rules.ts';
import { bindNote } from './form-note.ts';
import { $, type CodeEditor, type EditorNode, RED, words } from './node-red-editor.ts';
import { fieldElement, fieldRow, keptPassword, reader } from './open-form.ts';

/** Brings the fields of an open form to life. Answers how to take them down again. */
export function bindFields(node: EditorNode, declaration: NodeDeclaration): () => void {
  const editors: CodeEditor[] = [];
  for (const field of declaration.fields) bindField(node, field, editors);

  const refresh = () => {
    const read = reader(node, declaration);
    for (const field of declaration.fields) {
      const row = fieldRow(node, field.name);
      if (row) row.hidden = !isActive(declaration, field, read);
    }
    for (const editor of editors) editor.resize();
  };
  for (const name of conditionFields(declaration)) {
    const element = fieldElement(node, name);
    if (element) $(element).on('change', refresh);
  }
  refresh();
  return () => {
    for (const editor of editors) editor.destroy();
  };
}

function conditionFields(declaration: NodeDeclaration): Set<string> {
  return new Set(declaration.fields.flatMap((field) => (field.when ? [field.when].flat() : [])).map((condition) => condition.field));
}

function bindField(node: EditorNode, field: Field, editors: CodeEditor[]): void {
  const element = fieldElement(node, field.name);
  if (!element) return;
  fillStandard(node, field, element);
  switch (field.kind) {
    case 'typed':
      $(element).typedInput({
        types: field.types,
        default: field.default.type,
        typeField: `#${element.id}Type`,
      });
      nameTypedParts(node, field.name, element);
      $(element).on('change', () => nameTypedParts(node, field.name, element));
      return;
    case 'jsonata':
    case 'json':
      editors.push(codeEditor(element, field.kind));
      return;
    case 'multiline-secret':
      bindKey(element);
      return;
    case 'secret':
      if (field.made) makeSecret(node, field, element);
      return;
    case 'cron':
      bindSchedule(element);
      return;
    case 'path':
      bindPath(element);
      return;
    case 'config':
      bindConnections(node, field, element);
      return;
    case 'select':
      if (field.warnings) bindWarnings(element);
      return;
    default:
  }
}

/** What Node-RED makes of a typed input has no names: for who cannot see the row, each part says whose it is. */
function nameTypedParts(node: EditorNode, name: string, element: HTMLInputElement): void {
  const row = element.closest('.form-row');
  const field = node._(`label.${name}`);
  for (const part of row?.querySelectorAll('.red-ui-typedInput-container input') ?? []) part.setAttribute('aria-label', field);
  for (const part of row?.querySelectorAll('.red-ui-typedInput-type-select') ?? [])
    part.setAttribute('aria-label', words('form.typeOf', { field }));
  for (const part of row?.querySelectorAll('.red-ui-typedInput-option-expand, .red-ui-typedInput-option-trigger') ?? []) {
    part.setAttribute('aria-label', words('form.expand', { field }));
  }
}

const fills: ReadonlySet<Field['kind']> = new Set(['number', 'select', 'date', 'api-name']);

/** A flow of an older version does not have the field yet: the form shows what holds, not an empty box. */
function fillStandard(node: EditorNode, field: Field, element: HTMLInputElement): void {
  if (node[field.name] !== undefined || isCredential(field) || !('default' in field)) return;
  if (fills.has(field.kind)) element.value = String(field.default ?? '');
}

/** The hidden input is what Node-RED reads and saves; the editor beside it is what the analyst sees. */
export function codeEditor(element: HTMLInputElement, language: 'jsonata' | 'json'): CodeEditor {
  const editor = RED.editor.createEditor({
    id: `${element.id}-editor`,
    mode: `ace/mode/${language}`,
    value: element.value,
    stateId: false,
  });
  editor.getSession().on('change', () => {
    element.value = editor.getValue();
    $(element).trigger('change');
  });
  return editor;
}

/** A stored key is never shown: the box is empty and says so; what is pasted replaces it. */
function bindKey(element: HTMLInputElement): void {
  const box = document.getElementById(`${element.id}-box`) as HTMLTextAreaElement | null;
  if (!box) return;
  const before = element.value;
  if (before === keptPassword) box.placeholder = words('form.keyStored');
  else box.value = before;
  box.addEventListener('input', () => {
    element.value = box.value.trim() === '' && before === keptPassword ? before : box.value;
    $(element).trigger('change');
  });
}

/** Where there is none, and none is to come from the environment, a random one: nobody has to think of it, or to know it. */
function makeSecret(node: EditorNode, { unless }: Field, element: HTMLInputElement): void {
  if (element.value !== '' || (unless && fieldElement(node, unless)?.value.trim())) return;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  element.value = btoa(String.fromCharCode(...bytes));
  $(element).trigger('change');
}

/** Shows when a schedule fires next, because few people read cron. */
function bindSchedule(element: HTMLInputElement): void {
  bindNote(element, nextRuns);
}

/** Shows the address that senders are to be given, as far as it can be seen from here. */
function bindPath(element: HTMLInputElement): void {
  bindNote(element, (value) => {
    const path = webhookPath(value);
    const root = String(RED.settings.httpNodeRoot ?? '/')
      .split('/')
      .filter(Boolean)
      .join('/');
    return path ? words('form.address', { address: `${location.origin}${root && `/${root}`}${path}` }) : '';
  });
}

/** The warning of the chosen option, if it has one. */
function bindWarnings(element: HTMLInputElement): void {
  const warnings = element.closest('.form-row')?.querySelectorAll<HTMLElement>('.psconnect-warning') ?? [];
  const show = () => {
    for (const warning of warnings) warning.hidden = warning.dataset['of'] !== element.value;
  };
  $(element).on('change', show);
  show();
}

function nextRuns(pattern: string): string {
  if (!pattern) return '';
  try {
    const runs = new Cron(pattern, { paused: true }).nextRuns(3);
    const format = new Intl.DateTimeFormat(RED.i18n.lang().split('@', 1)[0], { dateStyle: 'medium', timeStyle: 'short' });
    return runs.length === 0 ? '' : words('form.nextRuns', { times: runs.map((run) => format.format(run)).join(' · ') });
  } catch {
    return '';
  }
}
