import type { Said } from '../../model/failure-sentence.ts';
import { plainJson, plainText } from '../../model/plain-text.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { codeEditor } from './form-fields.ts';
import { lastMessage, type Sample } from './last-message.ts';
import { $, type AjaxFailure, adminRequest, type EditorNode, failureSentence, failureText, words } from './node-red-editor.ts';
import { fieldElement, reader } from './open-form.ts';

const quietMs = 350;

/** Shows what the mapping makes of a sample, and whether that keeps the contract, while the analyst types. */
export function mappingPreview(node: EditorNode, declaration: NodeDeclaration): () => void {
  const sample = document.getElementById('psconnect-sample') as HTMLInputElement | null;
  const output = document.getElementById('psconnect-preview-output');
  const verdict = document.getElementById('psconnect-preview-verdict');
  if (!sample || !output || !verdict) return () => {};
  const editor = codeEditor(sample, 'json');
  const read = reader(node, declaration);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let last: Sample | undefined;
  const said = document.createElement('div');
  said.className = 'psconnect-hint';
  sample.closest('.form-row')?.append(said);

  const show = (state: string, text: string, lines: string[], result?: unknown) => {
    verdict.className = `psconnect-answer psconnect-${state}`;
    verdict.replaceChildren(plainText(text), ...(lines.length > 0 ? [list(lines)] : []));
    output.textContent = result === undefined ? '' : plainJson(JSON.stringify(result, null, 2));
    output.hidden = result === undefined;
  };

  const ask = async () => {
    const number = ++asked;
    const request = previewRequest(read, sample.value, last?.message);
    if (typeof request === 'string') return show('busy', request, []);
    try {
      const answer = previewAnswer(await adminRequest('POST', 'preview', request), read('contract') !== 'none');
      if (number === asked) show(answer.state, answer.text, answer.lines, answer.result);
    } catch (failure) {
      if (number === asked) show('bad', failureText(failure as AjaxFailure), []);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), quietMs);
  };

  for (const name of ['contract', 'preset', 'expression']) {
    const element = fieldElement(node, name);
    if (element) $(element).on('change keyup', soon);
  }
  $(sample).on('change', soon);

  const takeLast = async (loud: boolean) => {
    try {
      last = await lastMessage(node);
      const payload = last?.message?.['payload'];
      said.textContent = last?.said ?? '';
      if (payload !== null && payload !== undefined) editor.setValue(plainJson(JSON.stringify(payload, null, 2)), -1);
      else if (loud) show('busy', last?.said ?? words('form.noLastInput'), []);
    } catch (failure) {
      const { status } = failure as AjaxFailure;
      if (loud) show('busy', status === 404 ? words('form.noLastInput') : failureText(failure as AjaxFailure), []);
    }
  };
  document.getElementById('psconnect-last-input')?.addEventListener('click', () => void takeLast(true));
  soon();
  void takeLast(false);

  return () => {
    clearTimeout(timer);
    asked = -1;
    editor.destroy();
  };
}

/** The request for a preview, or why there is nothing to preview yet. */
function previewRequest(read: (name: string) => unknown, sampleText: string, message: object = {}): object | string {
  if (sampleText.trim() === '') return words('form.needSample');
  let sample: unknown;
  try {
    sample = JSON.parse(sampleText);
  } catch (error) {
    return words('form.badSample', { reason: error instanceof Error ? error.message : String(error) });
  }
  const preset = read('preset');
  if (preset !== 'custom') return { preset, contract: read('contract'), sample };
  const expression = String(read('expression') ?? '');
  return expression.trim() === ''
    ? words('form.needExpression')
    : { expression, contract: read('contract'), sample, message: { ...message, payload: sample } };
}

interface Answer {
  state: 'good' | 'bad';
  text: string;
  lines: string[];
  result?: unknown;
}

function previewAnswer(body: unknown, checked: boolean): Answer {
  const { result, issues, error, words: said } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (error !== undefined) {
    const text = typeof error === 'string' ? failureSentence({ message: error, words: said as Said['words'] }) : textOf(error);
    return { state: 'bad', text, lines: [] };
  }
  const lines = Array.isArray(issues) ? issues.map(textOf) : [];
  return lines.length === 0
    ? { state: 'good', text: words(checked ? 'form.previewGood' : 'form.previewUnchecked'), lines, result }
    : { state: 'bad', text: words('form.previewIssues', { n: lines.length }), lines, result };
}

function textOf(issue: unknown): string {
  const { message } = (typeof issue === 'object' && issue !== null ? issue : {}) as Partial<Said>;
  return typeof message === 'string' ? failureSentence(issue as Said) : String(issue);
}

function list(lines: string[]): HTMLElement {
  const items = document.createElement('ul');
  for (const line of lines) {
    const item = document.createElement('li');
    item.textContent = plainText(line);
    items.append(item);
  }
  return items;
}
