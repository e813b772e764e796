import { RED } from './red-editor.ts';

declare const PACKAGE_NAME: string;
/** where the sidebar's script is, from the root of the admin API; with the hash of its content, so that a browser keeps it */
declare const SIDEBAR: string;

// Node-RED sends the pages of all nodes anew whenever the editor opens: what is large in them is fetched once and kept.
import(new URL(`${RED.settings.apiRootUrl ?? ''}${SIDEBAR}`, document.baseURI).href).catch((error: unknown) => {
  console.error(error);
  RED.notify(RED._(`${PACKAGE_NAME}/ps-connect:console.sidebarAway`), { type: 'error' });
});
