import type { Overview } from './answers.ts';
import { isDark, pageHost } from './page-host.ts';
import { linkedCatalogues } from './page-words.ts';
import './parts/console-root.ts';

const host = await pageHost(window.location, window.localStorage, linkedCatalogues(document));
const root = document.documentElement;

root.lang = host.language;
document.title = host.words('pageTitle');

const system = window.matchMedia('(prefers-color-scheme: dark)');
const paint = () => root.classList.toggle('nr-theme-dark', isDark(window.localStorage.getItem('view-dark-theme'), system.matches));
system.addEventListener('change', paint);
window.addEventListener('storage', paint);
paint();

// Without the right to read flows, runs show the ids of nodes; everything else works.
await host.flows.load().catch(() => undefined);

const editor = document.createElement('a');
editor.href = host.signInAddress ?? '..';
editor.textContent = host.words('toEditor');
const heading = document.createElement('h1');
heading.textContent = host.words('title');
const header = document.createElement('header');
header.append(heading, editor);

const view = Object.assign(document.createElement('psc-console'), { host });
const main = document.createElement('main');
main.append(view);
document.body.replaceChildren(header, main);

// Names change with a deploy, and a deploy makes another revision of the flows.
let revision: string | undefined;
view.addEventListener('psc-overview', (event) => {
  const { detail } = event as CustomEvent<Overview>;
  if (revision !== undefined && detail.revision !== revision) {
    void host.flows.load().then(
      () => host.refresh.soon(),
      () => undefined,
    );
  }
  revision = detail.revision;
});
