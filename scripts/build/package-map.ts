import { type Area, areaColors } from '../../declarations/area.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';

/** Name of the set that holds the store, the admin API and the sidebar. */
export const pluginName = 'ps-connect';

/**
 * The `nodes` and `plugins` of the `node-red` section in package.json: one set per type, so that each can be
 * disabled alone. The order is the order of the categories in the palette.
 */
export function packageMap(declarations: readonly NodeDeclaration[]): { nodes: Record<string, string>; plugins: Record<string, string> } {
  const order = Object.keys(areaColors) as Area[];
  const sorted = [...declarations].sort((a, b) => order.indexOf(a.area) - order.indexOf(b.area) || a.type.localeCompare(b.type));
  return {
    nodes: Object.fromEntries(sorted.map(({ type }) => [type, `dist/${type}.js`])),
    plugins: { [pluginName]: `dist/${pluginName}.js` },
  };
}
