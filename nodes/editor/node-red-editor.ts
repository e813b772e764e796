import { catalogueLanguage, type Said, wholeSentence } from '../../model/failure-sentence.ts';

/** The little of Node-RED's editor that the forms use. The published types lag behind; these were checked against 5.0.7. */
export interface EditorNode {
  id: string;
  type: string;
  users?: EditorNode[];
  credentials?: Record<string, unknown>;
  _(key: string, values?: Record<string, unknown>): string;
  _def: NodeDefinition;
  [field: string]: unknown;
}

/** A wire. */
export interface Link {
  source: EditorNode;
  sourcePort: number;
  target: EditorNode;
}

export interface NodeDefinition {
  category: string;
  defaults: Record<string, { value?: unknown }>;
  label?: unknown;
  _(key: string, values?: Record<string, unknown>): string;
}

export interface CodeEditor {
  getValue(): string;
  setValue(value: string, cursor?: number): void;
  getSession(): { on(event: 'change', listener: () => void): void };
  resize(): void;
  destroy(): void;
}

export interface Query {
  length: number;
  [index: number]: HTMLElement;
  on(events: string, listener: () => void): Query;
  trigger(event: string): Query;
  typedInput(options: { types: readonly string[]; default: string; typeField: string } | 'type' | 'value'): unknown;
}

export interface AjaxRequest {
  url: string;
  method?: 'GET' | 'POST';
  contentType?: string;
  dataType?: 'json';
  data?: string;
  timeout?: number;
}

export interface AjaxFailure {
  status: number;
  responseText?: string;
  statusText?: string;
}

interface Editor {
  _(key: string, values?: Record<string, unknown>): string;
  i18n: { lang(): string };
  events: {
    on(event: 'nodes:add', listener: (node: EditorNode) => void): void;
    on(event: 'registry:node-type-added', listener: (type: string) => void): void;
    on(event: 'deploy', listener: () => void): void;
  };
  settings: { httpNodeRoot?: unknown };
  nodes: {
    eachConfig(visit: (node: EditorNode) => void): void;
    eachNode(visit: (node: EditorNode) => void): void;
    node(id: string): EditorNode | null;
    workspace(id: string): { disabled?: boolean } | undefined;
    getType(type: string): NodeDefinition | undefined;
    dirty(is: boolean): void;
    filterLinks(filter: { target: EditorNode } | { source: EditorNode; sourcePort: number }): Link[];
    dirty(): boolean;
    subflow(id: string): object | null | undefined;
    add(node: EditorNode): void;
    addLink(link: Link): void;
    removeLink(link: Link): void;
  };
  notify(text: HTMLElement, options: Record<string, unknown>): { close(): void };
  editor: {
    validateNode(node: EditorNode): boolean;
    createEditor(options: Record<string, unknown>): CodeEditor;
  };
  view: {
    redraw(now?: boolean): void;
    createNode(type: string, x: number, y: number, z: string): { node: EditorNode };
  };
  history: { push(event: object): void };
  utils: {
    validateTypedProperty(value: string, type: string, options?: object): true | string;
    /** throws where a part of the way is missing */
    getMessageProperty(message: object, property: string): unknown;
    validatePropertyExpression(value: string, options?: object): true | string;
  };
}

interface JQuery {
  (element: HTMLElement): Query;
  ajax(request: AjaxRequest): { done(then: (body: unknown) => void): { fail(then: (failure: AjaxFailure) => void): unknown } };
}

// Both are globals of the editor's page.
export const { RED, $ } = globalThis as unknown as { RED: Editor; $: JQuery };

/** A request to the admin API as a promise; jQuery puts the editor's access token on it. Addresses are relative to the editor. */
export function adminRequest(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  return new Promise((resolve, reject: (failure: AjaxFailure) => void) => {
    $.ajax({
      url: `ps-connect/api/v1/${path}`,
      method,
      dataType: 'json',
      timeout: 30_000,
      ...(body === undefined ? {} : { contentType: 'application/json', data: JSON.stringify(body) }),
    })
      .done(resolve)
      .fail(reject);
  });
}

/** What a failed request says, in words: the problem's own text when it is one of ours. */
export function failureText(failure: AjaxFailure): string {
  try {
    const body: unknown = JSON.parse(failure.responseText ?? '');
    if (typeof body === 'object' && body !== null) {
      const problem = body as Said & { failure?: Said };
      const said = problem.failure ?? problem;
      if (said.words) return failureSentence(said);
      for (const key of ['message', 'detail', 'error', 'title']) {
        const text = (body as Record<string, unknown>)[key];
        if (typeof text === 'string') return text;
      }
    }
  } catch {
    // not JSON: fall through to the status line
  }
  return failure.status === 0 ? words('form.unreachable') : `HTTP ${failure.status} ${failure.statusText ?? ''}`.trim();
}

declare const PACKAGE_NAME: string;

/** A failure or an issue as the admin API gives it, in the language of the editor. */
export function failureSentence(said: Said): string {
  return wholeSentence(said, catalogueLanguage(RED.i18n.lang() || navigator.language, words));
}

/** A text of the plugin's own catalogue (`locales/<lang>/ps-connect.json`). */
export function words(key: string, values?: Record<string, unknown>): string {
  return RED._(`${PACKAGE_NAME}/ps-connect:${key}`, values);
}
