import type { NodeDeclaration } from '../../nodes/node-declaration.ts';

/** Name of the set that holds the store, the admin API and the sidebar. */
export const pluginName = 'ps-connect';

/** The `nodes` and `plugins` of the `node-red` section in package.json: one set per type, so that each can be disabled alone. */
export function packageMap(declarations: readonly NodeDeclaration[]): { nodes: Record<string, string>; plugins: Record<string, string> } {
  const types = declarations.map((declaration) => declaration.type).sort();
  return {
    nodes: Object.fromEntries(types.map((type) => [type, `dist/${type}.js`])),
    plugins: { [pluginName]: `dist/${pluginName}.js` },
  };
}
