import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { paletteCategory } from '../../declarations/area.ts';
import { RED } from './node-red-editor.ts';

declare const PACKAGE_NAME: string;

/**
 * Nodes are found by their area and by the systems that can do what they do, too. The search of the palette reads the type and this attribute
 * (editor-client, ui/palette.js, refreshFilter).
 */
export function namePalette(declarationOf: (type: string) => NodeDeclaration | undefined, types: () => string[]): void {
  const name = (type: string) => {
    const declaration = declarationOf(type);
    const node = document.querySelector(`.red-ui-palette-node[data-palette-type="${CSS.escape(type)}"]`);
    if (!declaration || !node) return;
    nameCategory(declaration);
    const label = node.getAttribute('data-palette-label') ?? '';
    const missing = alsoCalled(declaration).filter((word) => !label.includes(word));
    if (missing.length > 0) node.setAttribute('data-palette-label', [label, ...missing].join(' '));
  };
  // after the palette’s own listener, which makes the node
  RED.events.on('registry:node-type-added', (type) => name(String(type)));
  for (const type of types()) name(type);
}

function alsoCalled({ area, fields }: NodeDeclaration): string[] {
  const systems = fields.flatMap((field) => (field.kind === 'config' ? ((field as { able?: { title: string }[] }).able ?? []) : []));
  return [area, ...new Set(systems.map(({ title }) => title))];
}

/** A category that the setting `paletteCategories` lists is made before its name is known, and would be called by its id. */
function nameCategory({ type, area }: NodeDeclaration): void {
  const category = paletteCategory(area);
  const label = document.querySelector(`#red-ui-palette-header-${category} span`);
  if (label?.textContent === category.replaceAll('_', ' ')) label.textContent = RED._(`${PACKAGE_NAME}/${type}:palette.label.${category}`);
}
