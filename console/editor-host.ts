import { catalogueLanguage } from '../model/failure-sentence.ts';
import { AdminClient } from './admin-client.ts';
import type { ConsoleHost, FlowDirectory } from './host.ts';
import { LiveRefresh } from './live-refresh.ts';
import { Rights } from './rights.ts';
import { RED } from './red-editor.ts';
import { Formats } from './view-models/formats.ts';
import { languageTag } from './view-models/language-tag.ts';

declare const PACKAGE_NAME: string;

/** The console inside Node-RED's editor: its language, its access token, its nodes and its canvas. */
export function editorHost(): ConsoleHost {
  const language = languageTag(RED.i18n.lang() || navigator.language);
  return {
    language,
    failures: catalogueLanguage(language, (key, options) => RED._(`${PACKAGE_NAME}/ps-connect:${key}`, options)),
    words: (key, values) => RED._(`${PACKAGE_NAME}/ps-connect:console.${key}`, values),
    formats: new Formats(formatLanguage(language)),
    api: new AdminClient({ base: `${RED.settings.apiRootUrl ?? ''}ps-connect/api/v1/`, token: accessToken }),
    refresh: new LiveRefresh(),
    rights: new Rights(),
    flows: editorFlows,
    reveal,
    editJson: (text) =>
      new Promise((resolve) => {
        RED.editor.editJSON({ value: text, focus: true, complete: resolve, cancel: () => resolve(undefined) });
      }),
  };
}

/** The browser's own region for the editor's language: `de-AT` when the editor speaks `de`. */
export function formatLanguage(language: string): string {
  return navigator.languages.find((one) => one === language || one.startsWith(`${language.split('-')[0]}-`)) ?? language;
}

/** What the editor itself sends with each request; the editor renews it (editor-client, settings.js). */
function accessToken(): string | undefined {
  const tokens = RED.settings.get('auth-tokens') as { access_token?: string } | null | undefined;
  return tokens?.access_token;
}

const editorFlows: FlowDirectory = {
  nodeName(id) {
    const node = RED.nodes.node(id);
    return node ? RED.utils.getNodeLabel(node, node.type) || node.type : undefined;
  },
  flowName(id) {
    return RED.nodes.workspace(id)?.label ?? RED.nodes.subflow(id)?.name;
  },
  load: async () => {},
};

/** Shows the node where the analyst drew it, selected; a configuration node is shown in its own sidebar. */
function reveal(id: string): void {
  const node = RED.nodes.node(id);
  if (!node) return;
  RED.view.reveal(id);
  if (node._def?.category !== 'config') RED.view.select({ nodes: [node] });
}
