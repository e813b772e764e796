/** The little of Node-RED's editor that the sidebar uses; checked against 5.0.7 and 4.1 (editor-client, src/js). */
export interface EditorNode {
  id: string;
  type: string;
  z?: string;
  w?: number;
  h?: number;
  _def?: { category?: string; defaults?: Record<string, unknown> };
  [field: string]: unknown;
}

export interface RedEditor {
  _(key: string, values?: Record<string, unknown>): string;
  notify(text: string, options: { type: 'error' }): void;
  i18n: { lang(): string };
  settings: { apiRootUrl?: string; get(key: string): unknown };
  events: { on(event: string, listener: (detail: unknown) => void): void };
  comms: { subscribe(topic: string, listener: (topic: string, data: unknown) => void): void };
  plugins: { registerPlugin(id: string, definition: { type?: string; onadd?(): void }): void };
  sidebar: {
    addTab(options: Record<string, unknown>): void;
    show(id: string): void;
    containsTab(id: string): boolean;
  };
  actions: { add(name: string, handler: () => void): void };
  nodes: {
    node(id: string): EditorNode | null | undefined;
    workspace(id: string): { label?: string } | undefined;
    subflow(id: string): { name?: string } | undefined;
  };
  utils: { getNodeLabel(node: EditorNode, fallback?: string): string };
  view: { reveal(id: string, highlight?: boolean): void; select(selection: { nodes: EditorNode[] }): void };
  editor: { editJSON(options: { value: string; title?: string; focus?: boolean; complete(text: string): void; cancel?(): void }): void };
}

export const RED = (globalThis as unknown as { RED: RedEditor }).RED;
