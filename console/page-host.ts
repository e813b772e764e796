import { AdminClient } from './admin-client.ts';
import { JsonClient } from './json-client.ts';
import type { ConsoleHost } from './host.ts';
import { LiveRefresh } from './live-refresh.ts';
import { NewsChannel } from './news-channel.ts';
import { Rights } from './rights.ts';
import { pageFlows } from './page-flows.ts';
import { pagePlace } from './page-place.ts';
import { type PageCatalogues, pageWords } from './page-words.ts';
import { Formats } from './view-models/formats.ts';

/**
 * The console on a page of its own, `<httpAdminRoot>/ps-connect/`. It signs in as the editor did in this browser:
 * the editor keeps its access token under `auth-tokens` and its own path (editor-client, settings.js).
 */
export async function pageHost(location: Location, storage: Storage, catalogues: PageCatalogues): Promise<ConsoleHost> {
  const editor = new URL('..', location.href);
  const token = () => accessToken(storage, editor.pathname);
  const { language, words, failures } = await pageWords(storage.getItem('editor-language') || undefined, navigator.languages, catalogues);
  return {
    language,
    words,
    failures,
    formats: new Formats(navigator.languages.find((one) => one.split('-')[0] === language.split('-')[0]) ?? language),
    api: new AdminClient({ base: new URL('ps-connect/api/v1/', editor).href, token }),
    refresh: toldOfNews(new URL('comms', editor), token),
    rights: new Rights(),
    flows: pageFlows(new JsonClient({ base: editor.href, token })),
    place: pagePlace(window),
    nodeAddress: (node) => `${editor.pathname}#node/${encodeURIComponent(node)}`,
    signInAddress: editor.pathname,
  };
}

/** Asks again when Node-RED tells of something. */
function toldOfNews(address: URL, token: () => string | undefined): LiveRefresh {
  const refresh = new LiveRefresh();
  address.protocol = address.protocol.replace('http', 'ws');
  new NewsChannel({
    ...{ address: address.href, token },
    onNews: () => refresh.soon(),
    onHears: (hears) => refresh.setHears(hears),
  }).connect();
  return refresh;
}

/** Reads the editor's token; the key ends with the editor's path, slashes as dashes and the last one left out. */
export function accessToken(storage: Pick<Storage, 'getItem'>, editorPath: string): string | undefined {
  const key = `auth-tokens${editorPath.slice(0, -1).replace(/\//g, '-')}`;
  try {
    const tokens: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    const token = typeof tokens === 'object' && tokens !== null ? (tokens as { access_token?: unknown }).access_token : undefined;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

/** Light or dark as the editor was set in this browser (editor-client, userSettings.js: `view-dark-theme`). */
export function isDark(setting: string | null, system: boolean): boolean {
  return setting === 'dark' || (setting === 'auto' && system);
}
