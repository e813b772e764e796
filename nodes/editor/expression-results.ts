import type { Said } from '../../model/failure-sentence.ts';
import { plainJson, plainText } from '../../model/plain-text.ts';
import type { Field, NodeDeclaration } from '../../declarations/node-declaration.ts';
import { lastMessage } from './last-message.ts';
import { $, type AjaxFailure, adminRequest, type EditorNode, failureSentence, failureText, RED, words } from './node-red-editor.ts';
import { fieldElement } from './open-form.ts';

const quietMs = 350;
const mostLetters = 400;

/** What only a node that runs can tell. */
const ofRunningNode = /\$(?:flowContext|globalContext|env|moment)\b/;

/** Shows under each field that reads the message what it gives for a recent one, while the analyst types; and the message, below all. */
export function expressionResults(node: EditorNode, declaration: NodeDeclaration): () => void {
  const fields = declaration.fields.filter((field) => field.kind === 'typed');
  const form = document.querySelector('.red-ui-tray:last-child .psconnect-form');
  if (declaration.inputs === 0 || fields.length === 0 || !form) return () => {};
  const closing: (() => void)[] = [];
  let isOpen = true;
  const shown = document.createElement('details');
  shown.className = 'psconnect-sample';
  void lastMessage(node).then(
    (sample) => {
      if (!isOpen) return;
      const summary = document.createElement('summary');
      if (!sample?.message) {
        const none = document.createElement('div');
        none.className = 'psconnect-hint';
        none.textContent = sample?.said ?? words('form.noLastInput');
        form.append(none);
        return;
      }
      summary.textContent = sample.said;
      const text = document.createElement('pre');
      text.className = 'psconnect-preview-output';
      text.tabIndex = 0;
      text.textContent = plainJson(JSON.stringify(sample.message, null, 2));
      shown.append(summary, text);
      form.append(shown);
      for (const field of fields) closing.push(follow(node, field, sample.message));
    },
    // who may not read messages sees the form as it is
    () => undefined,
  );
  return () => {
    isOpen = false;
    for (const close of closing) close();
  };
}

/** Keeps the result of one field beside what is typed. */
function follow(node: EditorNode, field: Field, message: Record<string, unknown>): () => void {
  const element = fieldElement(node, field.name);
  const row = element?.closest('.form-row');
  if (!element || !row) return () => {};
  const note = document.createElement('div');
  note.className = 'psconnect-hint psconnect-result';
  note.setAttribute('role', 'status');
  row.append(note);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const show = async () => {
    const number = ++asked;
    const text = await resultOf($(element), message);
    if (number === asked) note.textContent = plainText(text);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), quietMs);
  };
  $(element).on('change', soon);
  void show();
  return () => {
    clearTimeout(timer);
    asked = -1;
  };
}

async function resultOf(input: ReturnType<typeof $>, message: Record<string, unknown>): Promise<string> {
  const [type, value] = [String(input.typedInput('type')), String(input.typedInput('value'))];
  if (value.trim() === '') return '';
  if (type === 'msg') return given(placeOf(message, value));
  if (type !== 'jsonata') return '';
  if (ofRunningNode.test(value)) return words('form.givesLater');
  try {
    const body = await adminRequest('POST', 'preview', { expression: value, message, sample: null });
    const { result, error, words: said } = body as { result?: unknown; error?: string; words?: Said['words'] };
    return error === undefined ? given(result) : failureSentence({ message: error, words: said });
  } catch (failure) {
    return failureText(failure as AjaxFailure);
  }
}

/** What stands at a place of the message; where a part of the way is missing, nothing does. */
function placeOf(message: Record<string, unknown>, place: string): unknown {
  try {
    return RED.utils.getMessageProperty(message, place);
  } catch {
    return undefined;
  }
}

function given(result: unknown): string {
  if (result === undefined) return words('form.givesNothing');
  const text = plainJson(JSON.stringify(result));
  return words('form.gives', { result: text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text });
}
