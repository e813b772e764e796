/** The part of the firm's landscape a palette node belongs to; decides its palette category and colour. */
export type Area = 'system' | 'crm' | 'erp' | 'psa' | 'runs' | 'data' | 'business';

/**
 * Background of the nodes of an area. Node-RED writes the label in dark grey (#333) on it in its light and its dark
 * theme and lays a white icon over it, so these are mid tones that carry both.
 */
export const areaColors: Record<Area, string> = {
  system: '#9DB0BD',
  crm: '#6FAFE0',
  erp: '#78C08E',
  psa: '#E8A064',
  runs: '#B49ADB',
  data: '#D9B64A',
  business: '#E58BA6',
};

/**
 * The palette category. Node-RED looks up its label as `palette.label.<category>` in the catalogue of the node, and
 * cuts the name at a hyphen to find the main category (editor-client, ui/palette.js): hence the underscore.
 */
export function paletteCategory(area: Area): string {
  return `psconnect_${area}`;
}
